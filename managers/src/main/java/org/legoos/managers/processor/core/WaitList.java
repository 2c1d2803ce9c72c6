package org.legoos.managers.processor.core;

/**
 * Who waits for one object (a pipe, a terminal, a socket) to change; Linux's wait_queue_head. The rule is
 * Linux's: register, check, sleep; the other side changes its state first and wakes then. Waking an empty list is
 * one volatile read. Adding, removing and waking allocate nothing when the waiter brings its {@link WaitLink}.
 *
 * <p>An object wakes with none of the locks held that its readiness check ({@code OpenFile.poll}) takes.
 */
public final class WaitList {
    private volatile WaitLink head; // written under this
    private WaitLink tail; // guarded by this

    /** Registers for everything. */
    public void add(WaitLink link) {
        add(link, Waiter.ANY);
    }

    /** @param interest POLL bits that the waiter wants to be woken for */
    public synchronized void add(WaitLink link, int interest) {
        link.interest = interest;
        link.isExclusive = false;
        append(link);
    }

    /** Registers a waiter of whom one is enough: a wake stops at the first exclusive waiter that has use for it. */
    public synchronized void addExclusive(WaitLink link, int interest) {
        link.interest = interest;
        link.isExclusive = true;
        append(link);
    }

    private void append(WaitLink link) {
        if (link.list != null) {
            throw new IllegalStateException("a wait link is on two lists");
        }
        link.list = this;
        link.next = null;
        link.previous = tail;
        if (tail == null) {
            head = link;
        } else {
            tail.next = link;
        }
        tail = link;
    }

    /** Takes the link off; nothing happens when it is not on this list. */
    public synchronized void remove(WaitLink link) {
        if (link.list != this) {
            return;
        }
        if (link.next == null) {
            tail = link.previous;
        } else {
            link.next.previous = link.previous;
        }
        if (link.previous == null) {
            head = link.next;
        } else {
            link.previous.next = link.next;
        }
        link.list = null;
        link.next = null;
        link.previous = null;
    }

    /** Changes what a link on this list is woken for. */
    public synchronized void setInterest(WaitLink link, int interest) {
        if (link.list == this) {
            link.interest = interest;
        }
    }

    public void wakeAll() {
        wake(Waiter.ANY);
    }

    /** Wakes those who are interested in one of the bits: all plain ones, and exclusive ones until one had use for it. */
    public void wake(int ready) {
        if (head != null) {
            wakeLinked(ready);
        }
    }

    private synchronized void wakeLinked(int ready) {
        boolean isOneServed = false;
        WaitLink link = head;
        while (link != null) {
            WaitLink next = link.next;
            if ((link.interest & ready) != 0) {
                if (!link.isExclusive) {
                    link.waiter.wake(ready);
                } else if (!isOneServed) {
                    isOneServed = link.waiter.wakeOne(ready);
                }
            }
            link = next;
        }
    }

    public boolean isEmpty() {
        return head == null;
    }
}
