package org.legoos.managers.processor.fs;

/** open(2) and poll(2) numbers of Linux on x86-64. */
public final class OpenFlags {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_ACCMODE = 3;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_NOCTTY = 0x100;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_DSYNC = 0x1000;
    /** O_DSYNC and one bit more. */
    public static final int O_SYNC = 0x101000;
    public static final int O_ASYNC = 0x2000;
    public static final int O_DIRECT = 0x4000;
    public static final int O_LARGEFILE = 0x8000;
    public static final int O_DIRECTORY = 0x10000;
    public static final int O_NOFOLLOW = 0x20000;
    public static final int O_NOATIME = 0x40000;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    public static final int O_TMPFILE = 0x400000;

    /** What fcntl(F_SETFL) may change. */
    public static final int SETTABLE = O_APPEND | O_NONBLOCK | O_NOATIME | O_DIRECT | O_ASYNC;

    /** What an open file keeps of its flags. */
    public static final int KEPT = O_ACCMODE | O_APPEND | O_NONBLOCK | O_SYNC | O_ASYNC | O_DIRECT | O_LARGEFILE
            | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_PATH | 0x100000;

    public static final int POLLIN = 1;
    public static final int POLLPRI = 2;
    public static final int POLLOUT = 4;
    public static final int POLLERR = 8;
    public static final int POLLHUP = 16;
    public static final int POLLNVAL = 32;
    public static final int POLLRDNORM = 0x40;
    public static final int POLLRDBAND = 0x80;
    public static final int POLLWRNORM = 0x100;
    public static final int POLLWRBAND = 0x200;
    public static final int POLLRDHUP = 0x2000;

    /** What "there is something to read" and "there is room" are, as Linux's EPOLLIN | EPOLLRDNORM. */
    public static final int READABLE = POLLIN | POLLRDNORM;
    public static final int WRITABLE = POLLOUT | POLLWRNORM;

    private OpenFlags() {}
}
