package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;
import org.legoos.kernel.ib.WcOpcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;

/** Two nodes: each a driver on a card model, joined by a switch, in virtual time on one thread. */
class DataPathTest {
    private final VirtualClock clock = new VirtualClock();
    private final TwoNodes nodes = TwoNodes.onASwitch(clock, 21, 22);
    private final BareNode nodeA = nodes.a;
    private final BareNode nodeB = nodes.b;
    private Verbs a;
    private Verbs b;

    @AfterEach
    void powerOff() {
        nodes.close();
    }

    private void connect(QpType type) {
        a = new Verbs(nodeA, type, 16);
        b = new Verbs(nodeB, type, 16);
        Verbs.connect(a, b);
    }

    private static void assertDone(WorkCompletion completion, WcOpcode opcode, int lengthBytes) {
        assertThat(completion.status).isEqualTo(WcStatus.SUCCESS);
        assertThat(completion.opcode).isEqualTo(opcode);
        if (lengthBytes >= 0) {
            assertThat(completion.lengthBytes).isEqualTo(lengthBytes);
        }
    }

    @Test
    void theSubnetManagerGivesTheConfiguredLids() {
        assertThat(nodeA.device.queryPort(1).active()).isTrue();
        assertThat(nodeA.device.queryPort(1).lid()).isEqualTo(21);
        assertThat(nodeB.device.awaitPortActive(1, 0).lid()).isEqualTo(22);
        assertThat(nodeA.log.dump()).contains("port 1 active");
    }

    @Test
    void sendArrivesInTheFirstReceive() {
        connect(QpType.RC);
        a.fill(0, 64, 1);
        b.receive(100, 0, 4096);
        b.receive(101, 4096, 4096);
        assertThat(a.post(Opcode.SEND, 0, 64)).isZero();
        WorkCompletion received = b.completion();
        assertDone(received, WcOpcode.RECV, 64);
        assertThat(received.workRequestId).isEqualTo(100);
        assertThat(received.qpn).isEqualTo(b.qp.qpn());
        assertThat(b.bytes(0, 64)).isEqualTo(a.bytes(0, 64));
        assertDone(a.completion(), WcOpcode.SEND, -1);
        assertThat(b.isIdle()).isTrue();
    }

    @Test
    void aMessageOfManyPacketsArrivesWhole() {
        connect(QpType.RC);
        int size = 300_001;
        a.fill(0, size, 5);
        b.receive(1, 0, Verbs.BUFFER_BYTES);
        a.post(Opcode.SEND, 0, size);
        assertDone(b.completion(), WcOpcode.RECV, size);
        assertThat(b.bytes(0, size)).isEqualTo(a.bytes(0, size));
    }

    @Test
    void rdmaWriteWithImmediateOfAPage() {
        connect(QpType.RC);
        a.fill(8192, 4096, 3);
        b.receive(7, 0, 0);
        a.target(b, 0x3000);
        a.request.immediate = 0xcafe_f00d;
        assertThat(a.post(Opcode.RDMA_WRITE_WITH_IMM, 8192, 4096)).isZero();
        WorkCompletion received = b.completion();
        assertDone(received, WcOpcode.RECV_RDMA_WITH_IMM, 4096);
        assertThat(received.hasImmediate).isTrue();
        assertThat(received.immediate).isEqualTo(0xcafe_f00d);
        assertThat(received.workRequestId).isEqualTo(7);
        assertThat(b.bytes(0x3000, 4096)).isEqualTo(a.bytes(8192, 4096));
        assertDone(a.completion(), WcOpcode.RDMA_WRITE, -1);
    }

    @Test
    void rdmaWriteAndReadWithoutTheOtherSideKnowing() {
        connect(QpType.RC);
        a.fill(0, 10_000, 9);
        a.target(b, 100);
        a.post(Opcode.RDMA_WRITE, 0, 10_000);
        assertDone(a.completion(), WcOpcode.RDMA_WRITE, -1);
        a.post(Opcode.RDMA_READ, 50_000, 10_000);
        assertDone(a.completion(), WcOpcode.RDMA_READ, 10_000);
        assertThat(a.bytes(50_000, 10_000)).isEqualTo(a.bytes(0, 10_000)).isEqualTo(b.bytes(100, 10_000));
        assertThat(b.isIdle()).isTrue();
    }

