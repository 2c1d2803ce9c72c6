package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.fabric.Impairments;

/** How much gets through a bad link of 10 Gb/s and 5 us, in virtual time: less, but no stall for a time-out. */
class RcLossThroughputTest {
    private static final int MESSAGES = 400;
    private static final int MESSAGE_BYTES = 4096;
    private static final int DEPTH = 64;
    private static final int SLOTS = 256;
    private static final long DELAY_NS = 5_000;
    private static final long BITS_PER_SECOND = 10_000_000_000L;

    private static Impairments link(int ppm) {
        return new Impairments(ppm, ppm, ppm, 20_000, DELAY_NS, BITS_PER_SECOND, false);
    }

    /** Virtual nanoseconds that a stream of messages takes; every byte must be right. */
    private static long streamNs(Operation operation, int ppm, long seed) {
        TestNet net = TestNet.rc().mtu(1024).up();
        new SplittableRandom(seed).nextBytes(net.a.memory);
        new SplittableRandom(seed + 1).nextBytes(net.b.memory);
        net.linkA.impair(link(ppm), seed);
        long startNs = net.clock.nowNs();
        for (int posted = 0; posted < MESSAGES; posted++) {
            int at = posted % SLOTS * MESSAGE_BYTES;
            net.a.postAndRing(request -> {
                request.operation = operation;
                request.remoteVa = at;
                request.remoteKey = TestHost.KEY;
                request.data.add(TestHost.KEY, at, MESSAGE_BYTES);
            });
            int done = posted - DEPTH;
            assertThat(net.until(1_000_000, each -> each.a.sendDone.size() > done)).isTrue();
        }
        assertThat(net.until(1_000_000, each -> each.a.sendDone.size() == MESSAGES)).isTrue();
        assertThat(net.a.sendDone).allMatch(each -> each.status() == Status.OK);
        assertThat(Arrays.equals(net.a.memory, 0, SLOTS * MESSAGE_BYTES, net.b.memory, 0, SLOTS * MESSAGE_BYTES)).isTrue();
        return net.clock.nowNs() - startNs;
    }

    private static double slowDown(Operation operation, int ppm) {
        long cleanNs = streamNs(operation, 0, 1);
        long noisyNs = 0;
        int runs = 10;
        for (int seed = 1; seed <= runs; seed++) {
            noisyNs += streamNs(operation, ppm, seed);
        }
        return (double) noisyNs / runs / cleanNs;
    }

    @Test
    void writesKeepASixthOfTheirThroughputAtTenPercent() {
        assertThat(slowDown(Operation.WRITE, 100_000)).isBetween(1.0, 6.0);
    }

    @Test
    void readsKeepATenthOfTheirThroughputAtTenPercent() {
        assertThat(slowDown(Operation.READ, 100_000)).isBetween(1.0, 10.0);
    }

    @Test
    void onePercentCostsLessThanHalf() {
        assertThat(slowDown(Operation.WRITE, 10_000)).isBetween(1.0, 2.0);
    }
}
