package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.aio.AioContext;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.event.EventFile;
import org.legoos.managers.processor.fs.OpenFile;

/** One request of io_submit(2), struct iocb: reads, writes and syncs are done at once, as Linux does of files it caches. */
final class AioSubmit {
    private static final int IOCB_BYTES = 64;
    private static final int DATA = 0;
    private static final int KEY = 8;
    private static final int RW_FLAGS = 12;
    private static final int OPCODE = 16;
    private static final int FILDES = 20;
    private static final int BUF = 24;
    private static final int NBYTES = 32;
    private static final int OFFSET = 40;
    private static final int RESERVED2 = 48;
    private static final int FLAGS = 56;
    private static final int RESFD = 60;

    private static final int IOCB_FLAG_RESFD = 1;
    private static final int IOCB_CMD_PREAD = 0;
    private static final int IOCB_CMD_PWRITE = 1;
    private static final int IOCB_CMD_FSYNC = 2;
    private static final int IOCB_CMD_FDSYNC = 3;
    private static final int IOCB_CMD_POLL = 5;
    private static final int IOCB_CMD_PREADV = 7;
    private static final int IOCB_CMD_PWRITEV = 8;

    private AioSubmit() {}

    /** aio_key, which the kernel sets to 0. */
    static int key(UserThread t, long requestVa) {
        return t.user().getInt(requestVa + KEY);
    }

    /** @return 0: there will be an event; or a negative errno, also as {@link SysError} */
    static long one(UserThread t, AioContext context, long requestVa) {
        byte[] iocb = new byte[IOCB_BYTES];
        t.user().read(requestVa, iocb, IOCB_BYTES);
        if (Le.getLong(iocb, RESERVED2) != 0 || Le.getLong(iocb, NBYTES) < 0) {
            return -Errno.EINVAL;
        }
        int full = context.reserve();
        if (full != 0) {
            return full;
        }
        boolean isTaken = false;
        OpenFile file = null;
        EventFile signal = null;
        try {
            file = t.files().getOpen(Le.getInt(iocb, FILDES)).retain();
            if ((Le.getInt(iocb, FLAGS) & IOCB_FLAG_RESFD) != 0) {
                signal = eventFile(t, Le.getInt(iocb, RESFD));
            }
            t.user().putInt(requestVa + KEY, 0);
            if (Le.getShort(iocb, OPCODE) == IOCB_CMD_POLL) {
                checkPoll(iocb, file);
                isTaken = true;
                context.poll(t.kernel().clock(), file, (int) Le.getLong(iocb, BUF), signal, Le.getLong(iocb, DATA), requestVa);
                return 0;
            }
            long result = transfer(t, file, iocb);
            isTaken = true;
            context.complete(new AioContext.Event(Le.getLong(iocb, DATA), requestVa, result), signal);
            file.release();
            return 0;
        } finally {
            if (!isTaken) {
                context.unreserve();
                release(file);
                release(signal);
            }
        }
    }

    private static void release(OpenFile file) {
        if (file != null) {
            file.release();
        }
    }

    private static EventFile eventFile(UserThread t, int fd) {
        if (t.files().get(fd) instanceof EventFile event) {
            return (EventFile) event.retain();
        }
        throw SysError.of(Errno.EINVAL);
    }

    private static void refuse(boolean isWrong, int errno) {
        if (isWrong) {
            throw SysError.of(errno);
        }
    }

    private static void checkPoll(byte[] iocb, OpenFile file) {
        boolean hasMore = Le.getLong(iocb, OFFSET) != 0 || Le.getLong(iocb, NBYTES) != 0 || Le.getInt(iocb, RW_FLAGS) != 0;
        refuse(hasMore || Le.getLong(iocb, BUF) >>> Short.SIZE != 0 || file.waiters() == null, Errno.EINVAL);
    }

    /** What the event says; what io_submit itself refuses is thrown. */
    private static long transfer(UserThread t, OpenFile file, byte[] iocb) {
        int opcode = Le.getShort(iocb, OPCODE);
        long result = switch (opcode) {
            case IOCB_CMD_PREAD, IOCB_CMD_PREADV -> move(t, file, iocb, false, opcode == IOCB_CMD_PREADV);
            case IOCB_CMD_PWRITE, IOCB_CMD_PWRITEV -> move(t, file, iocb, true, opcode == IOCB_CMD_PWRITEV);
            case IOCB_CMD_FSYNC, IOCB_CMD_FDSYNC -> sync(t, file, iocb, opcode == IOCB_CMD_FDSYNC);
            default -> throw SysError.of(Errno.EINVAL);
        };
        return result == -Errno.ERESTARTSYS ? -Errno.EINTR : result;
    }

    private static long move(UserThread t, OpenFile file, byte[] iocb, boolean isWrite, boolean isVector) {
        int flags = Le.getInt(iocb, RW_FLAGS);
        refuse((flags & ~ReadWriteCalls.RWF_ALL) != 0, Errno.EOPNOTSUPP);
        refuse(isWrite ? !file.isWritable() : !file.isReadable(), Errno.EBADF);
        long offset = Le.getLong(iocb, OFFSET);
        refuse(file.directoryPath() != null || file.isSeekable() && offset < 0, Errno.EINVAL);
        long va = Le.getLong(iocb, BUF);
        long count = Le.getLong(iocb, NBYTES);
        if (isVector) {
            t.vector().load(t, va, count); // a vector that cannot be read is refused, buffers behind it are the event's
        }
        try {
            return ReadWriteCalls.transfer(t, file, isWrite, isVector, va, count, offset, flags);
        } catch (SysError e) {
            return -e.errno();
        }
    }

    private static long sync(UserThread t, OpenFile file, byte[] iocb, boolean dataOnly) {
        refuse((Le.getLong(iocb, BUF) | Le.getLong(iocb, OFFSET) | Le.getLong(iocb, NBYTES) | Le.getInt(iocb, RW_FLAGS)) != 0, Errno.EINVAL);
        int result = file.sync(t, dataOnly);
        refuse(result == -Errno.EINVAL, Errno.EINVAL);
        return result;
    }
}
