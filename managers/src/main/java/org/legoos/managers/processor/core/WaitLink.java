package org.legoos.managers.processor.core;

/**
 * One waiter's place on one {@link WaitList} (Linux's wait_queue_entry): made once, used again and again, on
 * one list at a time. Its fields belong to the list it is on.
 */
public final class WaitLink {
    final Waiter waiter;
    WaitList list; // guarded by the list it names
    WaitLink next;
    WaitLink previous;
    int interest;
    boolean isExclusive;

    public WaitLink(Waiter waiter) {
        this.waiter = waiter;
    }
}
