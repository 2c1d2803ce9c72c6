package org.legoos.isa.time;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that moves (a device, a switch, a manager's queue) without a thread of its own: whoever
 * has work for it puts the work where the agent finds it and calls {@link #signal()}; the agent then
 * runs on the signaller's thread, never on two threads at once, and never nested inside another agent.
 *
 * <p>This is what keeps a packet free of thread hops: the thread that rings a doorbell carries the
 * packet through the card, the switch and into the other card. Rules:
 *
 * <ul>
 *   <li>Work put in place before {@code signal()} is seen by {@link #doWork()}.
 *   <li>If the agent is running on another thread, {@code signal()} returns at once and that thread
 *       runs the agent again.
 *   <li>If the calling thread is inside another agent, the signalled one runs after it has returned
 *       (a trampoline): agents never hold two of themselves, so they cannot deadlock or recurse.
 *   <li>{@code doWork()} never blocks and never throws; it does a bounded batch and signals itself for more.
 * </ul>
 */
public abstract class SerialAgent {
    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int AGAIN = 2;

    private static final class Trampoline {
        boolean inside;
        final ArrayDeque<SerialAgent> pending = new ArrayDeque<>();
    }

    private static final ThreadLocal<Trampoline> TRAMPOLINE = ThreadLocal.withInitial(Trampoline::new);

    private final AtomicInteger state = new AtomicInteger(IDLE);

    /** Drains what was put in place. Runs on one thread at a time. Must not block or throw. */
    protected abstract void doWork();

    /** Makes sure that {@link #doWork()} runs after this call began; see the class comment. */
    public final void signal() {
        Trampoline here = TRAMPOLINE.get();
        if (!claim()) {
            return;
        }
        if (here.inside) {
            here.pending.add(this);
            return;
        }
        here.inside = true;
        try {
            runPending(here, this);
        } finally {
            here.inside = false;
        }
    }

    /**
     * From here to {@link #letGo} the calling thread runs no agent that it signals; then it does. For somebody who
     * holds a lock that agents may want. True when it has to be let go: not if the thread is inside an agent anyway.
     */
    public static boolean hold() {
        Trampoline here = TRAMPOLINE.get();
        boolean isOutermost = !here.inside;
        here.inside = true;
        return isOutermost;
    }

    /** Ends what {@link #hold} began, if that returned true, and runs what was signalled meanwhile. */
    public static void letGo() {
        Trampoline here = TRAMPOLINE.get();
        try {
            runPending(here, here.pending.poll());
        } finally {
            here.inside = false;
        }
    }

    private static void runPending(Trampoline here, SerialAgent first) {
        for (SerialAgent next = first; next != null; next = here.pending.poll()) {
            if (next.runOnce()) {
                here.pending.add(next);
            }
        }
    }

    /** Is the calling thread running an agent? Then it must not wait for what another agent has to do. */
    public static boolean isInsideAgent() {
        return TRAMPOLINE.get().inside;
    }

    /** True when the caller now owns the right (and duty) to run the agent. */
    private boolean claim() {
        while (true) {
            int seen = state.get();
            if (seen == IDLE) {
                if (state.compareAndSet(IDLE, RUNNING)) {
                    return true;
                }
            } else if (state.compareAndSet(seen, AGAIN)) {
                // Also when it was AGAIN: without the locked store, our work might become visible only after the
                // running thread has begun its next turn and looked.
                return false;
            }
        }
    }

    /** True when it was signalled meanwhile: it then runs again, after the others that wait on this thread. */
    private boolean runOnce() {
        state.set(RUNNING);
        doWork();
        return !state.compareAndSet(RUNNING, IDLE);
    }
}
