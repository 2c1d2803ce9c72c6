package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.emulator.bench.BareNode;
import org.legoos.fit.Fit;
import org.legoos.kernel.sched.Completion;

/** FIT on the real driver, two cards and a switch: RPC end to end, and what a pulled cable does to it. */
class FitOverMlx4Test {
    private static final int PORT = 5;

    private FitNodes pair;
    private Fit[] fits;
    private List<BareNode> nodes;

    @BeforeEach
    void boot() throws InterruptedException {
        pair = new FitNodes(2, config -> config);
        fits = pair.fits;
        nodes = pair.nodes;
    }

    @AfterEach
    void powerOff() {
        pair.close();
    }

    private void echoOnNode1() {
        fits[1].registerHandler(PORT, "echo", message -> fits[1].replyMessageNowait(message, message.messagePa, message.lengthBytes));
    }

    @Test
    void requestsAreAnswered() {
        echoOnNode1();
        long request = nodes.get(0).frames.allocContiguous(2);
        long reply = nodes.get(0).frames.allocContiguous(2);
        for (int size : new int[] {8, 64, 128, 129, 4096, 8000}) {
            for (int i = 0; i < size; i++) {
                nodes.get(0).memory.putByte(request + i, (byte) (size + i));
            }
            assertThat(fits[0].sendReplyImm(1, PORT, request, size, reply, 8192)).isEqualTo(size);
            byte[] sent = new byte[size];
            byte[] got = new byte[size];
            nodes.get(0).memory.read(request, sent, 0, size);
            nodes.get(0).memory.read(reply, got, 0, size);
            assertThat(got).isEqualTo(sent);
        }
        assertThat(nodes.get(0).log.dump()).contains("To align first QPN, we skipped: #72 ... #79");
        assertThat(nodes.get(0).cardLog).isEmpty();
        assertThat(nodes.get(1).cardLog).isEmpty();
    }

    @Test
    void aPulledCableEndsCallsWithAnError() {
        echoOnNode1();
        long buffer = nodes.get(0).frames.allocContiguous(2);
        assertThat(fits[0].sendReplyImm(1, PORT, buffer, 64, buffer + 4096, 4096)).isEqualTo(64);
        pair.fabric.setUp(pair.cables.get(1), false);
        int result = fits[0].sendReplyTimeout(1, PORT, buffer, 64, buffer + 4096, 4096, 15_000_000_000L);
        assertThat(result).isIn(-113, -110);
        assertThat(fits[0].isConnected(1)).isFalse();
        assertThat(fits[0].sendReplyImm(1, PORT, buffer, 64, buffer + 4096, 4096)).isEqualTo(-113);
        assertThat(nodes.get(0).log.dump()).contains("does not answer any more").doesNotContain("interrupt handler");
    }

    @Test
    void aNodeThatLeavesIsNoticedAtOnce() {
        Completion told = new Completion();
        fits[0].onDeparture(node -> {
            assertThat(node).isEqualTo(1);
            told.complete();
        });
        fits[1].close();
        long deadlineNs = pair.clock.nowNs() + 10_000_000_000L;
        while (fits[0].isConnected(1) && pair.clock.nowNs() < deadlineNs) {
            Thread.onSpinWait();
        }
        long buffer = nodes.get(0).frames.alloc();
        assertThat(fits[0].sendReplyImm(1, PORT, buffer, 64, buffer, 64)).isEqualTo(-113);
        assertThat(nodes.get(0).log.dump()).contains("has left").doesNotContain("interrupt handler");
        assertThat(told.await(pair.clock, 0, deadlineNs)).isTrue();
    }
}
