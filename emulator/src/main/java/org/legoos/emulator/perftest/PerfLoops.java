package org.legoos.emulator.perftest;

import org.legoos.isa.time.Clock;

/** The loops of the tests; one object for each end. */
final class PerfLoops {
    /** Every so many messages of a bandwidth test ask for a completion (perftest's --cq-mod, but less coarse). */
    static final int SIGNAL_EVERY = 16;

    private final PerfEnd end;
    private final PerfPlan plan;
    private final Clock clock;

    PerfLoops(PerfEnd end, PerfPlan plan, Clock clock) {
        this.end = end;
        this.plan = plan;
        this.clock = clock;
    }

    /** The active end of a latency test: time of each message, half a round trip where the other end answers. */
    long[] latency() {
        end.enter();
        int warmUp = plan.warmUp();
        long[] ns = new long[plan.iterations()];
        boolean isPingPong = plan.verb().isPingPong();
        for (int i = 0; i < warmUp + ns.length; i++) {
            long startNs = clock.nowNs();
            if (isPingPong) {
                end.ping(i + 1);
                end.awaitPing(i + 1);
            } else {
                end.tryPost(true);
                end.awaitSent();
            }
            long tookNs = clock.nowNs() - startNs;
            if (i >= warmUp) {
                ns[i - warmUp] = isPingPong ? tookNs / 2 : tookNs;
            }
            if (isPingPong) {
                end.awaitSent();
            }
        }
        end.leave();
        return ns;
    }

    /** The passive end of a latency test with answers. */
    void answer() {
        int total = plan.warmUp() + plan.iterations();
        for (int i = 0; i < total; i++) {
            end.awaitPing(i + 1);
            end.ping(i + 1);
            end.awaitSent();
        }
    }

    /** The active end of a bandwidth test: times at which each tenth of the messages was complete, the start first. */
    long[] bandwidth() {
        end.enter();
        stream(Math.min(plan.warmUp(), Math.max(plan.iterations(), 2_000)), null);
        long[] times = new long[11];
        stream(plan.iterations(), times);
        end.leave();
        return times;
    }

    private void stream(int messages, long[] times) {
        int posted = 0;
        int done = 0;
        int nextMark = 1;
        int spins = 0;
        mark(times, 0);
        while (done < messages) {
            while (posted < messages && posted - done < plan.depth()) {
                boolean signaled = (posted + 1) % SIGNAL_EVERY == 0 || posted + 1 == messages;
                if (!end.tryPost(signaled)) {
                    break;
                }
                posted++;
            }
            if (end.pollSent()) {
                done = Math.min(messages, done + SIGNAL_EVERY);
                while (times != null && nextMark <= 10 && done >= (long) messages * nextMark / 10) {
                    mark(times, nextMark++);
                }
                spins = 0;
            } else {
                spins = end.relax(spins);
            }
        }
    }

    private void mark(long[] times, int at) {
        if (times != null) {
            times[at] = clock.nowNs();
        }
    }

    /** The passive end of a bandwidth test of messages that take a receive. */
    void swallow() {
        int total = Math.min(plan.warmUp(), Math.max(plan.iterations(), 2_000)) + plan.iterations();
        int spins = 0;
        for (int got = 0; got < total; ) {
            int now = end.drainReceived();
            got += now;
            spins = now > 0 ? 0 : end.relax(spins);
        }
    }

    /** What the passive end of this test does; nothing where the card does it all. */
    void passive() {
        end.enter();
        if (plan.kind() == PerfPlan.Kind.LAT && plan.verb().isPingPong()) {
            answer();
        } else if (plan.kind() == PerfPlan.Kind.BW && plan.verb() == PerfPlan.Verb.SEND) {
            swallow();
        }
        end.leave();
    }
}
