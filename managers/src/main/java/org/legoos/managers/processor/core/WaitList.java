package org.legoos.managers.processor.core;

import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who waits for one object (a pipe end, a terminal, a timer) to change. The rule is Linux's: register, check,
 * sleep; the other side changes its state first and wakes then.
 */
public final class WaitList {
    private final CopyOnWriteArrayList<Waiter> waiters = new CopyOnWriteArrayList<>();

    public void add(Waiter waiter) {
        waiters.add(waiter);
    }

    public void remove(Waiter waiter) {
        waiters.remove(waiter);
    }

    public void wakeAll() {
        for (Waiter waiter : waiters) {
            waiter.wake();
        }
    }
}
