package org.legoos.managers.processor.socket;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitLink;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.time.Clocks;

/** Waiting of blocking socket calls. */
public final class SocketWait {
    /** Something that may have to be tried again. */
    @FunctionalInterface
    public interface Attempt<S> {
        /** @return -EAGAIN for "not now", anything else ends the wait */
        long go(UserThread t, S socket, Message m);
    }

    private SocketWait() {}

    /** When a call that starts now and may take {@code timeoutNs} gives up. */
    public static long deadline(UserThread t, long timeoutNs) {
        return timeoutNs == WaitQueue.FOREVER ? WaitQueue.FOREVER : Clocks.saturatedAdd(t.nowNs(), timeoutNs);
    }

    /** What an interrupted call answers: one with a time-out is not restarted (sock_intr_errno of Linux). */
    public static long interrupted(long deadlineNs) {
        return deadlineNs == WaitQueue.FOREVER ? -Errno.ERESTARTSYS : -Errno.EINTR;
    }

    /**
     * Tries until there is a result.
     *
     * @param interest POLL bits that may end the wait
     * @return the result, -EAGAIN at the deadline, -ERESTARTSYS or -EINTR
     */
    public static <S> long await(UserThread t, WaitList list, int interest, long deadlineNs, Attempt<S> attempt, S socket, Message m) {
        WaitLink link = t.link();
        list.add(link, interest);
        try {
            while (true) {
                t.prepareSleep();
                long result = attempt.go(t, socket, m);
                if (result != -Errno.EAGAIN) {
                    return result;
                }
                if (t.isInterrupted()) {
                    return interrupted(deadlineNs);
                }
                if (!t.sleep(deadlineNs)) {
                    return attempt.go(t, socket, m);
                }
            }
        } finally {
            list.remove(link);
        }
    }
}
