package org.legoos.kernel.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.time.HostClock;

/** Who is next, by priority and weight. */
class TurnQueueTest {
    private static final long SLICE_NS = 2_000_000;
    private static final long WAKE_SLICE_NS = 200_000;

    private static final CpuEngine ENGINE = IdleEngine.create();
    private final RunGroup group = new RunGroup(new CorePool(() -> ENGINE, null, HostClock.instance(), 64), HostClock.instance());
    private final RealTimeUse use = new RealTimeUse(new RealTimeLimit());
    private TurnQueue<SharedCpu> queue = new TurnQueue<>();

    private SharedCpu cpu() {
        return group.newCpu();
    }

    private long graceNs(SharedCpu holder) {
        return queue.graceNs(holder, 0, 0, use, SLICE_NS, WAKE_SLICE_NS);
    }

    /** Slices that each gets when both always want to run. */
    private int[] slices(SharedCpu first, SharedCpu second, int count) {
        int[] got = new int[2];
        SharedCpu holder = first;
        queue.add(second, true);
        for (int i = 0; i < count; i++) {
            got[holder == first ? 0 : 1]++;
            holder.standing().weightedNs += holder.share().weighted(SLICE_NS);
            boolean isOver = queue.beats(holder);
            if (isOver) {
                SharedCpu next = queue.poll(0, use);
                queue.served(next);
                queue.add(holder, true);
                holder = next;
            }
        }
        return got;
    }

    @Test
    void equalsShareEqually() {
        assertThat(slices(cpu(), cpu(), 1000)[0]).isBetween(499, 501);
    }

    @Test
    void niceGetsTheLesserShare() {
        SharedCpu nice = cpu();
        nice.share().setNice(5); // weight 335 of 1024
        int[] got = slices(cpu(), nice, 1000);
        assertThat(got[1]).isBetween(200, 300);
        queue = new TurnQueue<>();
        SharedCpu nicest = cpu();
        nicest.share().setNice(19);
        assertThat(slices(cpu(), nicest, 1000)[1]).isBetween(5, 40);
    }

    @Test
    void realTimeGoesFirst() {
        SharedCpu ordinary = cpu();
        SharedCpu low = cpu();
        SharedCpu high = cpu();
        low.share().setRealTime(10, false);
        high.share().setRealTime(20, true);
        SharedCpu slept = cpu();
        queue.add(ordinary, true);
        queue.add(slept, false);
        queue.add(low, false);
        queue.add(high, true);
        assertThat(graceNs(ordinary)).isZero();
        assertThat(queue.poll(0, use)).isSameAs(high);
        assertThat(queue.poll(0, use)).isSameAs(low);
        assertThat(graceNs(low)).isEqualTo(950_000_000); // then the ordinary ones
        assertThat(queue.poll(0, use)).isSameAs(slept);
        assertThat(queue.poll(0, use)).isSameAs(ordinary);
    }

    @Test
    void roundRobinTakesTurnsAndFifoDoesNot() {
        SharedCpu holder = cpu();
        SharedCpu other = cpu();
        other.share().setRealTime(10, true);
        holder.share().setRealTime(10, true);
        queue.enter(holder);
        queue.add(other, true);
        assertThat(graceNs(holder)).isEqualTo(SLICE_NS);
        holder.share().setRealTime(10, false);
        assertThat(graceNs(holder)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void batchAndIdleDoNotTakeTheTurnWhenTheyWake() {
        SharedCpu batch = cpu();
        batch.share().setBatch(0);
        SharedCpu idle = cpu();
        idle.share().setIdle();
        SharedCpu holder = cpu();
        queue.add(batch, false);
        queue.add(idle, false);
        assertThat(graceNs(holder)).isEqualTo(SLICE_NS);
        queue.add(cpu(), false);
        assertThat(graceNs(holder)).isEqualTo(WAKE_SLICE_NS);
    }
}
