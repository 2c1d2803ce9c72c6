package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.legoos.emulator.bench.BareNode;
import org.legoos.fit.Fit;
import org.legoos.fit.Incoming;
import org.legoos.kernel.sched.KThread;
import org.legoos.mlx4.fabric.Impairments;

/** FIT's calls between three nodes on real cards: ports, queues, multicast, barrier, ring wrap, loss. */
class FitCallsTest {
    private static final int EINVAL = 22;
    private static final int EBUSY = 16;
    private static final int ENOENT = 2;
    private static final int EHOSTUNREACH = 113;
    private static final long SECONDS_20 = 20_000_000_000L;

    private static FitNodes three;

    @BeforeAll
    static void boot() throws InterruptedException {
        three = new FitNodes(3, config -> config.with("FIT_NR_QPS_PER_PAIR", "4"));
    }

    @AfterAll
    static void powerOff() {
        three.close();
    }

    private static BareNode node(int id) {
        return three.nodes.get(id);
    }

    private static Fit fit(int id) {
        return three.fits[id];
    }

    @Test
    void aQueuedPortHandsMessagesToAThreadThatAnswersWithPrivateBits() {
        assertThat(fit(1).registerApplication(10, "queue")).isZero();
        KThread server = three.kernel(1).sched().spawn("server", self -> {
            Incoming message = new Incoming();
            while (fit(1).receiveMessage(10, message, three.clock.nowNs() + SECONDS_20)) {
                node(1).memory.putInt(message.messagePa, node(1).memory.getInt(message.messagePa) + 1);
                fit(1).replyMessageWithPrivateBits(message, message.messagePa, 4, 33);
            }
        });
        long buffer = three.pages(0, 1);
        node(0).memory.putInt(buffer, 41);
        int[] bits = new int[1];
        assertThat(fit(0).sendReplyTimeoutWithPrivateBits(1, 10, buffer, 4, buffer + 64, 64, SECONDS_20, bits)).isEqualTo(4);
        assertThat(node(0).memory.getInt(buffer + 64)).isEqualTo(42);
        assertThat(bits[0]).isEqualTo(33);
        assertThat(fit(1).unregisterApplication(10)).isZero();
        assertThat(server.awaitExit(three.clock, three.clock.nowNs() + SECONDS_20)).isTrue();
    }

    @Test
    void portsAreClaimedOnceAndFoundByName() {
        assertThat(fit(2).registerHandler(20, "the-name", message -> fit(2).freeReceiveBuffer(message))).isZero();
        assertThat(fit(2).registerApplication(20, "other")).isEqualTo(-EBUSY);
        assertThat(fit(2).registerApplication(64, "too far")).isEqualTo(-EINVAL);
        assertThat(fit(0).queryPort(2, "the-name")).isEqualTo(20);
        assertThat(fit(0).queryPort(2, "nobody")).isEqualTo(-ENOENT);
        assertThat(fit(2).unregisterApplication(20)).isZero();
        assertThat(fit(0).queryPort(2, "the-name")).isEqualTo(-ENOENT);
    }

    @Test
    void aPortThatNobodyHasAnswersWithNothing() {
        long buffer = three.pages(0, 1);
        assertThat(fit(0).sendReplyImm(1, 44, buffer, 16, buffer, 64)).isZero();
        assertThat(fit(0).sendReplyImm(0, 44, buffer, 16, buffer, 64)).isEqualTo(-EHOSTUNREACH);
        assertThat(fit(0).sendReplyImm(9, 44, buffer, 16, buffer, 64)).isEqualTo(-EHOSTUNREACH);
        assertThat(fit(0).sendReplyImm(1, 44, buffer, -1, buffer, 64)).isEqualTo(-EINVAL);
        assertThat(fit(0).sendReplyImm(1, 44, buffer, Fit.MAX_MESSAGE_BYTES + 1, buffer, 64)).isEqualTo(-EINVAL);
    }

