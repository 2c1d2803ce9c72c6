package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;

/** One end of a pipe. */
public final class PipeEnd extends OpenFile {
    private static final int FIONREAD = 0x541b;

    private final Pipe pipe;
    private final boolean isReader;

    public PipeEnd(Pipe pipe, boolean isReader, int flags) {
        super("pipe:[" + pipe.ino() + "]", flags | (isReader ? OpenFlags.O_RDONLY : OpenFlags.O_WRONLY));
        this.pipe = pipe;
        this.isReader = isReader;
        pipe.opened(isReader);
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
        pipe.closed(isReader);
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
        return pipe.write(from, at, lengthBytes);
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        to.dev = 12;
        to.ino = pipe.ino();
        to.nlink = 1;
        to.mode = FileMode.S_IFIFO | 0600;
        to.uid = t.process().credentials().euid;
        to.gid = t.process().credentials().egid;
        to.rdev = to.size = to.blocks = 0;
        to.blksize = 4096;
        to.atimeNs = to.mtimeNs = to.ctimeNs = t.kernel().clock().wallTimeNs();
        return 0;
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
        return pipe.poll(isReader);
    }

    @Override
    public WaitList waiters() {
        return pipe.waiters();
    }
}
