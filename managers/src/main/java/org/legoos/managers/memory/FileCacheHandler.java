package org.legoos.managers.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.pgcache.CachedFile;
import org.legoos.managers.memory.pgcache.PageCache;
import org.legoos.managers.rpc.FileRequest;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.StatusReply;

/**
 * P2M_READ, WRITE, CLOSE, FSYNC, TRUNCATE and DROP_CACHE on the page cache. What is in the cache is read and written where the
 * message arrives; what needs the storage node, or a lock that is taken, goes to a worker: the methods then return false. Bytes that
 * are read are sent from the cache's own frames.
 */
final class FileCacheHandler {
    private static final ValueLayout.OfShort LENGTH = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int PAGE = PhysicalMemory.PAGE_SIZE;
    /** At most so much is fetched for one readahead(2). */
    private static final long AHEAD_MAX_BYTES = 8 << 20;

    private final MemoryNode node;
    private final PageCache cache;
    private final MemorySegment ram;

    FileCacheHandler(MemoryNode node) {
        this.node = node;
        this.cache = node.pageCache;
        this.ram = node.memory.segment();
    }

    boolean handle(int opcode, Incoming message, boolean onWorker) {
        return switch (opcode) {
            case Opcode.P2M_READ, Opcode.P2M_WRITE -> transfer(opcode, message, onWorker);
            default -> request(opcode, message, onWorker);
        };
    }

    private boolean transfer(int opcode, Incoming message, boolean onWorker) {
        long at = message.messagePa;
        int length = message.lengthBytes < FileTransfer.SIZE_BYTES ? -1 : FileTransfer.LENGTH.get(ram, at);
        long offset = length < 0 ? -1 : FileTransfer.FILE_OFFSET.get(ram, at);
        if (length < 0 || length > FileTransfer.MAX_BYTES || offset < 0 || offset > Long.MAX_VALUE - length) {
            return bad(message);
        }
        CachedFile file = cache.find(
                FileTransfer.VNODE.get(ram, at), FileTransfer.DEV.get(ram, at), FileTransfer.INO.get(ram, at));
        boolean isFresh = (FileTransfer.FLAGS.get(ram, at) & FileTransfer.FRESH) != 0;
        boolean isKnown = file != null && isKnownBy(file, message, FileTransfer.SIZE_BYTES);
        if (onWorker || !isKnown) {
            String path = new MessageReader()
                    .reset(ram, at, FileTransfer.SIZE_BYTES, message.lengthBytes).string(FileTransfer.MAX_PATH_BYTES);
            if (path == null) {
                return bad(message);
            }
            int[] errno = new int[1];
            file = onWorker ? open(file, at, path, isFresh, errno) : openNow(file, at, path, isFresh);
            if (file == null) {
                if (onWorker) {
                    refuse(opcode, message, errno[0]);
                }
                return onWorker;
            }
        }
        if (!acquire(file, onWorker)) {
            return false;
        }
        try {
            boolean mustAsk = isFresh && !file.isAsSeen(FileTransfer.SIZE.get(ram, at), FileTransfer.MTIME_NS.get(ram, at));
            if (mustAsk && !onWorker) {
                return false;
            }
            return opcode == Opcode.P2M_READ
                    ? read(message, file, offset, Math.min(length, message.maxReplyBytes), onWorker)
                    : write(message, file, offset, length, onWorker);
        } finally {
            file.unlock();
        }
    }

    /** Whether the path in a message is the one that the cache knows. */
    private boolean isKnownBy(CachedFile file, Incoming message, int pathAt) {
        long at = message.messagePa + pathAt;
        int length = ram.get(LENGTH, at) & 0xffff;
        return length <= message.lengthBytes - pathAt - Short.BYTES && file.hasPath(ram, at + Short.BYTES, length);
    }

    private void refuse(int opcode, Incoming message, int errno) {
        if (opcode == Opcode.P2M_READ) {
            node.replyNoBytes(message, errno);
        } else {
            node.reply(message, errno);
        }
    }

    /** @return null when the storage node must be asked, or something waited for */
    private CachedFile openNow(CachedFile known, long at, String path, boolean isFresh) {
        long size = FileTransfer.SIZE.get(ram, at);
        if (known != null) {
            if (known.tryLock()) {
                known.setPath(path);
                known.unlock();
                return known;
            }
            return null;
        }
        return !isFresh || size < 0 ? null : cache.openNow(FileTransfer.VNODE.get(ram, at), FileTransfer.DEV.get(ram, at),
                FileTransfer.INO.get(ram, at), path, size, FileTransfer.MTIME_NS.get(ram, at));
    }

