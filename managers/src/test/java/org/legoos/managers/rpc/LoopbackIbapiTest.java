package org.legoos.managers.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;

class LoopbackIbapiTest {
    private final LoopbackCluster cluster = new LoopbackCluster(2, 1 << 20);
    private final PhysicalMemory here = cluster.kernel(0).memory();
    private final PhysicalMemory there = cluster.kernel(1).memory();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void requestReachesTheHandlerAndTheReplyItsAddress() {
        LoopbackIbapi peer = cluster.ibapi(1);
        peer.registerHandler(5, "adder", message -> {
            assertThat(message.node).isZero();
            there.putInt(0x2000, there.getInt(message.messagePa) + 1);
            peer.replyMessageWithPrivateBits(message, 0x2000, 4, 33);
        });
        here.putInt(0x1000, 41);
        int[] bits = new int[1];
        int got = cluster.ibapi(0).sendReplyTimeoutWithPrivateBits(1, 5, 0x1000, 4, 0x3000, 16, 1_000_000_000L, bits);
        assertThat(got).isEqualTo(4);
        assertThat(here.getInt(0x3000)).isEqualTo(42);
        assertThat(bits[0]).isEqualTo(33);
        assertThat(peer.outstandingMessages()).isZero();
    }

    @Test
    void replyMayComeFromAnotherThread() {
        LoopbackIbapi peer = cluster.ibapi(1);
        Incoming kept = new Incoming();
        peer.registerHandler(5, "later", message -> {
            message.moveTo(kept);
            cluster.kernel(1).sched().spawn("replier", self -> peer.replyMessage(kept, 0x2000, 8));
        });
        assertThat(cluster.ibapi(0).sendReplyImm(1, 5, 0x1000, 4, 0x3000, 8)).isEqualTo(8);
    }

    @Test
    void absentPeersAndPortsAreErrors() {
        assertThat(cluster.ibapi(0).sendReplyImm(7, 5, 0x1000, 4, 0x3000, 8)).isEqualTo(-113);
        assertThat(cluster.ibapi(0).sendReplyImm(1, 9, 0x1000, 4, 0x3000, 8)).isEqualTo(-5);
        cluster.ibapi(1).setConnected(false);
        assertThat(cluster.ibapi(0).numConnectedNodes()).isZero();
    }
}
