package org.legoos.managers.processor.core;

/** Numbers of capabilities (capabilities(7), include/uapi/linux/capability.h), and sets of them as bits. */
public final class Capability {
    public static final int CAP_CHOWN = 0;
    public static final int CAP_DAC_OVERRIDE = 1;
    public static final int CAP_DAC_READ_SEARCH = 2;
    public static final int CAP_FOWNER = 3;
    public static final int CAP_FSETID = 4;
    public static final int CAP_KILL = 5;
    public static final int CAP_SETGID = 6;
    public static final int CAP_SETUID = 7;
    public static final int CAP_SETPCAP = 8;
    public static final int CAP_LINUX_IMMUTABLE = 9;
    public static final int CAP_NET_BIND_SERVICE = 10;
    public static final int CAP_NET_ADMIN = 12;
    public static final int CAP_NET_RAW = 13;
    public static final int CAP_IPC_LOCK = 14;
    public static final int CAP_IPC_OWNER = 15;
    public static final int CAP_SYS_CHROOT = 18;
    public static final int CAP_SYS_PTRACE = 19;
    public static final int CAP_SYS_ADMIN = 21;
    public static final int CAP_SYS_NICE = 23;
    public static final int CAP_SYS_RESOURCE = 24;
    public static final int CAP_SYS_TIME = 25;
    public static final int CAP_SYS_TTY_CONFIG = 26;
    public static final int CAP_MKNOD = 27;
    public static final int CAP_MAC_OVERRIDE = 32;
    public static final int CAP_SYSLOG = 34;
    public static final int CAP_WAKE_ALARM = 35;

    public static final int CAP_CHECKPOINT_RESTORE = 40;

    /** What /proc/sys/kernel/cap_last_cap says. */
    public static final int LAST = 40;

    public static final long NONE = 0;
    public static final long ALL = (1L << LAST + 1) - 1;

    /** What setfsuid(2) gives and takes (CAP_FS_SET). */
    static final long OF_FILES = bit(CAP_CHOWN) | bit(CAP_DAC_OVERRIDE) | bit(CAP_DAC_READ_SEARCH) | bit(CAP_FOWNER)
            | bit(CAP_FSETID) | bit(CAP_LINUX_IMMUTABLE) | bit(CAP_MKNOD) | bit(CAP_MAC_OVERRIDE);

    private Capability() {}

    public static long bit(int capability) {
        return 1L << capability;
    }

    public static boolean isKnown(long number) {
        return number >= 0 && number <= LAST;
    }
}
