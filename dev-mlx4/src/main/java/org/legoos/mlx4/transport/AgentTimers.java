package org.legoos.mlx4.transport;

import java.util.Arrays;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.SerialAgent;

/**
 * Many timers of one agent over one timer of the clock. The clock's thread only signals the agent; the agent calls
 * {@link #runDue()} at the start of its work and the actions run there, single-threaded with everything else.
 * Moving a deadline later costs a store: the heap is put right when the old deadline comes.
 */
public final class AgentTimers {
    private final Clock clock;
    private final Clock.Timer wakeup;
    private volatile boolean fired;

    private AgentTimer[] heap = new AgentTimer[16];
    private int size;
    private long armedNs = Long.MAX_VALUE;

    public AgentTimers(Clock clock, SerialAgent agent) {
        this.clock = clock;
        this.wakeup = clock.newTimer(() -> {
            fired = true;
            agent.signal();
        });
    }

    public Clock clock() {
        return clock;
    }

    public AgentTimer newTimer(Runnable action) {
        return new AgentTimer(this, action);
    }

    /** Runs what is due. Cheap when the clock has not fired. Called only by the agent. */
    public void runDue() {
        if (!fired) {
            return;
        }
        fired = false;
        armedNs = Long.MAX_VALUE;
        long nowNs = clock.nowNs();
        while (size > 0 && heap[0].queuedNs <= nowNs) {
            AgentTimer first = heap[0];
            if (first.deadlineNs == Long.MAX_VALUE) {
                remove(first);
            } else if (first.deadlineNs > first.queuedNs) {
                first.queuedNs = first.deadlineNs;
                siftDown(0);
            } else {
                remove(first);
                long lateNs = nowNs - first.deadlineNs;
                first.deadlineNs = Long.MAX_VALUE;
                first.fire(lateNs);
            }
        }
        armFirst();
    }

    void enqueue(AgentTimer timer) {
        if (timer.heapIndex < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            timer.queuedNs = timer.deadlineNs;
            timer.heapIndex = size;
            heap[size++] = timer;
            siftUp(timer.heapIndex);
        } else if (timer.deadlineNs < timer.queuedNs) {
            timer.queuedNs = timer.deadlineNs;
            siftUp(timer.heapIndex);
        }
        armFirst();
    }

    private void armFirst() {
        if (size > 0 && heap[0].queuedNs < armedNs) {
            armedNs = heap[0].queuedNs;
            wakeup.arm(armedNs);
        }
    }

    private void remove(AgentTimer timer) {
        int hole = timer.heapIndex;
        timer.heapIndex = -1;
        AgentTimer last = heap[--size];
        heap[size] = null;
        if (hole < size) {
            place(last, hole);
            siftUp(hole);
            siftDown(last.heapIndex);
        }
    }

    private void siftUp(int from) {
        int at = from;
        AgentTimer moving = heap[at];
        while (at > 0) {
            int parent = at - 1 >> 1;
            if (heap[parent].queuedNs <= moving.queuedNs) {
                break;
            }
            place(heap[parent], at);
            at = parent;
        }
        place(moving, at);
    }

    private void siftDown(int from) {
        int at = from;
        AgentTimer moving = heap[at];
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].queuedNs < heap[child].queuedNs) {
                child++;
            }
            if (heap[child].queuedNs >= moving.queuedNs) {
                break;
            }
            place(heap[child], at);
            at = child;
        }
        place(moving, at);
    }

    private void place(AgentTimer timer, int at) {
        heap[at] = timer;
        timer.heapIndex = at;
    }
}
