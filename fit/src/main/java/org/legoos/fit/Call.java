package org.legoos.fit;

import java.util.concurrent.locks.LockSupport;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.Helpers;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.TaskWork;
import org.legoos.kernel.syscall.Errno;

/**
 * One outstanding call: a thread that waits for a reply or for the card to have sent. A call's tag
 * names it on the wire; the generation in it makes a stale tag harmless.
 * <pre>
 *  tag: bits 21..10 generation, 9..0 index
 * </pre>
 */
final class Call {
    static final int INDEX_BITS = 10;
    private static final int GENERATION_MASK = 0xfff;
    private static final int SPINS_PER_LOOK = 32;
    private static final int PENDING = Integer.MIN_VALUE;

    final int index;
    /** 64 bytes of DMA memory for the message header. */
    final long headerPa;

    final SendRing.Span span = new SendRing.Span();
    private int generation;
    private volatile int result;
    private volatile int node = -1;
    private int privateBits;
    private volatile Thread sleeper;
    private Ibapi.WhenDone whenDone; // guarded by this
    private volatile long deadlineNs; // of a use that nobody waits for; 0: somebody waits
    private final CallTable table;

    Call(CallTable table, int index, long headerPa) {
        this.table = table;
        this.index = index;
        this.headerPa = headerPa;
    }

    /** Starts a use of this call, towards a node. */
    synchronized void begin(int toNode) {
        generation = generation + 1 & GENERATION_MASK;
        privateBits = 0;
        result = PENDING;
        node = toNode;
    }

    void end() {
        node = -1;
    }

    /** Nobody will wait: the result is told, and the call given back, where it arrives. @return false: there is one already */
    synchronized boolean tell(Ibapi.WhenDone completion, long untilNs) {
        if (result != PENDING) {
            return false;
        }
        whenDone = completion;
        deadlineNs = untilNs;
        return true;
    }

    /** The use with that tag was not posted after all. @return false when it has been told an end, and given back, already */
    synchronized boolean withdraw(int tag) {
        if (tag != tag() || whenDone == null) {
            return false;
        }
        whenDone = null;
        deadlineNs = 0;
        return true;
    }

    /** Whether nobody waits for it, and a result should be there by now. */
    boolean isOverdue(long nowNs) {
        long until = deadlineNs;
        return until != 0 && nowNs >= until;
    }

    int tag() {
        return generation << INDEX_BITS | index;
    }

    static int indexOf(int tag) {
        return tag & (1 << INDEX_BITS) - 1;
    }

    int node() {
        return node;
    }

    int privateBits() {
        return privateBits;
    }

    /** Ends the wait with a result, if {@code tag} is this use's and no result is there. @return whether it was */
    boolean complete(int tag, int fromNode, int value, int bits) {
        Ibapi.WhenDone toTell;
        synchronized (this) {
            if (tag != tag() || fromNode != node || result != PENDING) {
                return false;
            }
            privateBits = bits;
            result = value;
            toTell = whenDone;
            whenDone = null;
            deadlineNs = 0;
            Thread waiting = sleeper;
            if (waiting != null) {
                LockSupport.unpark(waiting);
            }
        }
        if (toTell != null) {
            table.giveBack(this);
            toTell.done(value, bits);
        }
        return true;
    }

    /** Waits for the result. @return it, or -ETIMEDOUT at the deadline */
    int await(Clock clock, long spinNs, long deadlineNs) {
        return await(clock, spinNs, deadlineNs, null, null);
    }

    private int spin(Clock clock, long untilNs, ReceiveMode helping, TaskWork work) {
        Helpers.Helper[] helpers = Helpers.begin();
        try {
            do {
                if (helping != null) {
                    helping.help();
                }
                for (int i = 0; i < SPINS_PER_LOOK; i++) {
                    Helpers.help(helpers);
                    int value = result;
                    if (value != PENDING) {
                        return value;
                    }
                    Thread.onSpinWait();
                }
            } while (clock.nowNs() < untilNs && !isPending(work));
            return PENDING;
        } finally {
            Helpers.end(helpers);
        }
    }

    private static boolean isPending(TaskWork work) {
        return work != null && work.isPending();
    }

    /**
     * @param helping does what brings the result, while this thread spins; or null
     * @param work what this thread does for others meanwhile; or null
     */
    int await(Clock clock, long spinNs, long deadlineNs, ReceiveMode helping, TaskWork work) {
        int value;
        do {
            if (isPending(work)) {
                work.run();
            }
            value = result;
            if (value != PENDING) {
                return value;
            }
            value = spin(clock, clock.nowNs() + spinNs, helping, work);
            if (value != PENDING) {
                return value;
            }
        } while (isPending(work));
        KThread.goesToSleep();
        sleeper = Thread.currentThread();
        try {
            while ((value = result) == PENDING) {
                long leftNs = deadlineNs - clock.nowNs();
                if (leftNs <= 0) {
                    return -Errno.ETIMEDOUT;
                }
                LockSupport.parkNanos(this, leftNs);
                Thread.interrupted();
            }
            return value;
        } finally {
            sleeper = null;
        }
    }
}
