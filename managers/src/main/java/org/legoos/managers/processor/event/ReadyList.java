package org.legoos.managers.processor.event;

/** The items of an epoll set that may be ready, in the order they became so. Thread-safe; allocates nothing. */
final class ReadyList {
    private EpollItem head; // guarded by this
    private EpollItem tail; // guarded by this
    private int count; // guarded by this

    synchronized int count() {
        return count;
    }

    synchronized void add(EpollItem item) {
        if (item.isReady) {
            return;
        }
        item.isReady = true;
        item.next = null;
        item.previous = tail;
        if (tail == null) {
            head = item;
        } else {
            tail.next = item;
        }
        tail = item;
        count++;
    }

    /** Takes the first item, or null. */
    synchronized EpollItem poll() {
        EpollItem item = head;
        if (item != null) {
            remove(item);
        }
        return item;
    }

    synchronized void remove(EpollItem item) {
        if (!item.isReady) {
            return;
        }
        if (item.previous == null) {
            head = item.next;
        } else {
            item.previous.next = item.next;
        }
        if (item.next == null) {
            tail = item.previous;
        } else {
            item.next.previous = item.previous;
        }
        item.isReady = false;
        item.next = null;
        item.previous = null;
        count--;
    }
}