    @Test
    void atomicsWorkInHostByteOrder() {
        connect(QpType.RC);
        b.node.memory.putLong(b.buffer + 64, 1000);
        a.target(b, 64);
        a.request.compareAdd = 5;
        a.post(Opcode.ATOMIC_FETCH_AND_ADD, 0, 8);
        assertDone(a.completion(), WcOpcode.FETCH_ADD, -1);
        assertThat(a.node.memory.getLong(a.buffer)).isEqualTo(1000);
        assertThat(b.node.memory.getLong(b.buffer + 64)).isEqualTo(1005);
        a.request.compareAdd = 1005;
        a.request.swap = -2;
        a.post(Opcode.ATOMIC_CMP_AND_SWP, 8, 8);
        assertDone(a.completion(), WcOpcode.COMP_SWAP, -1);
        a.post(Opcode.ATOMIC_CMP_AND_SWP, 16, 8);
        a.completion();
        assertThat(a.node.memory.getLong(a.buffer + 8)).isEqualTo(1005);
        assertThat(a.node.memory.getLong(a.buffer + 16)).as("did not match: memory as found").isEqualTo(-2);
        assertThat(b.node.memory.getLong(b.buffer + 64)).isEqualTo(-2);
    }

    @Test
    void inlineDataIsTakenWhenPosted() {
        connect(QpType.RC);
        sendInline();
    }

    /** The card's half of a doorbell by BlueFlame is to notice the request, whatever half of whichever register it is in. */
    @Test
    void inlineDataThroughBlueFlame() {
        nodeA.device.useBlueFlame(true);
        for (int i = 0; i < 9; i++) { // more queue pairs than registers
            connect(QpType.RC);
            sendInline();
        }
        a.request.inline = false;
        b.receive(1, 0, 4096);
        assertThat(a.post(Opcode.SEND, 0, 64)).as("not inline: by its doorbell").isZero();
        assertDone(b.completion(), WcOpcode.RECV, 64);
    }

    private void sendInline() {
        for (int size : new int[] {0, 1, 28, 29, 44, 45, 100, 256}) {
            b.receive(1, 0, 4096);
            a.fill(0, 256, size);
            byte[] wanted = a.bytes(0, size);
            a.request.inline = true;
            assertThat(a.post(Opcode.SEND, 0, size)).isZero();
            a.fill(0, 256, 99);
            assertDone(b.completion(), WcOpcode.RECV, size);
            a.completion();
            assertThat(b.bytes(0, size)).as("%d bytes", size).isEqualTo(wanted);
        }
    }

    @Test
    void gatherListsAreJoined() {
        connect(QpType.RC);
        a.fill(0, 300, 1);
        b.receive(1, 0, 4096);
        a.request.opcode = Opcode.SEND;
        a.request.signaled = true;
        a.request.sgeCount = 4;
        int[] lengths = {100, 0, 1, 199};
        int at = 0;
        for (int i = 0; i < 4; i++) {
            a.request.sgeAddress[i] = a.buffer + at;
            a.request.sgeLengthBytes[i] = lengths[i];
            a.request.sgeLocalKey[i] = a.all.localKey();
            at += lengths[i];
        }
        assertThat(a.qp.postSend(a.request)).isZero();
        assertDone(b.completion(), WcOpcode.RECV, 300);
        assertThat(b.bytes(0, 300)).isEqualTo(a.bytes(0, 300));
    }

    @Test
    void aRegisteredRegionHasItsOwnAddresses() {
        connect(QpType.RC);
        long virtual = 0x7f00_1234_5678L;
        MemoryRegion region = b.pd.register(virtual, b.buffer + 0x1678, 20_000, true);
        a.fill(0, 20_000, 4);
        a.request.remoteAddress = virtual;
        a.request.remoteKey = region.remoteKey();
        a.post(Opcode.RDMA_WRITE, 0, 20_000);
        assertDone(a.completion(), WcOpcode.RDMA_WRITE, -1);
        assertThat(b.bytes(0x1678, 20_000)).isEqualTo(a.bytes(0, 20_000));
        a.request.remoteAddress = virtual + 1;
        a.post(Opcode.RDMA_WRITE, 0, 20_000);
        assertThat(a.completion().status).isEqualTo(WcStatus.REM_ACCESS_ERR);
    }

