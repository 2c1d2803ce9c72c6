package org.legoos.emulator.peer;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.Helpers;
import org.legoos.kernel.ib.CompletionQueue;

/** How a thread waits for completions. It looks for them itself, and calls {@link #pause} whenever there is none. */
abstract class Waiting {
    /** The other end is gone, or a datagram was lost. */
    private static final long SILENCE_NS_MAX = 30_000_000_000L;

    private final Clock clock;
    private long sinceNs; // 0: not waiting

    private Waiting(Clock clock) {
        this.clock = clock;
    }

    /** The calling thread waits from now on. */
    void begin() {}

    void end() {}

    /** Something came. */
    final void succeeded() {
        sinceNs = 0;
    }

    /** @throws IllegalStateException for the user: nothing has come for too long */
    abstract void pause();

    final long leftNs() {
        long nowNs = clock.nowNs();
        if (sinceNs == 0) {
            sinceNs = nowNs;
        }
        long leftNs = SILENCE_NS_MAX - (nowNs - sinceNs);
        if (leftNs <= 0) {
            throw new IllegalStateException("nothing came for " + SILENCE_NS_MAX / 1_000_000_000L + " s");
        }
        return leftNs;
    }

    /** Looks all the time, and does meanwhile what the wire has to do. */
    static final class Looking extends Waiting {
        private static final int SPINS_BEFORE_YIELD = 200;

        private Helpers.Helper[] helpers = {};
        private int spins;

        Looking(Clock clock) {
            super(clock);
        }

        @Override
        void begin() {
            helpers = Helpers.begin();
        }

        @Override
        void end() {
            Helpers.end(helpers);
            helpers = new Helpers.Helper[0];
        }

        @Override
        void pause() {
            Helpers.help(helpers);
            if (++spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
                return;
            }
            spins = 0;
            leftNs();
            Thread.yield();
        }
    }

    /** Sleeps until the card interrupts. */
    static final class Sleeping extends Waiting {
        private final Semaphore events = new Semaphore(0);
        private boolean isArmed;
        private CompletionQueue[] queues = {};

        Sleeping(Clock clock) {
            super(clock);
        }

        /** To be run for each event of one of the queues. */
        void event() {
            events.release();
        }

        void watch(CompletionQueue... watched) {
            queues = watched;
        }

        /** The first time it only asks for events: what came before them is not reported, so the caller looks once more. */
        @Override
        void pause() {
            if (!isArmed) {
                events.drainPermits();
                for (CompletionQueue queue : queues) {
                    queue.requestNotification(false);
                }
                isArmed = true;
                return;
            }
            isArmed = false;
            try {
                if (!events.tryAcquire(leftNs(), TimeUnit.NANOSECONDS)) {
                    leftNs();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
