package org.legoos.kernel.syscall;

/**
 * The system call table: what each number does, and how completely. Dispatch is one array load and one call.
 *
 * @param <T> the kernel's thread
 */
public final class SyscallTable<T> {
    /** One more than the largest number (LegoOS's own calls end at 611). */
    public static final int SIZE = 640;

    private final SyscallHandler<T>[] handlers;
    private final Support[] support = new Support[SIZE];
    private final String[] remark = new String[SIZE];

    @SuppressWarnings({"unchecked", "rawtypes"})
    public SyscallTable() {
        handlers = new SyscallHandler[SIZE];
    }

    /** Adds a complete call. */
    public SyscallTable<T> full(String name, SyscallHandler<T> handler) {
        return put(name, Support.FULL, "", handler);
    }

    /** Adds a call with a part missing; {@code why} says which. */
    public SyscallTable<T> partial(String name, String why, SyscallHandler<T> handler) {
        return put(name, Support.PARTIAL, why, handler);
    }

    /** States that a call answers ENOSYS on purpose: it is not logged as missing when {@code why} is given. */
    public SyscallTable<T> none(String name, String why) {
        return put(name, Support.NONE, why, (t, a, b, c, d, e, f) -> -Errno.ENOSYS);
    }

    private SyscallTable<T> put(String name, Support level, String why, SyscallHandler<T> handler) {
        int nr = Signatures.named(name).nr();
        if (handlers[nr] != null) {
            throw new IllegalStateException("system call " + name + " is there twice");
        }
        handlers[nr] = handler;
        support[nr] = level;
        remark[nr] = why;
        return this;
    }

    /** The handler, or null for a number that is missing or out of range (as an unsigned 64-bit number). */
    public SyscallHandler<T> handler(long nr) {
        return nr >= 0 && nr < SIZE ? handlers[(int) nr] : null;
    }

    public Support support(int nr) {
        return support[nr] == null ? Support.NONE : support[nr];
    }

    /** What is missing, or "". */
    public String remark(int nr) {
        return remark[nr] == null ? "" : remark[nr];
    }
}
