package org.legoos.managers.processor.syscall;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.IoVector;
import org.legoos.managers.processor.core.UserAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.notify.FileEvents;
import org.legoos.managers.processor.notify.Notifier;
import org.legoos.managers.processor.socket.Socket;

/**
 * Moves bytes between a file and the program through the thread's chunk buffer, waits where a file has nothing,
 * and makes partial results: the common part of read, write and all their relatives.
 */
final class Transfer {
    /** MAX_RW_COUNT of Linux: longer requests are cut. */
    private static final long COUNT_MAX = 0x7ffff000L;

    private static final int HANGUP = OpenFlags.POLLERR | OpenFlags.POLLHUP | OpenFlags.POLLRDHUP;

    /** For streams (pipe, terminal), which take no place. */
    static final long NO_OFFSET = -1;

    private Transfer() {}

    /** @return bytes read, or a negative errno */
    static long read(UserThread t, OpenFile file, long va, long length, long offset) {
        if (!file.isReadable()) {
            return -Errno.EBADF;
        }
        UserAccess.requireUserSpace(va, length);
        long wanted = Math.min(length, COUNT_MAX);
        if (wanted == 0) {
            return file.directoryPath() == null ? 0 : -Errno.EISDIR;
        }
        return file.isSeekable() ? FileEvents.moved(t, file, Notifier.IN_ACCESS, readAt(t, file, va, wanted, offset))
                : readStream(t, file, t.vector().single(va, wanted));
    }

    private static long readAt(UserThread t, OpenFile file, long va, long length, long offset) {
        int unaligned = file.checkDirect(va, length, offset);
        if (unaligned != 0) {
            return unaligned;
        }
        long done = 0;
        while (done < length) {
            int chunk = (int) Math.min(UserThread.IO_BYTES, length - done);
            int got = file.read(t, t.io(), t.ioPa(), chunk, offset + done);
            if (got <= 0) {
                return done > 0 ? done : got;
            }
            int copied = t.user().copyOut(va + done, t.io(), t.ioPa(), got);
            done += copied;
            if (copied < got) {
                return done > 0 ? done : -Errno.EFAULT;
            }
            if (got < chunk || t.isInterrupted() && done > 0) {
                break;
            }
        }
        return done;
    }

    /** One piece of what is there; what is taken out of a stream cannot be put back, so the buffer is checked first. */
    static long readStream(UserThread t, OpenFile file, IoVector to) {
        if (file instanceof Socket socket) {
            long done = SocketIo.receive(t, socket, 0, 0);
            t.message().dropFiles();
            return done;
        }
        int chunk = (int) Math.min(UserThread.IO_BYTES, to.left());
        if (!to.isWritable(t, chunk)) {
            return -Errno.EFAULT;
        }
        int got = readChunk(t, file, chunk, !file.isNonBlocking());
        if (got <= 0) {
            return got;
        }
        int copied = to.copyOut(t, t.io(), t.ioPa(), got);
        return copied > 0 ? copied : -Errno.EFAULT;
    }

    /** Reads one piece of a stream into the thread's buffer. @return bytes or a negative errno */
    static int readChunk(UserThread t, OpenFile file, int chunk, boolean mayWait) {
        int got = file.read(t, t.io(), t.ioPa(), chunk, NO_OFFSET);
        if (got != -Errno.EAGAIN || !mayWait || !file.tryRetain()) {
            return got;
        }
        try {
            return readWaiting(t, file, chunk);
        } finally {
            file.release();
        }
    }

    private static int readWaiting(UserThread t, OpenFile file, int chunk) {
        WaitList waiters = file.waiters(t);
        waiters.add(t.link(), OpenFlags.READABLE | HANGUP);
        try {
            while (true) {
                t.prepareSleep();
                int got = file.read(t, t.io(), t.ioPa(), chunk, NO_OFFSET);
                if (got != -Errno.EAGAIN) {
                    return got;
                }
                if (t.isInterrupted()) {
                    return -Errno.ERESTARTSYS;
                }
                t.sleep(WaitQueue.FOREVER);
            }
        } finally {
            waiters.remove(t.link());
        }
    }

    /** Writes all of the program's buffers to a stream, as one piece as far as the file keeps pieces together. */
    static long writeStream(UserThread t, OpenFile file, IoVector from) {
        if (file instanceof Socket socket) {
            return SocketIo.send(t, socket, null, 0, 0);
        }
        long wanted = from.left();
        long done = 0;
        do {
            int chunk = (int) Math.min(UserThread.IO_BYTES, wanted - done);
            int copied = from.copyIn(t, t.io(), t.ioPa(), chunk);
            if (copied < chunk && copied == 0) {
                return done > 0 ? done : -Errno.EFAULT;
            }
            long put = writeChunk(t, file, copied, NO_OFFSET);
            if (put < 0) {
                return done > 0 ? done : signalled(t, put);
            }
            done += put;
            if (copied < chunk || put < copied) {
                break;
            }
        } while (done < wanted);
        return done;
    }

