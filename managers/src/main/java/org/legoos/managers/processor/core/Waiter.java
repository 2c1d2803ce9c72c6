package org.legoos.managers.processor.core;

/** Something that wants to know when a {@link WaitList} changes: a sleeping thread, later an epoll set. */
@FunctionalInterface
public interface Waiter {
    /** Never blocks, never throws; any thread may call it. */
    void wake();
}
