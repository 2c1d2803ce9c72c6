package org.legoos.managers.storage;

import java.lang.foreign.MemorySegment;
import org.legoos.fit.Incoming;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.thpool.Worker;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.ExtentRecord;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatfsRecord;
import org.legoos.managers.rpc.StatusReply;
import org.legoos.managers.storage.host.Content;
import org.legoos.managers.storage.host.FileCalls;
import org.legoos.managers.storage.host.HostFiles;

/** Every PathRequest: decodes it, has it done, answers. */
final class PathHandler {
    private static final int BODY_AT = StatusReply.SIZE_BYTES;

    private final StorageNode node;
    private final MemorySegment ram;
    private final XattrHandler xattrs;

    PathHandler(StorageNode node) {
        this.node = node;
        this.ram = node.memory.segment();
        this.xattrs = new XattrHandler(node);
    }

    /** A decoded request. @param recordAt where the record behind the paths lies, if this kind has one */
    record Call(Incoming message, Worker worker, HostFiles files, Caller who, String path, String path2, int flags, int mode,
            long value, long recordAt) {}

    void handle(int opcode, Incoming message, Worker worker) {
        long at = message.messagePa;
        MessageReader reader = worker.reader.reset(ram, at, PathRequest.SIZE_BYTES, message.lengthBytes);
        Caller who = Caller.read(ram, at, reader);
        String path = reader.string(FileTransfer.MAX_PATH_BYTES);
        String path2 = reader.string(FileTransfer.MAX_PATH_BYTES);
        long recordAt = switch (opcode) {
            case Opcode.P2S_SETATTR -> reader.record(StatRecord.SIZE_BYTES);
            case Opcode.M2S_FALLOCATE, Opcode.M2S_COPY_RANGE -> reader.record(ExtentRecord.SIZE_BYTES);
            default -> 0;
        };
        if (reader.isBad() || opcode != Opcode.P2S_SETXATTR && reader.remainingBytes() != 0) {
            node.counters.badMessage.increment();
            node.reply(message, -Errno.EINVAL);
            return;
        }
        HostFiles files = node.files(PathRequest.VNODE.get(ram, at));
        if (files == null) {
            node.counters.badVnode.increment();
            node.reply(message, -Errno.ENODEV);
            return;
        }
        node.counters.path.increment();
        answer(opcode, new Call(message, worker, files, who, path, path2, PathRequest.FLAGS.get(ram, at),
                PathRequest.MODE.get(ram, at), PathRequest.VALUE.get(ram, at), recordAt));
    }

    private void answer(int opcode, Call call) {
        HostFiles files = call.files;
        long bodyAt = call.worker.replyPa() + BODY_AT;
        switch (opcode) {
            case Opcode.P2S_OPEN -> body(call, files.calls().open(call.path, call.flags, call.mode, call.who, ram, bodyAt), StatRecord.SIZE_BYTES);
            case Opcode.P2S_STAT -> body(call, files.calls().stat(call.path, call.who, ram, bodyAt), StatRecord.SIZE_BYTES);
            case Opcode.P2S_STATFS -> body(call, files.calls().statfs(call.path, ram, bodyAt), StatfsRecord.SIZE_BYTES);
            case Opcode.P2S_LOOKUP -> new LookupWalk(files, call.who).answer(call, node);
            case Opcode.P2S_GETDENTS -> DirentWriter.answer(call, node);
            case Opcode.P2S_READLINK -> readlink(call);
            case Opcode.P2S_UNLINK, Opcode.P2S_RENAME -> remove(opcode, call);
            case Opcode.M2S_LSEEK -> {
                long found = new Content(files).seek(call.path, call.value, call.flags);
                node.reply(call.message, (int) Math.min(0, found), found, 0);
            }
            case Opcode.P2S_SETXATTR, Opcode.P2S_GETXATTR, Opcode.P2S_LISTXATTR, Opcode.P2S_REMOVEXATTR -> xattrs.answer(opcode, call);
            default -> node.reply(call.message, status(opcode, call));
        }
    }

