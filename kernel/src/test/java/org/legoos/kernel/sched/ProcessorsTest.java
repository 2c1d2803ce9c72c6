package org.legoos.kernel.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;

/** Processes that share the node's processors: by nice, policy and affinity. In virtual time. */
class ProcessorsTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long S = 1000 * MS;

    private final VirtualClock clock = new VirtualClock();
    private final List<Program> programs = new ArrayList<>();
    private CorePool pool;

    /** A process of one thread that computes while it is awake. */
    private final class Program {
        final RunGroup group = new RunGroup(pool, clock);
        final SharedCpu cpu = group.newCpu();
        long gotNs;

        void wake(boolean wasPreempted) {
            group.take(cpu, wasPreempted);
            pool.processors().place(group.placement(), cpu.share().affinity(), wasPreempted);
        }

        void sleep() {
            group.giveUp(cpu);
        }
    }

    private void processors(int count) {
        pool = new CorePool(IdleEngine::create, null, clock, count);
    }

    private Program program() {
        Program program = new Program();
        programs.add(program);
        return program;
    }

    private void runUntil(long endNs) {
        while (clock.nowNs() < endNs) {
            long beforeNs = clock.nowNs();
            clock.advanceTo(Math.min(endNs, beforeNs + 50 * US));
            for (Program program : programs) {
                if (program.group.processor() >= 0 && program.cpu.isHolding()) {
                    program.gotNs += clock.nowNs() - beforeNs;
                    if (program.group.isPreempting()) {
                        program.sleep();
                        program.wake(true);
                    }
                }
            }
        }
    }

    @Test
    void niceDecidesBetweenProcesses() {
        processors(1);
        Program ordinary = program();
        Program nice = program();
        nice.cpu.share().setNice(19);
        ordinary.wake(false);
        nice.wake(false);
        runUntil(30 * S);
        assertThat(ordinary.gotNs / nice.gotNs).isBetween(55L, 80L);
        assertThat(ordinary.gotNs + nice.gotNs).isBetween(30 * S - 100 * MS, 30 * S + 100 * MS);
    }

    @Test
    void threeShareTwoEqually() {
        processors(2);
        for (int i = 0; i < 3; i++) {
            program().wake(false);
        }
        runUntil(6 * S);
        assertThat(programs).allSatisfy(program -> assertThat(program.gotNs).isBetween(3600 * MS, 4400 * MS));
    }

    @Test
    void whoIsPinnedStaysThere() {
        processors(2);
        Program first = program();
        Program second = program();
        Program free = program();
        first.cpu.share().setAffinity(1L << 1);
        second.cpu.share().setAffinity(1L << 1);
        free.wake(false);
        first.wake(false);
        second.wake(false);
        runUntil(2 * S);
        assertThat(first.gotNs).isBetween(900 * MS, 1100 * MS);
        assertThat(second.gotNs).isBetween(900 * MS, 1100 * MS);
        assertThat(free.gotNs).isGreaterThan(1950 * MS);
        assertThat(free.group.processor()).isZero();
    }

    @Test
    void realTimeProcessesLeaveATwentieth() {
        processors(1);
        Program fifo = program();
        Program ordinary = program();
        fifo.cpu.share().setRealTime(50, false);
        ordinary.wake(false);
        fifo.wake(false);
        runUntil(10 * S);
        assertThat(fifo.gotNs).isBetween(9400 * MS, 9550 * MS);
        assertThat(ordinary.gotNs).isBetween(450 * MS, 600 * MS);
    }

    @Test
    void whoWakesGetsItSoonAndWhoSleepsLosesIt() {
        processors(1);
        Program busy = program();
        Program sleeper = program();
        busy.wake(false);
        runUntil(5 * MS);
        sleeper.wake(false);
        runUntil(6 * MS);
        assertThat(sleeper.gotNs).isGreaterThan(500 * US);
        sleeper.sleep();
        assertThat(busy.group.processor()).isZero();
        busy.sleep();
        assertThat(busy.group.processor()).isZero(); // nobody wants it
        sleeper.wake(false);
        assertThat(sleeper.group.processor()).isZero();
        assertThat(busy.group.processor()).isEqualTo(Placement.NONE);
    }

    @Test
    void anEndedGroupLeavesItsProcessor() {
        processors(1);
        Program first = program();
        Program second = program();
        first.wake(false);
        second.wake(false);
        first.cpu.close();
        assertThat(second.group.processor()).isZero();
        second.cpu.close();
        Program third = program();
        third.wake(false);
        assertThat(third.group.processor()).isZero();
    }
}
