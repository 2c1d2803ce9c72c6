package org.legoos.kernel.seccomp;

/** What a filter returns: an action and 16 bits of data (linux/seccomp.h). As signed numbers, the strictest is the least. */
public final class SeccompAction {
    public static final int KILL_PROCESS = 0x80000000;
    public static final int KILL_THREAD = 0;
    public static final int TRAP = 0x00030000;
    public static final int ERRNO = 0x00050000;
    public static final int USER_NOTIF = 0x7fc00000;
    public static final int TRACE = 0x7ff00000;
    public static final int LOG = 0x7ffc0000;
    public static final int ALLOW = 0x7fff0000;

    public static final int MASK = 0xffff0000;
    public static final int DATA = 0xffff;

    private SeccompAction() {}

    /** SECCOMP_GET_ACTION_AVAIL. */
    public static boolean isAvailable(int action) {
        return switch (action) {
            case KILL_PROCESS, KILL_THREAD, TRAP, ERRNO, TRACE, LOG, ALLOW -> true;
            default -> false;
        };
    }
}
