package org.legoos.managers.storage;

import java.lang.foreign.MemorySegment;
import org.legoos.fit.Incoming;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.thpool.Worker;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.storage.host.Content;
import org.legoos.managers.storage.host.HostFiles;

/**
 * M2S_READ and M2S_WRITE. What is read goes from the host's file to the worker's buffer and from there by the card straight to
 * where the asker wants it; what is written goes from the receive ring to the file.
 */
final class ContentHandler {
    private final StorageNode node;
    private final MemorySegment ram;
    private final ReplyBuffers buffers;

    ContentHandler(StorageNode node) {
        this.node = node;
        this.buffers = new ReplyBuffers(node.kernel);
        this.ram = node.memory.segment();
    }

    ReplyBuffers buffers() {
        return buffers;
    }

    /** M2S_READ where it arrives, of what the host has in its memory. @return false when it is work for a worker */
    boolean quickRead(Incoming message) {
        long at = message.messagePa;
        String path = new MessageReader().reset(ram, at, FileTransfer.SIZE_BYTES, message.lengthBytes).string(FileTransfer.MAX_PATH_BYTES);
        int length = path == null ? 0 : Math.min(FileTransfer.LENGTH.get(ram, at), message.maxReplyBytes);
        HostFiles files = length <= 0 || length > ReplyBuffers.BYTES ? null : node.files(FileTransfer.VNODE.get(ram, at));
        ReplyBuffers.Buffer buffer = files == null ? null : buffers.take();
        if (buffer == null) {
            return false;
        }
        int done = new Content(files).readNowait(path, FileTransfer.FILE_OFFSET.get(ram, at), ram, buffer.replyPa(), length);
        if (done > 0) {
            buffer.send(node, message, done);
        }
        if (!buffer.finish() || done <= 0) {
            node.counters.slowRead.increment();
            return false;
        }
        node.counters.read.increment();
        node.counters.readBytes.add(done);
        return true;
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
        HostFiles files = node.files(FileTransfer.VNODE.get(ram, at));
        if (files == null) {
            node.counters.badVnode.increment();
            node.reply(message, -Errno.ENODEV, 0, FileTransfer.STATUS_ONLY);
            return;
        }
        if (opcode == Opcode.M2S_READ) {
            read(message, worker, files, path, Math.min(length, message.maxReplyBytes));
        } else {
            write(message, worker, files, path, length);
        }
    }

    private void read(Incoming message, Worker worker, HostFiles files, String path, int lengthBytes) {
        long offset = FileTransfer.FILE_OFFSET.get(ram, message.messagePa);
        int done = new Content(files).read(path, offset, ram, worker.replyPa(), Math.max(0, lengthBytes));
        node.counters.read.increment();
        if (done <= 0) {
            node.reply(message, done, 0, FileTransfer.STATUS_ONLY);
            return;
        }
        node.counters.readBytes.add(done);
        node.sendAndWait(message, worker.replyPa(), done);
    }

    private void write(Incoming message, Worker worker, HostFiles files, String path, int lengthBytes) {
        long at = message.messagePa;
        long dataPa = worker.reader.record(lengthBytes);
        if (dataPa < 0 || worker.reader.remainingBytes() != 0) {
            bad(message);
            return;
        }
        int flags = FileTransfer.FLAGS.get(ram, at);
        boolean isAppend = (flags & FileTransfer.APPEND) != 0;
        long offset = FileTransfer.FILE_OFFSET.get(ram, at);
        if (offset < 0 && !isAppend) {
            node.reply(message, -Errno.EINVAL);
            return;
        }
        Content.Promise promise = (flags & FileTransfer.SYNC) != 0 ? Content.Promise.ALL_ON_DISK
                : (flags & FileTransfer.DSYNC) != 0 ? Content.Promise.DATA_ON_DISK : Content.Promise.CACHED;
        int done = files.isReadOnly() ? -Errno.EROFS
                : new Content(files).write(path, isAppend ? -1 : offset, ram, dataPa, lengthBytes, promise, worker.result);
        node.counters.write.increment();
        node.counters.writeBytes.add(Math.max(0, done));
        node.reply(message, done, worker.result[0], 0);
    }

    private void bad(Incoming message) {
        node.counters.badMessage.increment();
        node.reply(message, -Errno.EINVAL, 0, FileTransfer.STATUS_ONLY);
    }
}
