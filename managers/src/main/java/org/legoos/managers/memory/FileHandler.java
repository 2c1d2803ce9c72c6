package org.legoos.managers.memory;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import org.legoos.fit.Incoming;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.ramfs.Ramfs;
import org.legoos.managers.memory.thpool.Worker;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.ExtentRecord;
import org.legoos.managers.rpc.FileRequest;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatfsRecord;
import org.legoos.managers.rpc.StatusReply;

/** P2M_READ, P2M_WRITE, P2M_FSYNC (which has nothing to do) and all P2S_* on the node's ramfs. Always on a worker. */
final class FileHandler {
    /** Behind the status of a reply. */
    private static final int BODY_AT = StatusReply.SIZE_BYTES;

    private final MemoryNode node;
    private final Ramfs fs;
    private final MemorySegment ram;

    FileHandler(MemoryNode node) {
        this.node = node;
        this.fs = node.ramfs;
        this.ram = node.memory.segment();
    }

    void transfer(int opcode, Incoming message, Worker worker) {
        long at = message.messagePa;
        MessageReader reader = worker.reader.reset(ram, at, FileTransfer.SIZE_BYTES, message.lengthBytes);
        String path = reader.string(FileTransfer.MAX_PATH_BYTES);
        int length = path == null ? -1 : FileTransfer.LENGTH.get(ram, at);
        if (length < 0 || length > FileTransfer.MAX_BYTES) {
            bad(message);
            return;
        }
        long offset = FileTransfer.FILE_OFFSET.get(ram, at);
        if (opcode == Opcode.P2M_READ) {
            node.counters.read.increment();
            int done = fs.read(path, offset, worker.replyPa(), Math.min(length, message.maxReplyBytes));
            if (done > 0) {
                node.sendAndWait(message, worker.replyPa(), done);
            } else {
                node.replyNoBytes(message, done);
            }
            return;
        }
        long dataPa = reader.record(length);
        if (dataPa < 0 || reader.remainingBytes() != 0) {
            bad(message);
            return;
        }
        node.counters.write.increment();
        boolean append = (FileTransfer.FLAGS.get(ram, at) & FileTransfer.APPEND) != 0;
        int done = fs.write(path, offset, append, dataPa, length, worker.result);
        finish(message, worker, done, worker.result[0], 0);
    }

    /** Whatever is here is as safe as it gets: only whether the file is there. */
    void fsync(Incoming message, Worker worker) {
        MessageReader reader = worker.reader.reset(ram, message.messagePa, FileRequest.SIZE_BYTES, message.lengthBytes);
        String path = reader.string(FileTransfer.MAX_PATH_BYTES);
        if (path == null || reader.remainingBytes() != 0) {
            bad(message);
            return;
        }
        node.reply(message, fs.access(path, 0, Caller.ROOT));
    }

