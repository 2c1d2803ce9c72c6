package org.legoos.managers.processor.core;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;

/** Waiting for a change of a child (Linux's do_wait). */
public final class ChildWait {
    private ChildWait() {}

    /**
     * Waits as the query says.
     *
     * @return the change; null when there is none and WNOHANG was given. ECHILD and ERESTARTSYS are thrown
     */
    public static ChildEvent await(UserThread t, WaitQuery query) {
        Process process = t.process();
        ProcessTree tree = process.manager().tree();
        ChildEvent event = tree.poll(t, query);
        if (event != null || query.has(WaitQuery.WNOHANG)) {
            return checked(event);
        }
        WaitList waiters = process.kin().waiters;
        waiters.add(t.link());
        try {
            while (true) {
                t.prepareSleep();
                event = tree.poll(t, query);
                if (event != null) {
                    return checked(event);
                }
                if (t.isInterrupted()) {
                    throw SysError.of(Errno.ERESTARTSYS);
                }
                t.sleep(WaitQueue.FOREVER);
            }
        } finally {
            waiters.remove(t.link());
        }
    }

    private static ChildEvent checked(ChildEvent event) {
        if (event == ProcessTree.NO_CHILDREN) {
            throw SysError.of(Errno.ECHILD);
        }
        return event;
    }
}
