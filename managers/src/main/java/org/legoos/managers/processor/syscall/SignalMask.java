package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;

/** Signal masks as arguments of calls that wait with another mask (sigsuspend, ppoll, pselect6). */
final class SignalMask {
    /** sizeof(sigset_t) of the kernel; every other size is EINVAL. */
    static final long BYTES = 8;

    private SignalMask() {}

    static void requireSize(long size) {
        if (size != BYTES) {
            throw SysError.of(Errno.EINVAL);
        }
    }

    static long read(UserThread t, long va) {
        return t.user().getLong(va);
    }

    /** Waits with the mask at {@code va} (0: none); the old one comes back at the call's end or goes into the handler's frame. */
    static void swap(UserThread t, long va, long size) {
        if (va != 0) {
            requireSize(size);
            long mask = read(t, va);
            t.savedMask = t.blocked();
            t.hasSavedMask = true;
            t.setBlocked(mask);
        }
    }
}
