package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.legoos.fit.Incoming;
import org.legoos.kernel.sched.Completion;

/** Calls and replies that nobody waits for: a node relays a request from its handler, and hears what became of it. */
class FitNowaitTest {
    private static final int PORT = 9;
    private static final int PAGE = 4096;
    private static final int EHOSTUNREACH = 113;
    private static final long SECONDS_20 = 20_000_000_000L;

    @Test
    void aHandlerRelaysARequestAndItsReplyWithoutAThread() throws InterruptedException {
        try (FitNodes three = new FitNodes(3, config -> config)) {
            AtomicInteger sent = new AtomicInteger();
            three.fits[2].registerHandler(PORT, "origin", message -> {
                long pa = three.pages(2, 1);
                three.nodes.get(2).memory.putInt(pa + PAGE - 4, 7 * three.nodes.get(2).memory.getInt(message.messagePa));
                assertThat(three.fits[2].replyMessageNowait(message, pa, PAGE, (result, bits) -> sent.addAndGet(result == 0 ? 1 : 100))).isZero();
            });
            long requestPa = three.pages(1, 1);
            long pagePa = three.pages(1, 1);
            Incoming kept = new Incoming();
            three.fits[1].registerHandler(PORT, "relay", message -> {
                message.moveTo(kept);
                three.nodes.get(1).memory.putInt(requestPa, three.nodes.get(1).memory.getInt(message.messagePa));
                assertThat(three.fits[1].callNowait(2, PORT, requestPa, 4, pagePa, PAGE, SECONDS_20,
                        (result, bits) -> three.fits[1].replyMessageNowait(kept, pagePa, result))).isZero();
            });
            long buffer = three.pages(0, 2);
            for (int i = 1; i <= 500; i++) {
                three.nodes.get(0).memory.putInt(buffer, i);
                assertThat(three.fits[0].sendReplyImm(1, PORT, buffer, 4, buffer + PAGE, PAGE)).isEqualTo(PAGE);
                assertThat(three.nodes.get(0).memory.getInt(buffer + 2 * PAGE - 4)).isEqualTo(7 * i);
            }
            assertThat(sent.get()).isEqualTo(500);
        }
    }

    @Test
    void aPeerThatDoesNotAnswerIsToldOnceAndDisconnected() throws InterruptedException {
        try (FitNodes two = new FitNodes(2, config -> config)) {
            two.fits[1].registerHandler(PORT, "silence", message -> message.moveTo(new Incoming()));
            long buffer = two.pages(0, 1);
            int[] told = {0, 0};
            Completion done = new Completion();
            assertThat(two.fits[0].callNowait(1, PORT, buffer, 64, buffer + 128, 64, 30_000_000, (result, bits) -> {
                told[0] = result;
                told[1]++;
                done.complete();
            })).isZero();
            assertThat(done.await(two.clock, 0, two.clock.nowNs() + SECONDS_20)).isTrue();
            assertThat(told).containsExactly(-EHOSTUNREACH, 1);
            assertThat(two.fits[0].isConnected(1)).isFalse();
            assertThat(two.fits[0].callNowait(1, PORT, buffer, 64, buffer + 128, 64, SECONDS_20, (result, bits) -> told[1]++))
                    .isEqualTo(-EHOSTUNREACH);
            assertThat(told[1]).isEqualTo(1);
        }
    }
}
