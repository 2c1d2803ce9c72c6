package org.legoos.kernel.syscall;

/**
 * A system call ends with an error: thrown inside the kernel where a result has another type than a
 * number (a path, a file), caught by the dispatcher, never seen outside. One instance an error number,
 * without a stack, so that throwing allocates nothing.
 */
public final class SysError extends RuntimeException {
    private static final SysError[] ALL = new SysError[Errno.ERESTART_RESTARTBLOCK + 1];

    static {
        for (int errno = 0; errno < ALL.length; errno++) {
            ALL[errno] = new SysError(errno);
        }
    }

    private final int errno;

    private SysError(int errno) {
        super(Errno.name(errno), null, false, false);
        this.errno = errno;
    }

    /** @param errno positive */
    public static SysError of(int errno) {
        return errno > 0 && errno < ALL.length ? ALL[errno] : ALL[Errno.EIO];
    }

    /** Passes a good result through and throws a negative one. */
    public static long check(long result) {
        if (Errno.isError(result)) {
            throw of((int) -result);
        }
        return result;
    }

    public int errno() {
        return errno;
    }
}
