package org.legoos.kernel.ib;

/** Rights of regions and windows, as bits (Linux's enum ib_access_flags). Local reading is always allowed. */
public final class Access {
    public static final int LOCAL_WRITE = 1;
    public static final int REMOTE_WRITE = 1 << 1;
    public static final int REMOTE_READ = 1 << 2;
    public static final int REMOTE_ATOMIC = 1 << 3;
    /** Windows may be bound to it. */
    public static final int WINDOW_BIND = 1 << 4;

    private Access() {}

    public static boolean has(int rights, int right) {
        return (rights & right) != 0;
    }
}