    /** Calls that are answered by a status alone. */
    private int status(int opcode, Call call) {
        HostFiles files = call.files;
        return switch (opcode) {
            case Opcode.P2S_ACCESS -> files.calls().access(call.path, call.flags, call.who);
            case Opcode.P2S_TRUNCATE -> files.isReadOnly() ? -Errno.EROFS : files.calls().truncate(call.path, call.value, call.who);
            case Opcode.P2S_SETATTR -> files.calls().setattr(call.path, call.mode, call.who, ram, call.recordAt);
            case Opcode.P2S_MKDIR -> files.names().mkdir(call.path, call.mode, call.who);
            case Opcode.P2S_MKNOD -> files.names().mknod(call.path, call.mode, call.value, call.who);
            case Opcode.P2S_RMDIR -> files.names().rmdir(call.path, call.who);
            case Opcode.P2S_LINK -> files.names().link(call.path, call.path2, call.who);
            case Opcode.P2S_SYMLINK -> files.names().symlink(call.path, call.path2, call.who);
            case Opcode.P2S_SYNCFS -> files.calls().syncfs();
            case Opcode.M2S_FSYNC -> {
                node.counters.fsync.increment();
                yield files.calls().fsync(call.path, (call.flags & PathRequest.DATA_ONLY) != 0, call.who);
            }
            case Opcode.M2S_FADVISE -> new Content(files).dropCache(call.path, call.value, call.flags);
            case Opcode.M2S_FALLOCATE -> new Content(files).fallocate(call.path, call.flags, call.value,
                    ExtentRecord.LENGTH.get(ram, call.recordAt));
            case Opcode.M2S_COPY_RANGE -> new Content(files).copyRange(call.path, call.value, call.path2,
                    ExtentRecord.TO_OFFSET.get(ram, call.recordAt), ExtentRecord.LENGTH.get(ram, call.recordAt));
            default -> -Errno.ENOSYS;
        };
    }

    /** Also says which file has lost its last name, if one has. */
    private void remove(int opcode, Call call) {
        long[] gone = new long[1];
        int status = opcode == Opcode.P2S_UNLINK ? call.files.names().unlink(call.path, call.who, gone)
                : call.files.rename().rename(call.path, call.path2, call.flags, call.who, gone);
        if (status != 0 || gone[0] == 0) {
            node.reply(call.message, status);
            return;
        }
        long bodyAt = call.worker.replyPa() + BODY_AT;
        node.memory.zero(bodyAt, StatRecord.SIZE_BYTES);
        StatRecord.DEV.set(ram, bodyAt, FileCalls.DEVICE);
        StatRecord.INO.set(ram, bodyAt, gone[0]);
        finish(node, call, 0, 0, StatRecord.SIZE_BYTES);
    }

    private void readlink(Call call) {
        int[] errno = new int[1];
        String target = call.files.calls().readlink(call.path, call.who, errno);
        if (target == null) {
            node.reply(call.message, errno[0] != 0 ? errno[0] : -Errno.EIO);
            return;
        }
        byte[] bytes = MessageWriter.bytes(target);
        node.memory.write(call.worker.replyPa() + BODY_AT, bytes, 0, bytes.length);
        finish(node, call, bytes.length, 0, bytes.length);
    }

    private void body(Call call, int status, int bodyBytes) {
        finish(node, call, status, 0, bodyBytes);
    }

    /** Sends what lies in the worker's buffer behind a status that is no error. */
    static void finish(StorageNode node, Call call, int status, long value, int bodyBytes) {
        if (status < 0) {
            node.reply(call.message, status);
            return;
        }
        MemorySegment ram = node.memory.segment();
        StatusReply.STATUS.set(ram, call.worker.replyPa(), status);
        StatusReply.VALUE.set(ram, call.worker.replyPa(), value);
        if (call.worker instanceof ReplyBuffers.Buffer quick) {
            quick.send(node, call.message, BODY_AT + bodyBytes);
        } else {
            node.sendAndWait(call.message, call.worker.replyPa(), BODY_AT + bodyBytes);
        }
    }
}
