package org.legoos.kernel.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;

/** Threads of one group that compute for ever: what each gets of the core. In virtual time. */
class TurnsTest {
    private static final long MS = 1_000_000;
    private static final long S = 1000 * MS;

    private final VirtualClock clock = new VirtualClock();
    private final CorePool pool = new CorePool(IdleEngine::create, null, clock, 64);
    private final RunGroup group = new RunGroup(pool, clock);
    private final Map<SharedCpu, Long> gotNs = new LinkedHashMap<>();
    private SharedCpu holder;

    /** A thread that wants to compute from now on. @param fifo its priority, 0 for an ordinary one */
    private SharedCpu spinner(int fifo) {
        SharedCpu cpu = group.newCpu();
        if (fifo > 0) {
            cpu.share().setRealTime(fifo, false);
        }
        gotNs.put(cpu, 0L);
        if (group.take(cpu, false)) {
            holder = cpu;
        }
        return cpu;
    }

    /** Lets the group's timer preempt whom it wants until then. */
    private void runUntil(long endNs, BooleanSupplier isDone) {
        while (clock.nowNs() < endNs && !isDone.getAsBoolean()) {
            long beforeNs = clock.nowNs();
            clock.advanceTo(Math.min(endNs, beforeNs + MS / 10));
            gotNs.merge(holder, clock.nowNs() - beforeNs, Long::sum);
            if (group.isPreempting()) {
                SharedCpu had = holder;
                assertThat(group.passOn(had)).isTrue();
                group.turnBegins();
                holder = gotNs.keySet().stream().filter(group::isHolder).findFirst().orElseThrow();
            }
        }
    }

    private long shareOf(SharedCpu cpu, long totalNs) {
        return 1000 * gotNs.get(cpu) / totalNs;
    }

    @Test
    void aFifoThreadLeavesATwentiethToOrdinaryOnes() {
        SharedCpu fifo = spinner(50);
        SharedCpu ordinary = spinner(0);
        SharedCpu another = spinner(0);
        runUntil(10 * S, () -> false);
        assertThat(shareOf(fifo, 10 * S)).isBetween(945L, 951L);
        assertThat(shareOf(ordinary, 10 * S)).isBetween(20L, 30L);
        assertThat(shareOf(another, 10 * S)).isBetween(20L, 30L);
    }

    @Test
    void whatItHadWithoutOthersDoesNotCountForLong() {
        SharedCpu fifo = spinner(50);
        runUntil(100 * S + 300 * MS, () -> false);
        SharedCpu ordinary = spinner(0);
        runUntil(101 * S, () -> gotNs.get(ordinary) > 0);
        assertThat(clock.nowNs()).isBetween(100 * S + 949 * MS, 100 * S + 952 * MS);
        runUntil(101 * S + 100 * MS, () -> false);
        assertThat(group.isHolder(fifo)).isTrue();
        assertThat(gotNs.get(ordinary)).isBetween(48 * MS, 51 * MS);
    }

    @Test
    void theLimitCanBeAnotherOneOrNone() {
        assertThat(pool.realTimeLimit().set(100_000, 200_000)).isFalse();
        assertThat(pool.realTimeLimit().set(0, 0)).isFalse();
        assertThat(pool.realTimeLimit().set(100_000, -2)).isFalse();
        assertThat(pool.realTimeLimit().set(100_000, 50_000)).isTrue();
        SharedCpu fifo = spinner(1);
        SharedCpu ordinary = spinner(0);
        runUntil(2 * S, () -> false);
        assertThat(shareOf(fifo, 2 * S)).isBetween(490L, 510L);
        assertThat(pool.realTimeLimit().set(100_000, RealTimeLimit.UNLIMITED)).isTrue();
        long beforeNs = gotNs.get(ordinary);
        runUntil(4 * S, () -> false);
        assertThat(gotNs.get(ordinary) - beforeNs).isLessThan(100 * MS);
    }

    @Test
    void whoEndsGoesBeforeAllOthers() {
        pool.realTimeLimit().set(1_000_000, RealTimeLimit.UNLIMITED);
        spinner(99);
        SharedCpu ordinary = spinner(0);
        runUntil(S, () -> false);
        assertThat(gotNs.get(ordinary)).isZero();
        ordinary.hurry();
        runUntil(2 * S, () -> group.isHolder(ordinary));
        assertThat(clock.nowNs()).isLessThan(S + 10 * MS);
    }

    /** Who sleeps for a moment again and again does not take the turn from one whose thread the host is slow to wake. */
    @Test
    void theSliceBeginsWhenTheThreadRuns() {
        SharedCpu sleeper = spinner(0);
        SharedCpu other = spinner(0);
        group.giveUp(sleeper);
        clock.advanceTo(MS / 10);
        group.take(sleeper, false);
        clock.advanceTo(20 * MS);
        assertThat(group.isHolder(other)).isTrue();
        assertThat(group.isPreempting()).isFalse();
        group.turnBegins();
        clock.advanceTo(20 * MS + 150_000);
        assertThat(group.isPreempting()).isFalse();
        clock.advanceTo(21 * MS);
        assertThat(group.isPreempting()).isTrue();
    }

    @Test
    void whoComputedAloneForLongDoesNotPayForIt() {
        SharedCpu first = spinner(0);
        runUntil(10 * S, () -> false);
        SharedCpu second = spinner(0);
        gotNs.put(first, 0L);
        runUntil(11 * S, () -> false);
        assertThat(gotNs.get(first)).isBetween(480 * MS, 520 * MS);
        assertThat(gotNs.get(second)).isBetween(480 * MS, 520 * MS);
    }

    @Test
    void aPreemptedFifoThreadIsTheNextOfItsPriority() {
        SharedCpu first = spinner(10);
        SharedCpu second = spinner(10);
        SharedCpu urgent = spinner(20);
        runUntil(100 * MS, () -> group.isHolder(urgent));
        assertThat(group.isHolder(urgent)).isTrue();
        group.giveUp(urgent);
        assertThat(group.isHolder(first)).isTrue();
        assertThat(gotNs.get(second)).isZero();
    }

    /** A thread that sleeps for a moment again and again takes the turn from whoever has it, and the others keep their shares. */
    @Test
    void sharesHoldBesideOneThatSleepsAndWakes() {
        SharedCpu ordinary = spinner(0);
        SharedCpu nice = spinner(0);
        nice.changeShare(share -> share.setNice(19));
        SharedCpu sleeper = spinner(0);
        runUntil(S, () -> group.isHolder(sleeper));
        long startNs = clock.nowNs();
        gotNs.replaceAll((cpu, ns) -> 0L);
        while (clock.nowNs() < startNs + 10 * S) {
            group.giveUp(sleeper);
            group.turnBegins();
            holder = gotNs.keySet().stream().filter(group::isHolder).findFirst().orElseThrow();
            runUntil(clock.nowNs() + MS, () -> false);
            group.take(sleeper, false);
            runUntil(clock.nowNs() + S, () -> group.isHolder(sleeper));
        }
        assertThat(gotNs.get(ordinary) / gotNs.get(nice)).isBetween(40L, 90L);
    }
}
