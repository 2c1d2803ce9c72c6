package org.legoos.managers.memory.pgcache;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.legoos.fit.Ibapi;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatusReply;

/**
 * A memory node's requests to its storage node (M2S_*). Content that is read goes from the storage node's memory straight
 * into the frames that are asked for. Any thread that may wait; each call has buffers of its own, which are kept for the next.
 * Results below zero are negative errnos; -EIO stands for everything that happens to messages.
 */
final class StorageClient {
    private static final int PAGE = PhysicalMemory.PAGE_SIZE;
    private static final int PATH_PAGES = 3; // two paths and fixed fields
    private static final int REQUEST_BYTES = FileTransfer.MAX_BYTES + PATH_PAGES * PAGE;
    private static final int BUFFER_PAGES = REQUEST_BYTES / PAGE + 1; // the last one is for short replies
    private static final long NS_PER_MSEC = 1_000_000;

    /** What stat(2) says of a file, as far as a cache needs it. */
    record Attributes(int errno, long dev, long ino, int mode, long sizeBytes, long mtimeNs) {
        static Attributes failed(int errno) {
            return new Attributes(errno, 0, 0, 0, 0, 0);
        }
    }

    /** One call's memory. */
    private static final class Buffer {
        final MessageWriter writer = new MessageWriter();
        final int[] privateBits = new int[1];
        long requestPa;
        long replyPa;
    }

    private final Kernel kernel;
    private final Ibapi ibapi;
    private final MemorySegment ram;
    private final int node;
    private final long timeoutNs;
    private final ArrayDeque<Buffer> idle = new ArrayDeque<>(); // guarded by itself

    StorageClient(Kernel kernel, Ibapi ibapi) {
        this.kernel = kernel;
        this.ibapi = ibapi;
        this.ram = kernel.memory().segment();
        this.node = kernel.config().integer("DEFAULT_STORAGE_NODE");
        this.timeoutNs = kernel.config().integer("STORAGE_TIMEOUT_MSEC") * NS_PER_MSEC;
    }

    boolean isConnected() {
        return ibapi.isConnected(node);
    }

