package org.legoos.fit;

import java.util.ArrayDeque;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.sched.WaitQueue;

/** All calls of a node; a bounded pool, because each outstanding call is a waiting thread. */
final class CallTable {
    /** Most calls at a time; more callers wait for one to end. */
    static final int SIZE = 256;

    private static final int HEADER_STRIDE = 64;

    private final Call[] calls = new Call[SIZE];
    private final ArrayDeque<Call> idle = new ArrayDeque<>(SIZE); // guarded by itself
    private final WaitQueue freed = new WaitQueue();
    private volatile boolean anyIdle = true;

    CallTable(FrameAllocator frames) {
        long headers = frames.allocContiguous(SIZE * HEADER_STRIDE / PhysicalMemory.PAGE_SIZE);
        if (headers == 0) {
            throw new IllegalStateException("fit: no memory for message headers");
        }
        for (int i = SIZE - 1; i >= 0; i--) {
            calls[i] = new Call(this, i, headers + (long) i * HEADER_STRIDE);
            idle.push(calls[i]);
        }
    }

    /** @return null when none became free until the deadline */
    Call take(Clock clock, int toNode, long deadlineNs) {
        while (true) {
            synchronized (idle) {
                Call call = idle.poll();
                if (call != null) {
                    call.begin(toNode);
                    return call;
                }
                anyIdle = false;
            }
            if (!freed.await(clock, () -> anyIdle, 0, deadlineNs)) {
                return null;
            }
        }
    }

    /** As take, never waits. @return null when none is free */
    Call tryTake(int toNode) {
        synchronized (idle) {
            Call call = idle.poll();
            if (call != null) {
                call.begin(toNode);
            }
            return call;
        }
    }

    /** The node of a call that nobody waits for and that has had no result for too long; -1: there is none. */
    int overdueNode(long nowNs) {
        for (Call call : calls) {
            int node = call.node();
            if (node >= 0 && call.isOverdue(nowNs)) {
                return node;
            }
        }
        return -1;
    }

    /** Whether there are calls that nobody waits for. */
    boolean anyUntold() {
        for (Call call : calls) {
            if (call.isOverdue(Long.MAX_VALUE)) {
                return true;
            }
        }
        return false;
    }

    void giveBack(Call call) {
        call.end();
        boolean wake;
        synchronized (idle) {
            idle.push(call);
            wake = !anyIdle;
            anyIdle = true;
        }
        if (wake) {
            freed.wakeAll();
        }
    }

    /** Calls under way. */
    int busyCount() {
        synchronized (idle) {
            return SIZE - idle.size();
        }
    }

    /** The call that a tag from the wire names, or null. */
    Call byTag(int tag) {
        int index = Call.indexOf(tag);
        return index < SIZE ? calls[index] : null;
    }

    /** Ends every call towards a node. */
    void failAll(int node, int errno) {
        for (Call call : calls) {
            if (call.node() == node) {
                call.complete(call.tag(), node, -errno, 0);
            }
        }
    }
}