    /** @return bytes written, or a negative errno; EPIPE also sends SIGPIPE */
    static long write(UserThread t, OpenFile file, long va, long length, long offset) {
        if (!file.isWritable()) {
            return -Errno.EBADF;
        }
        UserAccess.requireUserSpace(va, length);
        if (!file.isSeekable()) {
            return writeStream(t, file, t.vector().single(va, length));
        }
        return writeAt(t, file, va, length, offset, file.isAppending());
    }

    /** At the end of a regular file, whatever its flags say. */
    static long append(UserThread t, OpenFile file, long va, long length) {
        return writeAt(t, file, va, length, 0, true);
    }

    private static long writeAt(UserThread t, OpenFile file, long va, long length, long offset, boolean isAppending) {
        long wanted = Math.min(length, COUNT_MAX);
        int unaligned = file.checkDirect(va, length, isAppending ? 0 : offset);
        if (unaligned != 0) {
            return unaligned;
        }
        boolean isRegular = file.mappablePath() != null;
        if (isRegular) {
            wanted = withinFileSizeLimit(t, wanted, isAppending ? file.size(t) : offset);
            if (wanted < 0) {
                return wanted;
            }
        }
        long done = 0;
        while (done < wanted) {
            int chunk = (int) Math.min(UserThread.IO_BYTES, wanted - done);
            int copied = t.user().copyIn(va + done, t.io(), t.ioPa(), chunk);
            if (copied == 0) {
                return done > 0 ? done : -Errno.EFAULT;
            }
            long put = isAppending ? file.append(t, t.io(), t.ioPa(), copied)
                    : file.write(t, t.io(), t.ioPa(), copied, offset + done);
            if (put < 0) {
                return done > 0 ? done : signalled(t, put);
            }
            done += put;
            if (copied < chunk || put < copied) {
                break;
            }
        }
        return FileEvents.moved(t, file, Notifier.IN_MODIFY, done);
    }

    /** RLIMIT_FSIZE: cut, or SIGXFSZ and EFBIG when nothing fits. */
    private static long withinFileSizeLimit(UserThread t, long length, long offset) {
        long limit = t.process().rlimits().soft(Rlimits.FSIZE);
        if (limit == Rlimits.INFINITY || length == 0) {
            return length;
        }
        if (Long.compareUnsigned(offset, limit) >= 0) {
            t.process().send(SigInfo.fromKernel(Signals.SIGXFSZ));
            return -Errno.EFBIG;
        }
        return Math.min(length, limit - offset);
    }

    /** RLIMIT_FSIZE of a file that is to become longer without a write: 0, or SIGXFSZ and EFBIG. */
    static long checkGrowth(UserThread t, long sizeBytes, long newSizeBytes) {
        long limit = t.process().rlimits().soft(Rlimits.FSIZE);
        if (newSizeBytes <= sizeBytes || Long.compareUnsigned(newSizeBytes, limit) <= 0) {
            return 0;
        }
        t.process().send(SigInfo.fromKernel(Signals.SIGXFSZ));
        return -Errno.EFBIG;
    }

    static long signalled(UserThread t, long error) {
        if (error == -Errno.EPIPE) {
            t.pending().add(SigInfo.fromProcess(Signals.SIGPIPE, SigInfo.SI_USER, t.process().pid(), t.process().credentials().uid));
            t.requestDelivery();
        }
        return error;
    }

    /** Writes one chunk out of the thread's buffer, waiting for room in a stream. @return bytes or a negative errno */
    static long writeChunk(UserThread t, OpenFile file, int length, long offset) {
        if (file.isSeekable()) {
            return file.isAppending() ? file.append(t, t.io(), t.ioPa(), length)
                    : file.write(t, t.io(), t.ioPa(), length, offset);
        }
        int put = file.write(t, t.io(), t.ioPa(), length, NO_OFFSET);
        if (put == length || put < 0 && put != -Errno.EAGAIN || file.isNonBlocking()) {
            return put;
        }
        if (!file.tryRetain()) {
            return put;
        }
        try {
            return writeWaiting(t, file, length, Math.max(0, put));
        } finally {
            file.release();
        }
    }

    private static long writeWaiting(UserThread t, OpenFile file, int length, int already) {
        WaitList waiters = file.waiters(t);
        int done = already;
        waiters.add(t.link(), OpenFlags.WRITABLE | HANGUP);
        try {
            while (done < length) {
                t.prepareSleep();
                int put = file.write(t, t.io(), t.ioPa() + done, length - done, NO_OFFSET);
                if (put >= 0) {
                    done += put;
                    continue;
                }
                if (put != -Errno.EAGAIN) {
                    return done > 0 ? done : put;
                }
                if (t.isInterrupted()) {
                    return done > 0 ? done : -Errno.ERESTARTSYS;
                }
                t.sleep(WaitQueue.FOREVER);
            }
            return done;
        } finally {
            waiters.remove(t.link());
        }
    }
}
