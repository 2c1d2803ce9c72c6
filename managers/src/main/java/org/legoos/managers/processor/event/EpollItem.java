package org.legoos.managers.processor.event;

import org.legoos.managers.processor.core.WaitLink;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.core.Waiter;
import org.legoos.managers.processor.fs.OpenFile;

/** One watched descriptor of an epoll set (struct epitem). Guarded by the set's mutex, but for what says otherwise. */
final class EpollItem implements Waiter {
    final EventPoll set;
    final OpenFile file;
    final int fd;
    final WaitLink link = new WaitLink(this);
    WaitList list;
    int events; // as given, with EPOLLERR and EPOLLHUP
    long data;

    // On the set's ready list; guarded by that.
    boolean isReady;
    EpollItem next;
    EpollItem previous;

    EpollItem(EventPoll set, OpenFile file, int fd) {
        this.set = set;
        this.file = file;
        this.fd = fd;
    }

    @Override
    public void wake(int ready) {
        set.itemReady(this);
    }

    /** EPOLLEXCLUSIVE: of no use when nobody waits on this set. */
    @Override
    public boolean wakeOne(int ready) {
        boolean isAwaited = set.isAwaited();
        set.itemReady(this);
        return isAwaited;
    }
}
