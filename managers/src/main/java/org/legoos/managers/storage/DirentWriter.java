package org.legoos.managers.storage;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.StatusReply;
import org.legoos.managers.storage.host.Listing;

/** P2S_GETDENTS: directory entries as linux_dirent64 records (uapi/linux/dirent.h). */
final class DirentWriter {
    private static final ValueLayout.OfLong LONG_LE = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT_LE = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int OFF_AT = 8;
    private static final int RECLEN_AT = 16;
    private static final int TYPE_AT = 18;
    private static final int NAME_AT = 19;
    private static final int ALIGNMENT = 8;

    private DirentWriter() {}

    static void answer(PathHandler.Call call, StorageNode node) {
        int room = Math.min(Math.min(call.flags(), FileTransfer.MAX_BYTES), call.message().maxReplyBytes - StatusReply.SIZE_BYTES);
        int[] errno = new int[1];
        List<Listing.Entry> entries = call.files().entries(call.path(), call.value(), call.who(), errno);
        if (entries == null) {
            node.reply(call.message(), errno[0]);
            return;
        }
        MemorySegment ram = node.memory.segment();
        long bodyAt = call.worker().replyPa() + StatusReply.SIZE_BYTES;
        int done = 0;
        long next = call.value();
        for (Listing.Entry entry : entries) {
            byte[] name = MessageWriter.bytes(entry.name());
            int recordBytes = NAME_AT + name.length + ALIGNMENT & -ALIGNMENT;
            if (recordBytes > room - done) {
                break;
            }
            next = entry.position() + 1;
            put(entry, name, recordBytes, next, ram, bodyAt + done);
            done += recordBytes;
        }
        int status = done == 0 && !entries.isEmpty() ? -Errno.EINVAL : done;
        PathHandler.finish(node, call, status, next, done);
    }

    private static void put(Listing.Entry entry, byte[] name, int recordBytes, long next, MemorySegment to, long at) {
        to.asSlice(at, recordBytes).fill((byte) 0);
        to.set(LONG_LE, at, entry.inode());
        to.set(LONG_LE, at + OFF_AT, next);
        to.set(SHORT_LE, at + RECLEN_AT, (short) recordBytes);
        to.set(ValueLayout.JAVA_BYTE, at + TYPE_AT, (byte) entry.type());
        MemorySegment.copy(name, 0, to, ValueLayout.JAVA_BYTE, at + NAME_AT, name.length);
    }
}