    private CachedFile open(CachedFile known, long at, String path, boolean isFresh, int[] errno) {
        int vnode = FileTransfer.VNODE.get(ram, at);
        if (known == null && !isFresh) {
            return cache.openByPath(vnode, path, errno);
        }
        long size = FileTransfer.SIZE.get(ram, at);
        long mtimeNs = FileTransfer.MTIME_NS.get(ram, at);
        CachedFile file = known != null
                ? known
                : cache.open(vnode, FileTransfer.DEV.get(ram, at), FileTransfer.INO.get(ram, at), path, size, mtimeNs);
        file.lock();
        try {
            file.setPath(path);
            if (isFresh && size >= 0 && !file.isAsSeen(size, mtimeNs)) {
                cache.settle(file); // what its opener saw may be older than what others have written and closed since
            }
        } finally {
            file.unlock();
        }
        return file;
    }

    private boolean read(Incoming message, CachedFile file, long offset, int length, boolean onWorker) {
        int piece = file.pieceBytes(offset, length);
        if (piece == 0) {
            node.replyNoBytes(message, 0);
            return true;
        }
        long pa = file.bytesPa(offset, piece, onWorker);
        if (pa == Long.MIN_VALUE) {
            return cache.fetches().start(file, offset, piece, message);
        }
        node.counters.read.increment();
        if (pa < 0) {
            node.replyNoBytes(message, (int) pa);
        } else {
            node.send(message, pa, piece, 0);
        }
        return true;
    }

    private boolean write(Incoming message, CachedFile file, long offset, int length, boolean onWorker) {
        long at = message.messagePa;
        long dataPa = at + message.lengthBytes - length;
        if (dataPa < at + FileTransfer.SIZE_BYTES + Short.BYTES) {
            return bad(message);
        }
        int flags = FileTransfer.FLAGS.get(ram, at);
        long place = (flags & FileTransfer.APPEND) != 0 ? file.sizeBytes() : offset;
        boolean isDurable = (flags & (FileTransfer.DSYNC | FileTransfer.SYNC)) != 0;
        if (!onWorker && (isDurable || cache.isTooDirty() || !file.canWriteNow(place, length))) {
            return false;
        }
        node.counters.write.increment();
        int done = file.write(place, dataPa, length);
        if (onWorker && cache.isTooDirty()) {
            file.writeBack();
        }
        if (done > 0 && isDurable) {
            int error = sync(file, (flags & FileTransfer.SYNC) != 0 ? 0 : PathRequest.DATA_ONLY);
            done = error < 0 ? error : done;
        }
        if (done < 0) {
            node.reply(message, done);
            return true;
        }
        long slot = node.replySlot();
        StatusReply.STATUS.set(ram, slot, done);
        StatusReply.VALUE.set(ram, slot, place + done);
        node.send(message, slot, StatusReply.SIZE_BYTES, 0);
        return true;
    }

    private int sync(CachedFile file, int flags) {
        file.writeBack();
        int error = file.takeError();
        int status = cache.atStorage(Opcode.M2S_FSYNC, file, flags, 0);
        cache.settle(file);
        return error < 0 ? error : status;
    }

    private boolean request(int opcode, Incoming message, boolean onWorker) {
        long at = message.messagePa;
        if (message.lengthBytes < FileRequest.SIZE_BYTES + Short.BYTES) {
            return bad(message);
        }
        if (!onWorker && opcode != Opcode.P2M_CLOSE) {
            return false;
        }
        CachedFile file = cache.find(
                FileRequest.VNODE.get(ram, at), FileRequest.DEV.get(ram, at), FileRequest.INO.get(ram, at));
        int flags = FileRequest.FLAGS.get(ram, at);
        boolean isUnreachable = (flags & FileRequest.DISCARD) != 0 && file != null && !file.isDirty();
        if (opcode == Opcode.P2M_CLOSE && (flags == FileRequest.FORGET || isUnreachable)) {
            return forget(message, file, onWorker);
        }
        boolean isClean = file != null && !onWorker && !file.isDirty() && isKnownBy(file, message, FileRequest.SIZE_BYTES);
        if (opcode == Opcode.P2M_CLOSE && (file == null || isClean)) {
            node.reply(message, 0);
            return true;
        }
        if (!onWorker) {
            return false;
        }
        String path = new MessageReader()
                .reset(ram, at, FileRequest.SIZE_BYTES, message.lengthBytes).string(FileTransfer.MAX_PATH_BYTES);
        if (path == null) {
            return bad(message);
        }
        boolean isAdvice = opcode == Opcode.P2M_DROP_CACHE;
        if (isAdvice && (flags & FileRequest.AHEAD) != 0) {
            bring(message, file, path);
        } else {
            node.reply(message, isAdvice && path.isEmpty() ? dropAll((flags & FileRequest.KEEP) != 0) : request(opcode, at, file, path));
        }
        return true;
    }

