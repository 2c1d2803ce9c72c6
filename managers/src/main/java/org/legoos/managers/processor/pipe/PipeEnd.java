package org.legoos.managers.processor.pipe;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** An end of a pipe, or a FIFO that is open for reading, writing or both. */
public final class PipeEnd extends OpenFile {
    private static final int FIONREAD = 0x541b;
    private static final int PIPEFS_DEVICE = 12;

    private final Pipe pipe;
    private final Fifos.Fifo fifo; // null for a pipe
    private final int writersBefore;

    /** @param flags access mode, O_NONBLOCK, O_DIRECT */
    public PipeEnd(Pipe pipe, int flags) {
        this(pipe, "pipe:[" + pipe.ino() + "]", flags, null);
    }

    PipeEnd(Pipe pipe, String path, int flags, Fifos.Fifo fifo) {
        super(path, flags);
        this.pipe = pipe;
        this.fifo = fifo;
        this.writersBefore = fifo == null || isWritable() ? -1 : pipe.everOpened(false);
        pipe.opened(isReadable(), isWritable());
    }

    public Pipe pipe() {
        return pipe;
    }

    /** F_GETPIPE_SZ. */
    public int capacity() {
        return pipe.capacity();
    }

    /** F_SETPIPE_SZ. @return the new capacity or a negative errno */
    public int setCapacity(long bytes) {
        return pipe.setCapacity(bytes);
    }

    @Override
    protected void closed() {
        boolean isLast = pipe.closed(isReadable(), isWritable());
        if (isLast && fifo != null) {
            fifo.release();
        }
    }

    @Override
    public boolean isSeekable() {
        return false;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        return pipe.read(to, at, lengthBytes);
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        return (flags() & OpenFlags.O_DIRECT) != 0 ? pipe.writePacket(from, at, lengthBytes)
                : pipe.write(from, at, lengthBytes, true);
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        if (fifo != null) {
            fifo.fill(to);
        } else {
            pipe.attributes().fill(t, PIPEFS_DEVICE, pipe.ino(), to);
        }
        return 0;
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        if (fifo == null) {
            return pipe.attributes().set(mask, to);
        }
        int error = t.process().manager().vfs().at(path()).setattr(t, path(), false, mask, to);
        if (error == 0) {
            fifo.refresh(t, path());
        }
        return error;
    }

    @Override
    public int ioctl(UserThread t, int request, long arg) {
        if (request == FIONREAD) {
            t.user().putInt(arg, pipe.available());
            return 0;
        }
        return -Errno.ENOTTY;
    }

    @Override
    public int poll() {
        return pipe.poll(isReadable(), isWritable(), writersBefore);
    }

    @Override
    public WaitList waiters() {
        return pipe.waiters();
    }
}
