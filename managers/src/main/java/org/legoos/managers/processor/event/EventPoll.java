package org.legoos.managers.processor.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.abi.EpollEventLayout;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitLink;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/**
 * An epoll set (epoll(7), fs/eventpoll.c of Linux). Files put their items on the ready list when they wake; epoll_wait takes
 * items off, asks their files what really holds, and puts level-triggered ones back. Thread-safe.
 */
public final class EventPoll extends AnonymousFile implements OpenFile.CloseListener {
    static final int EPOLLEXCLUSIVE = 1 << 28;
    static final int EPOLLWAKEUP = 1 << 29;
    static final int EPOLLONESHOT = 1 << 30;
    static final int EPOLLET = 1 << 31;
    private static final int ALWAYS = OpenFlags.POLLERR | OpenFlags.POLLHUP;
    private static final int PRIVATE = EPOLLEXCLUSIVE | EPOLLWAKEUP | EPOLLONESHOT | EPOLLET;
    private static final int EXCLUSIVE_ALLOWED =
            OpenFlags.POLLIN | OpenFlags.POLLOUT | ALWAYS | EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE;

    /** fs.epoll.max_user_watches: more are ENOSPC. */
    private static final int ITEMS_MAX = 1 << 17;

    private record Key(OpenFile file, int fd) {}

    private final Object mutex = new Object();
    private final Map<Key, EpollItem> items = new HashMap<>(); // guarded by mutex
    private final ReadyList ready = new ReadyList();
    private final WaitList waiters = new WaitList();
    final List<EventPoll> outer = new CopyOnWriteArrayList<>(); // sets that watch this one

    public EventPoll() {
        super("[eventpoll]", OpenFlags.O_RDWR);
    }

    void itemReady(EpollItem item) {
        ready.add(item);
        waiters.wake(OpenFlags.READABLE);
    }

    /** Files in the set: no call has more events to give. */
    public int size() {
        synchronized (mutex) {
            return items.size();
        }
    }

    boolean isAwaited() {
        return !waiters.isEmpty();
    }

    /** EPOLL_CTL_ADD. Precondition: the caller holds a reference to {@code file}. @return 0 or a negative errno */
    public int add(UserThread t, OpenFile file, int fd, int events, long data) {
        boolean isExclusive = (events & EPOLLEXCLUSIVE) != 0;
        if (isExclusive && ((events & ~EXCLUSIVE_ALLOWED) != 0 || file instanceof EventPoll)) {
            return -Errno.EINVAL;
        }
        if (file instanceof EventPoll inner && !Nesting.tryNest(inner, this)) {
            return -Errno.ELOOP;
        }
        int error = insert(t, file, fd, events, data);
        if (error != 0 && file instanceof EventPoll inner) {
            Nesting.unnest(inner, this);
        }
        return error;
    }

    private int insert(UserThread t, OpenFile file, int fd, int events, long data) {
        boolean isReadyNow;
        synchronized (mutex) {
            Key key = new Key(file, fd);
            if (items.containsKey(key)) {
                return -Errno.EEXIST;
            }
            if (items.size() >= ITEMS_MAX) {
                return -Errno.ENOSPC;
            }
            EpollItem item = new EpollItem(this, file, fd);
            item.events = events | ALWAYS;
            item.data = data;
            item.list = file.waiters(t);
            items.put(key, item);
            file.onClose(this);
            if ((events & EPOLLEXCLUSIVE) != 0) {
                item.list.addExclusive(item.link, item.events);
            } else {
                item.list.add(item.link, item.events);
            }
            isReadyNow = (file.poll(t) & item.events) != 0;
            if (isReadyNow) {
                ready.add(item);
            }
        }
        if (isReadyNow) {
            waiters.wake(OpenFlags.READABLE);
        }
        return 0;
    }

    /** EPOLL_CTL_MOD. @return 0 or a negative errno */
    public int modify(UserThread t, OpenFile file, int fd, int events, long data) {
        boolean isReadyNow;
        synchronized (mutex) {
            EpollItem item = items.get(new Key(file, fd));
            if (item == null) {
                return -Errno.ENOENT;
            }
            if (((item.events | events) & EPOLLEXCLUSIVE) != 0) {
                return -Errno.EINVAL;
            }
            item.events = events | ALWAYS;
            item.data = data;
            item.list.setInterest(item.link, item.events);
            isReadyNow = (file.poll(t) & item.events) != 0;
            if (isReadyNow) {
                ready.add(item);
            }
        }
        if (isReadyNow) {
            waiters.wake(OpenFlags.READABLE);
        }
        return 0;
    }

