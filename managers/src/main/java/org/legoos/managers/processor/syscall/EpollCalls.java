package org.legoos.managers.processor.syscall;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.EpollEventLayout;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.event.EventPoll;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** epoll_create(2), epoll_ctl(2), epoll_wait(2). */
final class EpollCalls {
    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;
    private static final int CTL_MOD = 3;

    /** A larger buffer is used only as far as the set has files. */
    private static final int EVENTS_KEPT = 1024;

    private EpollCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("epoll_create", (t, a, b, c, d, e, f) -> (int) a <= 0 ? -Errno.EINVAL : create(t, 0));
        table.full("epoll_create1", (t, a, b, c, d, e, f) -> create(t, (int) a));
        table.full("epoll_ctl", (t, a, b, c, d, e, f) -> ctl(t, a, (int) b, c, d));
        table.full("epoll_wait", (t, a, b, c, d, e, f) -> await(t, a, b, (int) c, PollCalls.deadlineMs(t, (int) d)));
        table.full("epoll_pwait", (t, a, b, c, d, e, f) -> {
            SignalMask.swap(t, e, f);
            return await(t, a, b, (int) c, PollCalls.deadlineMs(t, (int) d));
        });
        table.full("epoll_pwait2", (t, a, b, c, d, e, f) -> {
            long deadlineNs = PollCalls.deadline(t, d);
            SignalMask.swap(t, e, f);
            return await(t, a, b, (int) c, deadlineNs);
        });
    }

    private static long create(UserThread t, int flags) {
        if ((flags & ~OpenFlags.O_CLOEXEC) != 0) {
            return -Errno.EINVAL;
        }
        return t.files().add(new EventPoll(), 0, t.process().rlimits().soft(Rlimits.NOFILE), flags != 0);
    }

    private static long ctl(UserThread t, long setFd, int operation, long fd, long eventVa) {
        int events = 0;
        long data = 0;
        if (operation != CTL_DEL) {
            byte[] event = t.user().struct(eventVa, EpollEventLayout.SIZE);
            events = Le.getInt(event, EpollEventLayout.EVENTS);
            data = Le.getLong(event, EpollEventLayout.DATA);
        }
        OpenFile setFile = t.files().getOpen(setFd);
        OpenFile file = t.files().getOpen(fd);
        if (file.waiters(t) == null) {
            return -Errno.EPERM;
        }
        if (file == setFile || !(setFile instanceof EventPoll set)) {
            return -Errno.EINVAL;
        }
        return switch (operation) {
            case CTL_ADD -> {
                if (!file.tryRetain()) {
                    yield -Errno.EBADF;
                }
                try {
                    yield set.add(t, file, (int) fd, events, data);
                } finally {
                    file.release();
                }
            }
            case CTL_MOD -> set.modify(t, file, (int) fd, events, data);
            case CTL_DEL -> set.remove(file, (int) fd);
            default -> -Errno.EINVAL;
        };
    }

    private static long await(UserThread t, long setFd, long va, int eventsMax, long deadlineNs) {
        if (eventsMax <= 0 || eventsMax > Integer.MAX_VALUE / EpollEventLayout.SIZE) {
            return -Errno.EINVAL;
        }
        if (!(t.files().get(setFd) instanceof EventPoll set)) {
            return -Errno.EINVAL;
        }
        int room = eventsMax <= EVENTS_KEPT ? eventsMax : Math.min(eventsMax, Math.max(EVENTS_KEPT, set.size()));
        byte[] events = t.polls().scratch(room * EpollEventLayout.SIZE);
        if (!MemoryCalls.isInUserSpace(va, (long) eventsMax * EpollEventLayout.SIZE)) {
            return -Errno.EFAULT;
        }
        boolean mayWait = deadlineNs == WaitQueue.FOREVER || deadlineNs > t.nowNs();
        if (mayWait && !set.tryRetain()) {
            return -Errno.EBADF;
        }
        int count;
        try {
            count = set.await(t, events, room, deadlineNs);
        } finally {
            if (mayWait) {
                set.release();
            }
        }
        if (count > 0) {
            t.user().write(va, events, count * EpollEventLayout.SIZE);
        }
        return count;
    }
}