    private Buffer take() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        Buffer buffer = new Buffer();
        buffer.requestPa = kernel.frames().allocContiguous(BUFFER_PAGES);
        if (buffer.requestPa == 0) {
            return null;
        }
        buffer.replyPa = buffer.requestPa + (long) (BUFFER_PAGES - 1) * PAGE;
        return buffer;
    }

    private void give(Buffer buffer) {
        synchronized (idle) {
            idle.push(buffer);
        }
    }

    /** Reads into frames. @return bytes, fewer only at the end of the file */
    int read(int vnode, String path, long fileOffset, int lengthBytes, long toPa) {
        Buffer b = take();
        if (b == null) {
            return -Errno.ENOMEM;
        }
        int result = begin(b.writer, b.requestPa, REQUEST_BYTES, vnode, path, fileOffset, lengthBytes);
        if (result == 0) {
            Header.write(ram, b.requestPa, Opcode.M2S_READ, ibapi.nodeId(), b.writer.lengthBytes());
            b.privateBits[0] = 0;
            int got = ibapi.sendReplyTimeoutWithPrivateBits(node, RpcPort.STORAGE, b.requestPa, b.writer.lengthBytes(), toPa,
                    lengthBytes, timeoutNs, b.privateBits);
            result = got < 0 ? -Errno.EIO : got;
            if (got >= 0 && b.privateBits[0] == FileTransfer.STATUS_ONLY) {
                result = got < StatusReply.STATUS_BYTES ? -Errno.EIO : status(StatusReply.STATUS.get(ram, toPa));
                result = Math.min(result, 0);
            }
        }
        give(b);
        return result;
    }

    private int begin(MessageWriter writer, long requestPa, int maxBytes, int vnode, String path, long fileOffset, int lengthBytes) {
        writer.reset(ram, requestPa, FileTransfer.SIZE_BYTES, maxBytes).string(path);
        FileTransfer.clear(ram, requestPa);
        FileTransfer.LENGTH.set(ram, requestPa, lengthBytes);
        FileTransfer.FILE_OFFSET.set(ram, requestPa, fileOffset);
        FileTransfer.VNODE.set(ram, requestPa, vnode);
        return writer.overflowed() ? -Errno.ENAMETOOLONG : 0;
    }

    /** As read, and the fetch is told when it has come. @return false when nothing was sent */
    boolean readNowait(Fetch fetch) {
        long offset = fetch.line.offset() + (long) fetch.from * PAGE;
        CachedFile file = fetch.file;
        int error = begin(fetch.writer, fetch.requestPa, Fetches.requestBytes(), file.id.vnode(), file.path(), offset, fetch.wantedBytes);
        if (error == 0) {
            int length = fetch.writer.lengthBytes();
            Header.write(ram, fetch.requestPa, Opcode.M2S_READ, ibapi.nodeId(), length);
            error = ibapi.callNowait(node, RpcPort.STORAGE, fetch.requestPa, length, fetch.line.pagePa(fetch.from), fetch.wantedBytes,
                    timeoutNs, fetch);
        }
        return error == 0;
    }

    /** Writes from frames. @return bytes */
    int write(int vnode, String path, long fileOffset, int lengthBytes, long fromPa) {
        Buffer b = take();
        if (b == null) {
            return -Errno.ENOMEM;
        }
        int result = begin(b.writer, b.requestPa, REQUEST_BYTES, vnode, path, fileOffset, lengthBytes);
        if (result == 0) {
            long dataPa = b.writer.record(lengthBytes);
            kernel.memory().copy(fromPa, dataPa, lengthBytes);
            result = call(b, Opcode.M2S_WRITE);
        }
        give(b);
        return result > lengthBytes ? -Errno.EIO : result;
    }

    private int call(Buffer b, int opcode) {
        Header.write(ram, b.requestPa, opcode, ibapi.nodeId(), b.writer.lengthBytes());
        int got = ibapi.sendReplyTimeout(
                node, RpcPort.STORAGE, b.requestPa, b.writer.lengthBytes(), b.replyPa, PAGE, timeoutNs);
        return got < StatusReply.STATUS_BYTES ? -Errno.EIO : status(StatusReply.STATUS.get(ram, b.replyPa));
    }

    private static int status(int status) {
        return status < -Errno.MAX_ERRNO ? -Errno.EIO : status;
    }

    /** A call that names a file and nothing else. @param opcode P2S_TRUNCATE, M2S_FSYNC */
    int path(int opcode, int vnode, String path, int flags, long value) {
        Buffer b = take();
        if (b == null) {
            return -Errno.ENOMEM;
        }
        int result = pathCall(b, opcode, vnode, path, flags, value);
        give(b);
        return result;
    }

    private int pathCall(Buffer b, int opcode, int vnode, String path, int flags, long value) {
        b.writer.reset(ram, b.requestPa, PathRequest.SIZE_BYTES, REQUEST_BYTES).string(path).string("");
        if (b.writer.overflowed()) {
            return -Errno.ENAMETOOLONG;
        }
        PathRequest.PID.set(ram, b.requestPa, 0);
        PathRequest.UID.set(ram, b.requestPa, 0);
        PathRequest.GID.set(ram, b.requestPa, 0);
        PathRequest.GROUPS.set(ram, b.requestPa, 0);
        PathRequest.CAPABILITIES.set(ram, b.requestPa, Caller.ALL_CAPABILITIES);
        PathRequest.IS_HOLDER.set(ram, b.requestPa, 0);
        PathRequest.FLAGS.set(ram, b.requestPa, flags);
        PathRequest.MODE.set(ram, b.requestPa, 0);
        PathRequest.VALUE.set(ram, b.requestPa, value);
        PathRequest.VNODE.set(ram, b.requestPa, vnode);
        return call(b, opcode);
    }

    /** lstat(2). */
    Attributes stat(int vnode, String path) {
        Buffer b = take();
        if (b == null) {
            return Attributes.failed(-Errno.ENOMEM);
        }
        int error = pathCall(b, Opcode.P2S_STAT, vnode, path, 0, 0);
        long at = b.replyPa + StatusReply.SIZE_BYTES;
        Attributes result = error < 0
                ? Attributes.failed(error)
                : new Attributes(0, StatRecord.DEV.get(ram, at), StatRecord.INO.get(ram, at), StatRecord.MODE.get(ram, at),
                        StatRecord.SIZE.get(ram, at), StatRecord.MTIME_NS.get(ram, at));
        give(b);
        return result;
    }
}