    void path(int opcode, Incoming message, Worker worker) {
        long at = message.messagePa;
        MessageReader reader = worker.reader.reset(ram, at, PathRequest.SIZE_BYTES, message.lengthBytes);
        Caller who = Caller.read(ram, at, reader);
        String path = reader.string(FileTransfer.MAX_PATH_BYTES);
        String path2 = reader.string(FileTransfer.MAX_PATH_BYTES);
        long recordAt = switch (opcode) {
            case Opcode.P2S_SETATTR -> reader.record(StatRecord.SIZE_BYTES);
            case Opcode.M2S_FALLOCATE -> reader.record(ExtentRecord.SIZE_BYTES);
            default -> 0;
        };
        byte[] bytes = opcode == Opcode.P2S_SETXATTR ? reader.longString(PathRequest.MAX_XATTR_BYTES) : null;
        if (reader.isBad() || reader.remainingBytes() != 0) {
            bad(message);
            return;
        }
        node.counters.file.increment();
        int flags = PathRequest.FLAGS.get(ram, at);
        int mode = PathRequest.MODE.get(ram, at);
        long value = PathRequest.VALUE.get(ram, at);
        boolean follow = (flags & PathRequest.FOLLOW) != 0;
        switch (opcode) {
            case Opcode.P2S_OPEN -> {
                int error = fs.open(path, flags, mode, who);
                int found = error != 0 ? error : fs.stat(path, true, Caller.ROOT, ram, worker.replyPa() + BODY_AT);
                body(message, worker, found, StatRecord.SIZE_BYTES);
            }
            case Opcode.P2S_STAT ->
                body(
                        message,
                        worker,
                        fs.stat(path, follow, who, ram, worker.replyPa() + BODY_AT),
                        StatRecord.SIZE_BYTES);
            case Opcode.P2S_STATFS ->
                body(message, worker, fs.statfs(path, ram, worker.replyPa() + BODY_AT), StatfsRecord.SIZE_BYTES);
            case Opcode.P2S_GETDENTS -> getdents(message, worker, path, value, flags);
            case Opcode.P2S_READLINK -> readlink(message, worker, path, who);
            case Opcode.P2S_GETXATTR -> {
                AtomicReference<byte[]> found = new AtomicReference<>();
                int error = fs.xattr(path, who, xattrs -> xattrs.get(path2, found));
                bytes(message, worker, error, found.get(), value);
            }
            case Opcode.P2S_LISTXATTR -> {
                AtomicReference<byte[]> found = new AtomicReference<>();
                int error = fs.xattr(path, who, xattrs -> xattrs.list(found));
                bytes(message, worker, error, found.get(), value);
            }
            case Opcode.M2S_LSEEK -> finish(message, worker, fs.seek(path, value, flags, worker.result), worker.result[0], 0);
            default -> node.reply(message, switch (opcode) {
                case Opcode.P2S_ACCESS -> fs.access(path, flags, who);
                case Opcode.P2S_TRUNCATE -> fs.truncate(path, value);
                case Opcode.P2S_SETXATTR -> fs.xattr(path, who, xattrs -> xattrs.set(path2, bytes, mode));
                case Opcode.P2S_REMOVEXATTR -> fs.xattr(path, who, xattrs -> xattrs.remove(path2));
                case Opcode.M2S_FALLOCATE -> fs.fallocate(path, flags, value, ExtentRecord.LENGTH.get(ram, recordAt));
                case Opcode.P2S_SETATTR -> fs.setattr(path, follow, mode, who, ram, recordAt);
                default -> fs.names(who, names -> switch (opcode) {
                    case Opcode.P2S_MKDIR -> names.mkdir(path, mode);
                    case Opcode.P2S_MKNOD -> names.mknod(path, mode, value);
                    case Opcode.P2S_RMDIR -> names.rmdir(path);
                    case Opcode.P2S_UNLINK -> names.unlink(path);
                    case Opcode.P2S_LINK -> names.link(path, path2);
                    case Opcode.P2S_SYMLINK -> names.symlink(path, path2);
                    case Opcode.P2S_RENAME -> names.rename(path, path2, flags);
                    default -> -Errno.ENOSYS;
                });
            });
        }
    }

    private void getdents(Incoming message, Worker worker, String path, long position, int wantedBytes) {
        int room = Math.min(Math.min(wantedBytes, FileTransfer.MAX_BYTES), message.maxReplyBytes - BODY_AT);
        int done = fs.getdents(path, position, ram, worker.replyPa() + BODY_AT, Math.max(0, room), worker.result);
        finish(message, worker, done, worker.result[0], Math.max(0, done));
    }

    private void readlink(Incoming message, Worker worker, String path, Caller who) {
        String target = fs.readlink(path, who);
        if (target == null) {
            int error = fs.stat(path, false, who, ram, worker.replyPa() + BODY_AT);
            node.reply(message, error != 0 ? error : -Errno.EINVAL);
            return;
        }
        byte[] bytes = MessageWriter.bytes(target);
        node.memory.write(worker.replyPa() + BODY_AT, bytes, 0, bytes.length);
        finish(message, worker, bytes.length, 0, bytes.length);
    }

    /** Bytes for one who has room for so many, or 0: who asks for the length only. */
    private void bytes(Incoming message, Worker worker, int error, byte[] found, long wanted) {
        long room = Math.min(wanted, message.maxReplyBytes - BODY_AT);
        if (error != 0 || wanted > 0 && found.length > room) {
            node.reply(message, error != 0 ? error : -Errno.ERANGE);
            return;
        }
        int sent = wanted <= 0 ? 0 : found.length;
        node.memory.write(worker.replyPa() + BODY_AT, found, 0, sent);
        finish(message, worker, found.length, 0, sent);
    }

    private void body(Incoming message, Worker worker, int status, int bodyBytes) {
        finish(message, worker, status, 0, status == 0 ? bodyBytes : 0);
    }

    private void finish(Incoming message, Worker worker, int status, long value, int bodyBytes) {
        if (status < 0) {
            node.reply(message, status);
            return;
        }
        StatusReply.STATUS.set(ram, worker.replyPa(), status);
        StatusReply.VALUE.set(ram, worker.replyPa(), value);
        node.sendAndWait(message, worker.replyPa(), BODY_AT + bodyBytes);
    }

    private void bad(Incoming message) {
        node.counters.badMessage.increment();
        node.reply(message, -Errno.EINVAL);
    }
}