    @Test
    void multicastGathersAReplyFromEachNode() {
        for (int id = 1; id < 3; id++) {
            int own = id;
            fit(id).registerHandler(11, "who", message -> {
                node(own).memory.putInt(message.messagePa, own);
                fit(own).replyMessageNowait(message, message.messagePa, 4);
            });
        }
        long buffer = three.pages(0, 1);
        int[] results = new int[2];
        long[] replies = {buffer + 128, buffer + 256};
        assertThat(fit(0).multicastSendReplyTimeout(new int[] {1, 2}, 11, buffer, 8, replies, 64, results, SECONDS_20)).isEqualTo(2);
        assertThat(results).containsExactly(4, 4);
        assertThat(node(0).memory.getInt(buffer + 128)).isEqualTo(1);
        assertThat(node(0).memory.getInt(buffer + 256)).isEqualTo(2);
    }

    @Test
    void aBarrierHoldsUntilAllHaveCome() throws InterruptedException {
        AtomicInteger passed = new AtomicInteger();
        Thread[] threads = new Thread[3];
        for (int round = 0; round < 3; round++) {
            for (int id = 0; id < 3; id++) {
                int own = id;
                threads[id] = Thread.ofPlatform().unstarted(() -> {
                    assertThat(fit(own).distBarrier(1, 3, SECONDS_20)).isZero();
                    passed.incrementAndGet();
                });
            }
            int before = passed.get();
            threads[0].start();
            threads[1].start();
            assertThat(passed.get()).isEqualTo(before);
            threads[2].start();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(passed.get()).isEqualTo(before + 3);
        }
        assertThat(fit(0).distBarrier(2, 2, 1)).isEqualTo(-110);
    }

    @Test
    void oneWayMessagesArriveOnceEachThroughManyRingWraps() {
        AtomicInteger count = new AtomicInteger();
        long[] sum = new long[1];
        fit(2).registerHandler(12, "sink", message -> {
            sum[0] += node(2).memory.getInt(message.messagePa);
            count.incrementAndGet();
            fit(2).freeReceiveBuffer(message);
        });
        long buffer = three.pages(0, 32);
        Random random = new Random(5);
        long expected = 0;
        for (int i = 0; i < 600; i++) {
            node(0).memory.putInt(buffer, i);
            expected += i;
            assertThat(fit(0).send(2, 12, buffer, 4 + random.nextInt(100_000))).isZero();
        }
        assertThat(count.get()).isEqualTo(600);
        assertThat(sum[0]).isEqualTo(expected);
    }

    @Test
    void aLossyLinkLosesNoMessage() {
        fit(1).registerHandler(13, "echo", message -> {
            node(1).memory.putInt(message.messagePa, node(1).memory.getInt(message.messagePa) ^ -1);
            fit(1).replyMessageNowait(message, message.messagePa, 64);
        });
        three.cables.get(1).impair(Impairments.noisy(50_000, 20_000), 99);
        try {
            long buffer = three.pages(0, 1);
            for (int i = 0; i < 150; i++) {
                node(0).memory.putInt(buffer, i);
                assertThat(fit(0).sendReplyTimeout(1, 13, buffer, 64, buffer + 128, 64, SECONDS_20)).isEqualTo(64);
                assertThat(node(0).memory.getInt(buffer + 128)).isEqualTo(~i);
            }
        } finally {
            three.cables.get(1).impair(Impairments.NONE, 99);
        }
    }

    @Test
    void aPollingThreadServesAsTheInterruptDoes() throws InterruptedException {
        try (FitNodes polled = new FitNodes(2, config -> config.with("FIT_RECEIVE_IN_INTERRUPT", "n"))) {
            polled.fits[1].registerHandler(5, "echo",
                    message -> polled.fits[1].replyMessageNowait(message, message.messagePa, message.lengthBytes));
            long buffer = polled.pages(0, 2);
            for (int i = 0; i < 200; i++) {
                polled.nodes.get(0).memory.putInt(buffer, i);
                assertThat(polled.fits[0].sendReplyImm(1, 5, buffer, 64, buffer + 4096, 64)).isEqualTo(64);
                assertThat(polled.nodes.get(0).memory.getInt(buffer + 4096)).isEqualTo(i);
            }
        }
    }
}