    /** A file has lost its last name: its frames are better used for others. What is dirty may already be of one that got its number. */
    private boolean forget(Incoming message, CachedFile file, boolean onWorker) {
        if (file != null) {
            if (!onWorker && !file.tryLockWhole()) {
                return false;
            }
            if (onWorker) {
                file.lock();
            }
            file.forgetContent(0, Long.MAX_VALUE);
            file.unlock();
        }
        node.reply(message, 0);
        return true;
    }

    /** Answered before it is done. */
    private void bring(Incoming message, CachedFile known, String path) {
        long at = message.messagePa;
        int vnode = FileRequest.VNODE.get(ram, at);
        long offset = Math.max(0, FileRequest.VALUE.get(ram, at));
        long asked = FileRequest.LENGTH.get(ram, at);
        node.reply(message, 0);
        CachedFile file = known != null ? known : cache.openByPath(vnode, path, new int[1]);
        if (file != null) {
            file.lock();
            try {
                bring(file, offset, asked <= 0 ? AHEAD_MAX_BYTES : Math.min(asked, AHEAD_MAX_BYTES));
            } finally {
                file.unlock();
            }
        }
    }

    /** Has bytes here before somebody reads them, as far as the file goes and there is room. */
    private static void bring(CachedFile file, long offset, long lengthBytes) {
        long done = 0;
        while (done < lengthBytes && offset + done >= 0) {
            int piece = file.pieceBytes(offset + done, (int) (lengthBytes - done));
            if (piece == 0 || file.bytesPa(offset + done, piece, true) < 0) {
                return;
            }
            done += piece;
        }
    }

    private int request(int opcode, long at, CachedFile known, String path) {
        int[] errno = new int[1];
        CachedFile file = known != null ? known : cache.openByPath(FileRequest.VNODE.get(ram, at), path, errno);
        if (file == null) {
            return errno[0];
        }
        int flags = FileRequest.FLAGS.get(ram, at);
        file.lock();
        try {
            file.setPath(path);
            return switch (opcode) {
                case Opcode.P2M_CLOSE -> close(file, flags);
                case Opcode.P2M_FSYNC -> sync(file, flags);
                case Opcode.P2M_TRUNCATE -> truncate(file, FileRequest.VALUE.get(ram, at));
                case Opcode.P2M_DROP_CACHE -> drop(file, flags, Math.max(0, FileRequest.VALUE.get(ram, at)), FileRequest.LENGTH.get(ram, at));
                default -> -Errno.ENOSYS;
            };
        } finally {
            file.unlock();
        }
    }

    private int close(CachedFile file, int flags) {
        if ((flags & FileRequest.DISCARD) != 0) {
            file.discard();
            return 0;
        }
        file.writeBack();
        cache.settle(file);
        return file.takeError();
    }

    private int truncate(CachedFile file, long sizeBytes) {
        if (sizeBytes < 0) {
            return -Errno.EINVAL;
        }
        // What is dirty beyond the new end is not worth sending; the rest must not make the file longer again.
        if (sizeBytes > file.sizeBytes()) {
            file.writeBack();
        }
        int status = cache.atStorage(Opcode.P2S_TRUNCATE, file, 0, sizeBytes);
        if (status == 0) {
            file.truncated(sizeBytes);
        }
        return status;
    }

    /** @param lengthBytes 0: to the end of the file */
    private int drop(CachedFile file, int flags, long offset, long lengthBytes) {
        file.writeBack();
        boolean toEnd = lengthBytes <= 0 || lengthBytes >= file.sizeBytes() - offset;
        long fromPage = offset / PAGE + (offset % PAGE == 0 ? 0 : 1);
        long toPage = toEnd ? Long.MAX_VALUE : (offset + lengthBytes) / PAGE;
        file.forgetContent(fromPage, toPage);
        if ((flags & FileRequest.AT_HOST) != 0 && fromPage < toPage) {
            int pages = toEnd ? 0 : (int) Math.min(Integer.MAX_VALUE, toPage - fromPage);
            cache.atStorage(Opcode.M2S_FADVISE, file, pages, fromPage * PAGE);
        }
        cache.settle(file);
        return file.takeError();
    }

    private int dropAll(boolean keepsClean) {
        cache.writeBackAll();
        if (!keepsClean) {
            cache.dropClean();
        }
        return 0;
    }

    private boolean acquire(CachedFile file, boolean onWorker) {
        if (!onWorker) {
            return file.tryLock();
        }
        file.lock();
        return true;
    }

    private boolean bad(Incoming message) {
        node.counters.badMessage.increment();
        node.reply(message, -Errno.EINVAL);
        return true;
    }
}
