package org.legoos.kernel.futex;

/**
 * The waiters of all words that hash alike, in order of arrival. All methods: with this object's monitor held, which
 * also makes the check of a word and the start of the wait for it one step.
 */
public final class FutexBucket {
    private final int index;
    private FutexWaiter head;
    private FutexWaiter tail;

    FutexBucket(int index) {
        this.index = index;
    }

    /** Two buckets are locked in this order. */
    public boolean isBefore(FutexBucket other) {
        return index < other.index;
    }

    public void add(FutexWaiter waiter, Object owner, long offset) {
        waiter.owner = owner;
        waiter.offset = offset;
        waiter.next = null;
        waiter.previous = tail;
        if (tail == null) {
            head = waiter;
        } else {
            tail.next = waiter;
        }
        tail = waiter;
        waiter.bucket = this;
    }

    void unlink(FutexWaiter waiter) {
        if (waiter.previous == null) {
            head = waiter.next;
        } else {
            waiter.previous.next = waiter.next;
        }
        if (waiter.next == null) {
            tail = waiter.previous;
        } else {
            waiter.next.previous = waiter.previous;
        }
        waiter.next = null;
        waiter.previous = null;
        waiter.owner = null;
        waiter.bucket = null;
    }

    /** Takes the waiter out and lets its thread go on. */
    public void wake(FutexWaiter waiter) {
        unlink(waiter);
        waiter.wake();
    }

    synchronized int count() {
        int count = 0;
        for (FutexWaiter at = head; at != null; at = at.next) {
            count++;
        }
        return count;
    }

    /** The first waiter for the word, or null. */
    public FutexWaiter first(Object owner, long offset) {
        FutexWaiter at = head;
        while (at != null && !at.isAt(owner, offset)) {
            at = at.next;
        }
        return at;
    }

    /** Whether the word has waiters of the other kind than {@code isPi}: mixing is EINVAL. */
    public boolean hasOtherKind(Object owner, long offset, boolean isPi) {
        for (FutexWaiter at = head; at != null; at = at.next) {
            if (at.isAt(owner, offset) && at.isPi() != isPi) {
                return true;
            }
        }
        return false;
    }

    /**
     * Wakes waiters for a word.
     *
     * @return how many
     */
    public int wake(Object owner, long offset, int countMax, int bitset) {
        int woken = 0;
        FutexWaiter at = head;
        while (at != null && woken < countMax) {
            FutexWaiter next = at.next;
            if ((at.bitset & bitset) != 0 && at.isAt(owner, offset)) {
                wake(at);
                woken++;
            }
            at = next;
        }
        return woken;
    }

    /** Moves waiters to another word, whose bucket is locked too. @return how many */
    public int requeue(Object owner, long offset, int countMax, FutexBucket to, Object toOwner, long toOffset) {
        int moved = 0;
        FutexWaiter at = head;
        FutexWaiter last = tail;
        while (at != null && moved < countMax) {
            FutexWaiter next = at == last ? null : at.next;
            if (at.isAt(owner, offset)) {
                move(at, to, toOwner, toOffset);
                moved++;
            }
            at = next;
        }
        return moved;
    }

    public void move(FutexWaiter waiter, FutexBucket to, Object toOwner, long toOffset) {
        unlink(waiter);
        to.add(waiter, toOwner, toOffset);
    }

    /** The first waiter to own a PI futex of this thread, or null. */
    public FutexWaiter firstOwnedBy(int tid) {
        FutexWaiter at = head;
        while (at != null && !(at.isPi() && at.piOwnerTid() == tid)) {
            at = at.next;
        }
        return at;
    }

    /** Tells the waiters of a PI futex who owns it now. */
    public void setPiOwner(Object owner, long offset, int tid) {
        for (FutexWaiter at = head; at != null; at = at.next) {
            if (at.isAt(owner, offset)) {
                at.setPiOwner(tid);
            }
        }
    }

    /** Key of a queued waiter. */
    public Object ownerOf(FutexWaiter waiter) {
        return waiter.owner;
    }

    public long offsetOf(FutexWaiter waiter) {
        return waiter.offset;
    }
}