    /** EPOLL_CTL_DEL. @return 0 or -ENOENT */
    public int remove(OpenFile file, int fd) {
        synchronized (mutex) {
            EpollItem item = items.remove(new Key(file, fd));
            if (item == null) {
                return -Errno.ENOENT;
            }
            unlink(item);
        }
        return 0;
    }

    private void unlink(EpollItem item) {
        item.list.remove(item.link);
        item.file.offClose(this);
        ready.remove(item);
        if (item.file instanceof EventPoll inner) {
            Nesting.unnest(inner, this);
        }
    }

    /** A watched file is gone with its last descriptor, and so are its items. */
    @Override
    public void fileClosed(OpenFile file) {
        synchronized (mutex) {
            items.values().removeIf(item -> {
                if (item.file == file) {
                    unlink(item);
                }
                return item.file == file;
            });
        }
    }

    @Override
    protected void closed() {
        synchronized (mutex) {
            items.values().forEach(this::unlink);
            items.clear();
        }
    }

    /** Files watched, for the check against loops. */
    List<EventPoll> inner() {
        List<EventPoll> sets = new ArrayList<>();
        synchronized (mutex) {
            for (EpollItem item : items.values()) {
                if (item.file instanceof EventPoll inner) {
                    sets.add(inner);
                }
            }
        }
        return sets;
    }

    /**
     * epoll_wait(2): fills struct epoll_event's into {@code to}.
     *
     * @return events, 0 at the deadline, -EINTR
     */
    public int await(UserThread t, byte[] to, int eventsMax, long deadlineNs) {
        int count = collect(t, to, eventsMax);
        if (count > 0 || deadlineNs != WaitQueue.FOREVER && deadlineNs <= t.nowNs()) {
            return count;
        }
        WaitLink link = t.link();
        waiters.addExclusive(link, OpenFlags.READABLE);
        try {
            while (true) {
                t.prepareSleep();
                count = collect(t, to, eventsMax);
                if (count > 0) {
                    return count;
                }
                if (t.isInterrupted()) {
                    return -Errno.EINTR;
                }
                if (!t.sleep(deadlineNs)) {
                    return collect(t, to, eventsMax);
                }
            }
        } finally {
            waiters.remove(link);
            if (ready.count() > 0) {
                waiters.wake(OpenFlags.READABLE); // a wake that this thread got and did not use up is for the next
            }
        }
    }

    private int collect(UserThread t, byte[] to, int eventsMax) {
        int done = 0;
        synchronized (mutex) {
            for (int left = ready.count(); left > 0 && done < eventsMax; left--) {
                EpollItem item = ready.poll();
                if (item == null) {
                    break;
                }
                int events = item.file.poll(t) & item.events;
                if (events == 0) {
                    continue;
                }
                Le.putInt(to, done * EpollEventLayout.SIZE + EpollEventLayout.EVENTS, events);
                Le.putLong(to, done * EpollEventLayout.SIZE + EpollEventLayout.DATA, item.data);
                done++;
                if ((item.events & EPOLLONESHOT) != 0) {
                    item.events &= PRIVATE;
                    item.list.setInterest(item.link, 0);
                } else if ((item.events & EPOLLET) == 0) {
                    ready.add(item);
                }
            }
        }
        return done;
    }

    /** Readable when epoll_wait would give something. Items that turn out not to be ready are taken off on the way. */
    @Override
    public int poll(UserThread t) {
        synchronized (mutex) {
            for (int left = ready.count(); left > 0; left--) {
                EpollItem item = ready.poll();
                if (item != null && (item.file.poll(t) & item.events) != 0) {
                    ready.add(item);
                    return OpenFlags.READABLE;
                }
            }
        }
        return 0;
    }

    @Override
    public int poll() {
        return ready.count() > 0 ? OpenFlags.READABLE : 0;
    }

    @Override
    public WaitList waiters() {
        return waiters;
    }
}
