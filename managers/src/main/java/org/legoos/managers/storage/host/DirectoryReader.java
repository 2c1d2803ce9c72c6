package org.legoos.managers.storage.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.libc.HostFs;

/** Reads a directory of the host by getdents64(2). */
final class DirectoryReader {
    private static final int RECLEN_AT = 16;
    private static final int TYPE_AT = 18;
    private static final int NAME_AT = 19;

    /** @param type DT_*, 0 when the file system does not say */
    record Entry(String name, long inode, int type) {}

    private DirectoryReader() {}

    /** All entries from where the descriptor stands, without "." and ".."; what was read before an error otherwise. */
    static List<Entry> read(int fd, MemorySegment buffer) {
        List<Entry> entries = new ArrayList<>();
        int length = HostFs.getdents64(fd, buffer);
        while (length > 0) {
            for (int at = 0; at < length; at += Short.toUnsignedInt(buffer.get(ValueLayout.JAVA_SHORT, at + RECLEN_AT))) {
                String name = name(buffer, at + NAME_AT, length);
                if (!name.equals(".") && !name.equals("..")) {
                    entries.add(new Entry(name, buffer.get(ValueLayout.JAVA_LONG, at), buffer.get(ValueLayout.JAVA_BYTE, at + TYPE_AT)));
                }
            }
            length = HostFs.getdents64(fd, buffer);
        }
        return entries;
    }

    private static String name(MemorySegment buffer, int at, int limit) {
        int end = at;
        while (end < limit && buffer.get(ValueLayout.JAVA_BYTE, end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - at];
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, at, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
