package org.legoos.managers.processor.core;

import org.legoos.kernel.syscall.Errno;

/** clone(2) without CLONE_THREAD: a child process. */
public final class NewProcess {
    private NewProcess() {}

    /** @return the child's pid, or a negative errno. */
    public static long start(UserThread parent, CloneArgs args) {
        return -Errno.ENOSYS;
    }
}
