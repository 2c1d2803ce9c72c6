package org.legoos.managers.processor.core;

import org.legoos.kernel.syscall.Errno;

/** clone(2) with CLONE_THREAD: another thread of the caller's process. */
public final class NewThread {
    private NewThread() {}

    /** @return the thread's id, or a negative errno. */
    public static long start(UserThread parent, CloneArgs args) {
        return -Errno.ENOSYS;
    }
}
