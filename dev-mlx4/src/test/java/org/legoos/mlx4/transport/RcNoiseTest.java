package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.legoos.mlx4.fabric.Impairments;

/**
 * Seeded traffic over a link that loses, repeats and reorders 10 % of the packets each way: every byte right, in
 * order, exactly once, and an end.
 */
class RcNoiseTest {
    private static final int REQUESTS = 120;
    private static final int SLOT = 20_000;
    private static final Impairments NOISE = Impairments.noisy(100_000, 50_000);

    static long[] seeds() {
        long[] seeds = new long[24];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = 1000 + i;
        }
        return seeds;
    }

    private final byte[] expectedA = new byte[TestNet.MEMORY_BYTES];
    private final byte[] expectedB = new byte[TestNet.MEMORY_BYTES];
    private int sends;
    private long added;

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingArrivesOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int mtu = 256 << random.nextInt(5);
        TestNet net = TestNet.rc().mtu(mtu).psn(random.nextInt(1 << 24), random.nextInt(1 << 24)).up();
        random.nextBytes(net.a.memory);
        random.nextBytes(net.b.memory);
        Arrays.fill(net.b.memory, 0, 8, (byte) 0);
        System.arraycopy(net.a.memory, 0, expectedA, 0, expectedA.length);
        System.arraycopy(net.b.memory, 0, expectedB, 0, expectedB.length);
        net.linkA.impair(NOISE, seed);
        for (int i = 0; i < REQUESTS; i++) {
            postRandom(net, random, i);
            if (random.nextInt(4) == 0) {
                net.cardA.doorbell(net.a);
                net.clock.advanceTo(net.clock.nowNs() + random.nextInt(200_000));
            }
        }
        net.cardA.doorbell(net.a);
        boolean ended = net.settle(200_000);
        String run = "seed " + seed + " mtu " + mtu;
        assertThat(ended).as(run).isTrue();
        assertThat(net.a.sendDone).as(run).hasSize(REQUESTS);
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(net.a.sendDone.get(i)).as(run).isEqualTo(new TestHost.SendDone(i, Status.OK));
        }
        assertThat(net.b.receiveDone).as(run).hasSize(sends);
        for (int i = 0; i < sends; i++) {
            assertThat(net.b.receiveDone.get(i).wqeIndex()).as(run).isEqualTo(i);
            assertThat(net.b.receiveDone.get(i).immediate()).as(run).isEqualTo(i);
        }
        assertThat(net.b.longAt(0)).as(run).isEqualTo(added);
        Arrays.fill(net.b.memory, 0, 8, (byte) 0);
        assertThat(Arrays.mismatch(net.b.memory, expectedB)).as(run).isEqualTo(-1);
        assertThat(Arrays.mismatch(net.a.memory, expectedA)).as(run).isEqualTo(-1);
        assertThat(net.a.qp.counters.packetsRepeated).as(run).isPositive();
    }

    /** Request i works on slot i of both memories, so that each effect can be seen. */
    private void postRandom(TestNet net, SplittableRandom random, int i) {
        int at = 4096 + i * SLOT;
        int size = random.nextInt(4) == 0 ? random.nextInt(SLOT) : random.nextInt(600);
        Operation operation = switch (random.nextInt(5)) {
            case 0 -> Operation.SEND_IMMEDIATE;
            case 1 -> Operation.WRITE_IMMEDIATE;
            case 2 -> Operation.WRITE;
            case 3 -> Operation.READ;
            default -> Operation.FETCH_ADD;
        };
        int immediate = sends;
        long remote = operation == Operation.FETCH_ADD ? 0 : at;
        switch (operation) {
            case READ -> System.arraycopy(expectedB, at, expectedA, at, size);
            case FETCH_ADD -> {
                writeLong(expectedA, at, added);
                added += i + 1;
            }
            default -> System.arraycopy(expectedA, at, expectedB, at, size);
        }
        if (operation == Operation.SEND_IMMEDIATE || operation == Operation.WRITE_IMMEDIATE) {
            sends++;
            net.b.postReceive(at, size);
        }
        boolean fence = random.nextInt(8) == 0;
        net.a.post(request -> {
            request.operation = operation;
            request.immediate = immediate;
            request.remoteVa = remote;
            request.remoteKey = TestHost.KEY;
            request.swapOrAdd = i + 1;
            request.fence = fence;
            request.data.add(TestHost.KEY, at, operation == Operation.FETCH_ADD ? 8 : size);
        });
    }

    private static void writeLong(byte[] memory, int at, long value) {
        for (int i = 0; i < 8; i++) {
            memory[at + i] = (byte) (value >>> 8 * i);
        }
    }

    @Test
    void repeatedAtomicsAreExecutedOnce() {
        for (long seed = 1; seed <= 20; seed++) {
            TestNet net = TestNet.rc().up();
            net.linkA.impair(Impairments.noisy(200_000, 10_000), seed);
            for (int i = 0; i < 50; i++) {
                int at = 100 + 8 * i;
                net.a.post(request -> {
                    request.operation = Operation.FETCH_ADD;
                    request.remoteVa = 0;
                    request.remoteKey = TestHost.KEY;
                    request.swapOrAdd = 1;
                    request.data.add(TestHost.KEY, at, 8);
                });
            }
            net.cardA.doorbell(net.a);
            assertThat(net.settle(100_000)).as("seed " + seed).isTrue();
            boolean whole = net.a.qp.state() == QpState.RTS;
            assertThat(whole).as("seed " + seed + " " + net.a.sendDone).isTrue();
            assertThat(net.b.atomicsExecuted).as("seed " + seed).isEqualTo(50);
            for (int i = 0; i < 50; i++) {
                assertThat(net.a.longAt(100 + 8 * i)).as("seed " + seed).isEqualTo(i);
            }
        }
    }

    @Test
    void bothDirectionsAtOnce() {
        for (long seed = 1; seed <= 5; seed++) {
            TestNet net = TestNet.rc().up();
            new SplittableRandom(seed).nextBytes(net.a.memory);
            net.linkA.impair(NOISE, seed);
            for (int i = 0; i < 100; i++) {
                int at = i * 5000;
                net.b.postReceive(at, 5000);
                net.a.post(request -> {
                    request.operation = Operation.SEND;
                    request.data.add(TestHost.KEY, at, 5000);
                });
                net.b.post(request -> {
                    request.operation = Operation.READ;
                    request.remoteVa = 1_500_000 + at;
                    request.remoteKey = TestHost.KEY;
                    request.data.add(TestHost.KEY, 1_500_000 + at, 5000);
                });
            }
            net.cardA.doorbell(net.a);
            net.cardB.doorbell(net.b);
            assertThat(net.settle(100_000)).as("seed " + seed).isTrue();
            assertThat(net.a.sendDone).as("seed " + seed).hasSize(100);
            assertThat(net.b.sendDone).as("seed " + seed).hasSize(100);
            assertThat(Arrays.equals(net.a.memory, 0, 500_000, net.b.memory, 0, 500_000)).isTrue();
            assertThat(Arrays.equals(net.a.memory, 1_500_000, 2_000_000, net.b.memory, 1_500_000, 2_000_000)).isTrue();
        }
    }
}
