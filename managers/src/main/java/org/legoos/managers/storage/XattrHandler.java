package org.legoos.managers.storage;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.StatusReply;
import org.legoos.managers.storage.host.HostFiles;

/** P2S_SETXATTR, GETXATTR, LISTXATTR, REMOVEXATTR. */
final class XattrHandler {
    private final StorageNode node;
    private final MemorySegment ram;

    XattrHandler(StorageNode node) {
        this.node = node;
        this.ram = node.memory.segment();
    }

    void answer(int opcode, PathHandler.Call call) {
        HostFiles files = call.files();
        switch (opcode) {
            case Opcode.P2S_SETXATTR -> {
                byte[] value = call.worker().reader.longString(PathRequest.MAX_XATTR_BYTES);
                if (value == null || call.worker().reader.remainingBytes() != 0) {
                    node.counters.badMessage.increment();
                    node.reply(call.message(), -Errno.EINVAL);
                    return;
                }
                node.reply(call.message(), files.setxattr(call.path(), call.path2(), value, call.mode(), call.who()));
            }
            case Opcode.P2S_REMOVEXATTR -> node.reply(call.message(), files.removexattr(call.path(), call.path2(), call.who()));
            case Opcode.P2S_GETXATTR -> {
                int room = room(call);
                MemorySegment to = ram.asSlice(call.worker().replyPa() + StatusReply.SIZE_BYTES, room);
                int length = files.getxattr(call.path(), call.path2(), to, call.who());
                PathHandler.finish(node, call, length, 0, room == 0 ? 0 : Math.max(0, length));
            }
            default -> {
                int[] errno = new int[1];
                byte[] names = files.listxattr(call.path(), call.who(), errno);
                int room = room(call);
                boolean isTooLong = names != null && call.value() > 0 && names.length > room;
                if (names == null || isTooLong) {
                    node.reply(call.message(), isTooLong ? -Errno.ERANGE : errno[0]);
                    return;
                }
                int sent = room == 0 ? 0 : names.length;
                node.memory.write(call.worker().replyPa() + StatusReply.SIZE_BYTES, names, 0, sent);
                PathHandler.finish(node, call, names.length, 0, sent);
            }
        }
    }

    /** What the asker has room for: 0 when it only asks for the length. */
    private static int room(PathHandler.Call call) {
        long room = Math.min(call.value(), PathRequest.MAX_XATTR_BYTES);
        return (int) Math.max(0, Math.min(room, call.message().maxReplyBytes - StatusReply.SIZE_BYTES));
    }
}
