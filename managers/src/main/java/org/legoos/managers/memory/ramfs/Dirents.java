package org.legoos.managers.memory.ramfs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.MessageWriter;

/** Directory listings as linux_dirent64 records (uapi/linux/dirent.h). */
final class Dirents {
    private static final ValueLayout.OfLong LONG_LE =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT_LE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int OFF_AT = 8;
    private static final int RECLEN_AT = 16;
    private static final int TYPE_AT = 18;
    private static final int NAME_AT = 19;
    private static final byte DT_DIR = 4;
    private static final byte DT_REG = 8;
    private static final byte DT_LNK = 10;
    private static final int TYPE_SHIFT = 12;

    private Dirents() {}

    static int fill(Directory directory, long from, MemorySegment to, long at, int lengthBytes, long[] nextPosition) {
        int done = 0;
        long position = from;
        Directory.Entry entry = directory.at(position);
        while (entry != null) {
            byte[] name = MessageWriter.bytes(entry.name());
            int recordBytes = NAME_AT + name.length + 1 + 7 & -8;
            if (recordBytes > lengthBytes - done) {
                break;
            }
            position = entry.position() + 1;
            put(entry, name, recordBytes, position, to, at + done);
            done += recordBytes;
            entry = directory.at(position);
        }
        nextPosition[0] = position;
        return done == 0 && entry != null ? -Errno.EINVAL : done;
    }

    private static void put(Directory.Entry entry, byte[] name, int recordBytes, long next, MemorySegment to, long at) {
        to.asSlice(at, recordBytes).fill((byte) 0);
        to.set(LONG_LE, at, entry.inode().ino);
        to.set(LONG_LE, at + OFF_AT, next);
        to.set(SHORT_LE, at + RECLEN_AT, (short) recordBytes);
        to.set(ValueLayout.JAVA_BYTE, at + TYPE_AT, switch (entry.inode()) {
            case Directory d -> DT_DIR;
            case RegularFile f -> DT_REG;
            case SymbolicLink l -> DT_LNK;
            case SpecialFile special -> (byte) ((special.mode & Inode.S_IFMT) >>> TYPE_SHIFT);
        });
        MemorySegment.copy(name, 0, to, ValueLayout.JAVA_BYTE, at + NAME_AT, name.length);
    }
}
