package org.legoos.managers.processor.core;

/** Something that wants to know when a {@link WaitList} changes: a sleeping thread, an epoll set, an owner of SIGIO. */
@FunctionalInterface
public interface Waiter {
    /** {@link WaitList#wake} of everything. */
    int ANY = -1;

    /**
     * The list's object has changed. Never blocks, never throws; any thread may call it, and does so with the
     * list locked: it may take only locks that nobody holds while he changes a list.
     *
     * @param ready POLL bits that have become true, {@link #ANY} when the caller did not say
     */
    void wake(int ready);

    /** As {@link #wake}, of one exclusive waiter. @return false when it had no use for it and the next one is to be asked */
    default boolean wakeOne(int ready) {
        wake(ready);
        return true;
    }
}