    @Test
    void unreliableConnectedAndDatagram() {
        connect(QpType.UC);
        a.fill(0, 9000, 8);
        b.receive(1, 0, 10_000);
        a.post(Opcode.SEND, 0, 9000);
        assertDone(b.completion(), WcOpcode.RECV, 9000);
        assertThat(b.bytes(0, 9000)).isEqualTo(a.bytes(0, 9000));

        connect(QpType.UD);
        a.fill(0, 500, 2);
        b.receive(2, 0, 4096);
        a.request.remoteLid = b.lid();
        a.request.remoteQpn = b.qp.qpn();
        a.request.remoteQkey = b.attributes.qkey;
        a.post(Opcode.SEND, 0, 500);
        WorkCompletion received = b.completion();
        assertDone(received, WcOpcode.RECV, 540);
        assertThat(received.sourceLid).isEqualTo(21);
        assertThat(received.sourceQpn).isEqualTo(a.qp.qpn());
        assertThat(b.bytes(40, 500)).isEqualTo(a.bytes(0, 500));
        a.request.remoteQkey = 1;
        a.post(Opcode.SEND, 0, 500);
        assertThat(b.isIdle()).as("wrong Q_Key").isTrue();
    }

    @Test
    void ringsWrapManyTimes() {
        connect(QpType.RC);
        for (int i = 0; i < 1000; i++) {
            assertThat(b.receive(i, 0, 64)).isZero();
            a.node.memory.putInt(a.buffer, i);
            assertThat(a.post(Opcode.SEND, 0, 64)).isZero();
            WorkCompletion received = b.completion();
            assertThat(received.workRequestId).isEqualTo(i);
            assertThat(b.node.memory.getInt(b.buffer)).isEqualTo(i);
            a.completion();
        }
        assertThat(a.isIdle()).isTrue();
    }

    @Test
    void unsignaledSendsFreeTheirSlotsWithTheNextSignaledOne() {
        connect(QpType.RC);
        int depth = a.qp.capabilities().maxSendWr();
        a.target(b, 0);
        a.request.opcode = Opcode.RDMA_WRITE;
        a.request.single(a.buffer, 8, a.all.localKey());
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < depth; i++) {
                a.request.signaled = i == depth - 1;
                a.request.workRequestId = i;
                assertThat(a.qp.postSend(a.request)).isZero();
            }
            assertThat(a.qp.postSend(a.request)).as("full").isEqualTo(-12);
            assertThat(a.completion().workRequestId).isEqualTo(depth - 1);
            assertThat(a.isIdle()).isTrue();
        }
    }

    @Test
    void notificationComesOnceForEachRequest() {
        connect(QpType.RC);
        for (int i = 0; i < 4; i++) {
            b.receive(i, 0, 64);
        }
        a.post(Opcode.SEND, 0, 8);
        assertThat(b.events).as("not armed").isZero();
        b.completion();
        b.cq.requestNotification(false);
        assertThat(b.events).isZero();
        a.post(Opcode.SEND, 0, 8);
        assertThat(b.events).isEqualTo(1);
        a.post(Opcode.SEND, 0, 8);
        assertThat(b.events).as("one a request").isEqualTo(1);
        b.completion();
        b.cq.requestNotification(false);
        assertThat(b.events).as("one is waiting already").isEqualTo(2);
        b.completion();
        b.cq.requestNotification(true);
        a.post(Opcode.SEND, 0, 8);
        assertThat(b.events).as("only a solicited one counts").isEqualTo(2);
    }

    @Test
    void solicitedSendWakesWhoAskedForSolicited() {
        connect(QpType.RC);
        b.receive(1, 0, 64);
        b.cq.requestNotification(true);
        a.request.solicited = true;
        a.post(Opcode.SEND, 0, 8);
        assertThat(b.events).isEqualTo(1);
    }
}
