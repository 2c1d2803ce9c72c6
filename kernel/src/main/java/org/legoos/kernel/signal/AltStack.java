package org.legoos.kernel.signal;

/** The alternate signal stack of a thread (sigaltstack(2)). Owned by its thread. */
public final class AltStack {
    public static final int SS_ONSTACK = 1;
    public static final int SS_DISABLE = 2;
    public static final int SS_AUTODISARM = 1 << 31;
    public static final int MINSIGSTKSZ = 2048;

    /** stack_t. */
    public static final int BYTES = 24;
    public static final int SS_SP = 0;
    public static final int SS_FLAGS = 8;
    public static final int SS_SIZE = 16;

    private long baseVa;
    private long sizeBytes;
    private int flags = SS_DISABLE;

    public void set(long newBaseVa, long newSizeBytes, int newFlags) {
        baseVa = newBaseVa;
        sizeBytes = newSizeBytes;
        flags = newFlags;
    }

    /** fork(2): the child's copy of the stack is its alternate stack too. */
    public void copyFrom(AltStack other) {
        set(other.baseVa, other.sizeBytes, other.flags);
    }

    public void disable() {
        set(0, 0, SS_DISABLE);
    }

    public long baseVa() {
        return baseVa;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /** Flags as they were set (SS_DISABLE, SS_AUTODISARM). */
    public int rawFlags() {
        return flags;
    }

    public boolean isEnabled() {
        return (flags & SS_DISABLE) == 0;
    }

    public long topVa() {
        return baseVa + sizeBytes;
    }

    /** Whether the stack pointer is on this stack now; never with SS_AUTODISARM, as in Linux. */
    public boolean contains(long stackVa) {
        return isEnabled() && (flags & SS_AUTODISARM) == 0 && Long.compareUnsigned(stackVa - baseVa, sizeBytes) <= 0
                && stackVa != baseVa;
    }

    /** What sigaltstack(2) reports in ss_flags for a thread with this stack pointer. */
    public int reportedFlags(long stackVa) {
        return isEnabled() ? flags & SS_AUTODISARM | (contains(stackVa) ? SS_ONSTACK : 0) : SS_DISABLE;
    }
}
