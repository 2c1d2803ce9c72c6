package org.legoos.kernel.futex;

/**
 * A place in a futex queue; reusable. Its fields belong to the bucket that it is in (that one's monitor), and to the
 * waiting thread while it is in none.
 */
public final class FutexWaiter {
    /** FUTEX_BITSET_MATCH_ANY. */
    public static final int MATCH_ANY = -1;

    private final Runnable wake;

    Object owner;
    long offset;
    int bitset;
    FutexWaiter next;
    FutexWaiter previous;
    volatile FutexBucket bucket; // null while it does not wait

    /** The thread that waits to own a PI futex; 0 for other waits. */
    private int piTid;

    /** Who owned the PI futex when this waiter came or last was told. */
    private int piOwnerTid;

    private boolean ownerDied;

    /** For FUTEX_WAIT_REQUEUE_PI: the word that the waiter may be moved to. */
    private Object targetOwner;

    private long targetOffset;
    private int requeueTid;

    /** @param wake wakes the thread; called with the bucket locked, must not block */
    public FutexWaiter(Runnable wake) {
        this.wake = wake;
    }

    /** Before a wait for a change of the word. */
    public void expectWake(int newBitset) {
        bitset = newBitset;
        piTid = 0;
        requeueTid = 0;
        targetOwner = null;
        ownerDied = false;
    }

    /** Before a wait to own a PI futex. */
    public void expectOwnership(int tid, int ownerTid) {
        expectWake(MATCH_ANY);
        piTid = tid;
        piOwnerTid = ownerTid;
    }

    /** Before FUTEX_WAIT_REQUEUE_PI. */
    public void expectRequeue(int newBitset, int tid, Object newTargetOwner, long newTargetOffset) {
        expectWake(newBitset);
        requeueTid = tid;
        targetOwner = newTargetOwner;
        targetOffset = newTargetOffset;
    }

    /** CMP_REQUEUE_PI moves the waiter: it waits to own the futex now. */
    public void waitForOwnership(int ownerTid) {
        piTid = requeueTid;
        piOwnerTid = ownerTid;
        bitset = MATCH_ANY;
    }

    public boolean isQueued() {
        return bucket != null;
    }

    public boolean isPi() {
        return piTid != 0;
    }

    public int piTid() {
        return piTid;
    }

    /** The owner died: the waiter is woken, and has yet to take the futex. */
    public void setOwnerDied() {
        ownerDied = true;
    }

    public boolean hasOwnerDied() {
        return ownerDied;
    }

    public int piOwnerTid() {
        return piOwnerTid;
    }

    public void setPiOwner(int tid) {
        piOwnerTid = tid;
    }

    /** The waiter's thread, when it waits in FUTEX_WAIT_REQUEUE_PI; else 0. */
    public int requeueTid() {
        return requeueTid;
    }

    public boolean isMeantFor(Object toOwner, long toOffset) {
        return targetOffset == toOffset && targetOwner != null && targetOwner.equals(toOwner);
    }

    boolean isAt(Object at, long atOffset) {
        return offset == atOffset && owner.equals(at);
    }

    void wake() {
        wake.run();
    }

    /** Leaves its queue, wherever it has been moved. @return false when it had been woken before */
    public boolean cancel() {
        while (true) {
            FutexBucket here = bucket;
            if (here == null) {
                return false;
            }
            synchronized (here) {
                if (bucket == here) {
                    here.unlink(this);
                    return true;
                }
            }
        }
    }
}
