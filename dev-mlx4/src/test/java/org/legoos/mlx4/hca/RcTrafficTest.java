package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.prm.AtomicSegment;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqDoorbell;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.Hex;
import org.legoos.mlx4.prm.InlineSegment;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.RemoteAddrSegment;
import org.legoos.mlx4.prm.Syndrome;
import org.legoos.mlx4.prm.WqeOpcode;

/** Two cards with a cable between them, each driven through its registers only. */
class RcTrafficTest {
    private static final int QPN_A = 0x50;
    private static final int QPN_B = 0x61;
    private static final int BUFFER_BYTES = 1 << 20;

    private final VirtualClock clock = new VirtualClock();
    private final MiniDriver a = new MiniDriver("a", 0x0002c90300000010L, clock);
    private final MiniDriver b = new MiniDriver("b", 0x0002c90300000020L, clock);
    private MiniCq cqA;
    private MiniCq cqB;
    private MiniQp qpA;
    private MiniQp qpB;
    private long bufA;
    private long bufB;
    private int keyA;
    private int keyB;

    @BeforeEach
    void connect() {
        Link.connect(a.hca.port(1), b.hca.port(1), clock);
        for (MiniDriver d : new MiniDriver[] {a, b}) {
            d.bringUp();
            d.enableInterrupts();
            d.createEq(7);
            d.activate(d == a ? 1 : 2);
        }
        a.setActive();
        b.setActive();
        cqA = a.createCq(0x80, 8);
        cqB = b.createCq(0x90, 8);
        qpA = MiniQp.rc(a, QPN_A, cqA);
        qpB = MiniQp.rc(b, QPN_B, cqB);
        qpA.connect(2, QPN_B, 0x111, 0x222);
        qpB.connect(1, QPN_A, 0x222, 0x111);
        bufA = a.alloc(BUFFER_BYTES);
        bufB = b.alloc(BUFFER_BYTES);
        keyA = a.registerAll(bufA, BUFFER_BYTES);
        keyB = b.registerAll(bufB, BUFFER_BYTES);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    private static byte[] pattern(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void fill(MiniDriver d, long pa, byte[] bytes) {
        MemorySegment.copy(bytes, 0, d.m, ValueLayout.JAVA_BYTE, pa, bytes.length);
    }

    private static byte[] bytes(MiniDriver d, long pa, int length) {
        return d.m.asSlice(pa, length).toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void writeWithImmediateAcrossManyPackets() {
        byte[] data = pattern(1, 70_000);
        fill(a, bufA + 100, data);
        qpB.receive(keyB, bufB, 64);
        qpA.rdma(WqeOpcode.RDMA_WRITE_IMM, keyA, bufA + 100, data.length, keyB, bufB + 4000, 0xcafe0001);
        long sent = cqA.poll();
        assertThat(sent).isNotNegative();
        assertThat(CqEntry.OPCODE.get(a.m, sent)).isEqualTo(WqeOpcode.RDMA_WRITE_IMM);
        assertThat(CqEntry.IS_SEND.get(a.m, sent)).isEqualTo(1);
        assertThat(CqEntry.QPN.get(a.m, sent)).isEqualTo(QPN_A);
        long received = cqB.poll();
        assertThat(received).isNotNegative();
        assertThat(CqEntry.OPCODE.get(b.m, received)).isEqualTo(CqEntry.OP_RECV_WRITE_IMM);
        assertThat(CqEntry.IMMEDIATE.get(b.m, received)).isEqualTo(0xcafe0001);
        assertThat(CqEntry.BYTE_COUNT.get(b.m, received)).isEqualTo(data.length);
        assertThat(CqEntry.QPN.get(b.m, received)).isEqualTo(QPN_B);
        assertThat(bytes(b, bufB + 4000, data.length)).isEqualTo(data);
        assertThat(bytes(b, bufB + 4000 + data.length, 64)).containsOnly(0);
    }

    @Test
    void sendCompletionsAreTheDocumentedBytes() {
        qpB.receive(keyB, bufB, 4096);
        qpA.send(WqeOpcode.SEND, keyA, bufA, 64);
        assertThat(Hex.of(a.m, cqA.poll(), 32))
                .isEqualTo("00000050000000000000000000000000" + "0000000000000040000000000000004a");
        assertThat(Hex.of(b.m, cqB.poll(), 32))
                .isEqualTo("00000061000000000000000000000000" + "00000000000000400000000000000001");
    }

    @Test
    void ringsGoAroundManyTimes() {
        for (int i = 0; i < 1000; i++) {
            byte[] data = pattern(i, 1 + i % 300);
            fill(a, bufA, data);
            qpB.receive(keyB, bufB + (i & 15) * 512L, 512);
            qpA.send(WqeOpcode.SEND, keyA, bufA, data.length);
            assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.SEND);
            long received = cqB.poll();
            assertThat(CqEntry.BYTE_COUNT.get(b.m, received)).isEqualTo(data.length);
            assertThat(CqEntry.WQE_INDEX.get(b.m, received)).isEqualTo(i);
            assertThat(bytes(b, bufB + (i & 15) * 512L, data.length)).isEqualTo(data);
        }
    }

    @Test
    void readFetchesRemoteMemory() {
        byte[] data = pattern(3, 50_000);
        fill(b, bufB + 5000, data);
        qpA.rdma(WqeOpcode.RDMA_READ, keyA, bufA, data.length, keyB, bufB + 5000, 0);
        long done = cqA.poll();
        assertThat(CqEntry.OPCODE.get(a.m, done)).isEqualTo(WqeOpcode.RDMA_READ);
        assertThat(CqEntry.BYTE_COUNT.get(a.m, done)).isEqualTo(data.length);
        assertThat(bytes(a, bufA, data.length)).isEqualTo(data);
    }

    @Test
    void atomicsWorkOnHostOrderWords() {
        b.ram.putLong(bufB + 8, 40);
        atomic(WqeOpcode.ATOMIC_FA, bufB + 8, 2, 0);
        assertThat(a.ram.getLong(bufA)).isEqualTo(40);
        assertThat(b.ram.getLong(bufB + 8)).isEqualTo(42);
        atomic(WqeOpcode.ATOMIC_CS, bufB + 8, 7, 42);
        assertThat(a.ram.getLong(bufA)).isEqualTo(42);
        assertThat(b.ram.getLong(bufB + 8)).isEqualTo(7);
        atomic(WqeOpcode.ATOMIC_CS, bufB + 8, 9, 42);
        assertThat(b.ram.getLong(bufB + 8)).isEqualTo(7);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.ATOMIC_FA);
    }

    private void atomic(int opcode, long va, long swapOrAdd, long compare) {
        long at = qpA.nextSend();
        RemoteAddrSegment.ADDRESS.set(a.m, at + 16, va);
        RemoteAddrSegment.RKEY.set(a.m, at + 16, keyB);
        AtomicSegment.SWAP_ADD.set(a.m, at + 32, swapOrAdd);
        AtomicSegment.COMPARE.set(a.m, at + 32, compare);
        qpA.data(at + 48, keyA, bufA, 8);
        qpA.post(at, opcode, 4, 0, 0);
    }

    @Test
    void inlineDataComesFromTheWqe() {
        qpB.receive(keyB, bufB, 64);
        long at = qpA.nextSend();
        a.m.set(ValueLayout.JAVA_INT_UNALIGNED, at + 16, 0);
        InlineSegment.BYTE_COUNT.set(a.m, at + 16, 5);
        InlineSegment.INLINE.set(a.m, at + 16, 1);
        fill(a, at + 20, "hello".getBytes());
        qpA.post(at, WqeOpcode.SEND, 2, 0, 0);
        assertThat(CqEntry.BYTE_COUNT.get(b.m, cqB.poll())).isEqualTo(5);
        assertThat(new String(bytes(b, bufB, 5))).isEqualTo("hello");
    }

    @Test
    void completionEventsComeWhenArmed() {
        qpB.receive(keyB, bufB, 64);
        qpB.receive(keyB, bufB, 64);
        qpB.receive(keyB, bufB, 64);
        b.armEq();
        while (b.pollEq() >= 0) { }
        b.armEq();
        int before = b.interrupts.get();
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        assertThat(b.interrupts).as("not armed").hasValue(before);
        cqB.poll();
        cqB.arm(CqDoorbell.CMD_NEXT_ANY);
        assertThat(b.interrupts).hasValue(before);
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        assertThat(b.interrupts).hasValue(before + 1);
        long event = b.pollEq();
        assertThat(EqEntry.TYPE.get(b.m, event)).isEqualTo(EventType.COMPLETION);
        assertThat(EqEntry.RESOURCE.get(b.m, event)).isEqualTo(0x90);
        b.armEq();
        cqB.arm(CqDoorbell.CMD_NEXT_ANY);
        assertThat(b.interrupts).as("stale sequence number").hasValue(before + 1);
        cqB.nextSn();
        cqB.arm(CqDoorbell.CMD_NEXT_SOLICITED);
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        assertThat(b.interrupts).as("not solicited").hasValue(before + 1);
        qpB.receive(keyB, bufB, 64);
        long at = qpA.nextSend();
        qpA.data(at + 16, keyA, bufA, 8);
        qpA.post(at, WqeOpcode.SEND, 2, 1, 0);
        assertThat(b.interrupts).hasValue(before + 2);
    }

    @Test
    void aBadRemoteKeyFailsTheRequestAndFlushesTheRest() {
        int readOnly = b.register(b.alloc(4096), 4096, Region.LOCAL_READ | Region.REMOTE_READ);
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 64, readOnly, bufB, 0);
        long failed = cqA.poll();
        assertThat(CqEntry.OPCODE.get(a.m, failed)).isEqualTo(CqEntry.OP_ERROR);
        assertThat(CqEntry.SYNDROME.get(a.m, failed)).isEqualTo(Syndrome.REMOTE_ACCESS);
        qpA.send(WqeOpcode.SEND, keyA, bufA, 64);
        qpA.receive(keyA, bufA, 64);
        long flushed = cqA.poll();
        assertThat(CqEntry.SYNDROME.get(a.m, flushed)).isEqualTo(Syndrome.WR_FLUSH);
        assertThat(CqEntry.WQE_INDEX.get(a.m, flushed)).isEqualTo(1);
        a.must(Opcode.QUERY_QP, QPN_A, 0, 0, a.outBox);
        assertThat(QpContext.STATE.get(a.m, a.outBox + QpContext.MAILBOX_OFFSET)).isEqualTo(6);
    }

    @Test
    void aBadLocalKeyFailsBeforeAnythingIsSent() {
        qpA.send(WqeOpcode.SEND, 0x77700, bufA, 64);
        long failed = cqA.poll();
        assertThat(CqEntry.SYNDROME.get(a.m, failed)).isEqualTo(Syndrome.LOCAL_PROT);
        assertThat(cqB.poll()).isNegative();
    }

    @Test
    void accessEndsAtTheRegionsEndAndItsDomain() {
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 64, keyB, bufB + BUFFER_BYTES - 63, 0);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.REMOTE_ACCESS);
        assertThat(b.hca.counters().get(HcaCounters.Kind.KEY_ERRORS)).isEqualTo(1);
    }

    @Test
    void aRegionTakenBackIsNoLongerReachable() {
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 64, keyB, bufB, 0);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.RDMA_WRITE);
        b.must(Opcode.HW2SW_MPT, keyB >>> 8, 1, 0, 0);
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 64, keyB, bufB, 0);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.REMOTE_ACCESS);
    }

    @Test
    void operationsThatTheCardDoesNotHaveAreRefused() {
        long at = qpA.nextSend();
        qpA.post(at, WqeOpcode.LSO, 4, 0, 0);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.LOCAL_QP_OP);
        assertThat(a.hca.counters().get(HcaCounters.Kind.UNSUPPORTED_WQE)).isEqualTo(1);
    }

    @Test
    void anOverflowingCompletionQueueBreaksItsQueuePair() {
        MiniCq small = a.createCq(0x81, 1);
        MiniQp qp = MiniQp.of(a, 0x52, 0, small, small);
        qp.connect(2, 0x99, 0, 0);
        while (a.pollEq() >= 0) { }
        for (int i = 0; i < 4; i++) {
            qp.send(WqeOpcode.NOP, 0, 0, 0);
        }
        long event = a.pollEq();
        assertThat(EqEntry.TYPE.get(a.m, event)).isEqualTo(EventType.CQ_ERROR);
        assertThat(EqEntry.RESOURCE.get(a.m, event)).isEqualTo(0x81);
        assertThat(EqEntry.CQ_SYNDROME.get(a.m, event)).isEqualTo(EventType.CQ_OVERRUN);
        event = a.pollEq();
        assertThat(EqEntry.TYPE.get(a.m, event)).isEqualTo(EventType.WQ_CATASTROPHIC_ERROR);
        assertThat(EqEntry.RESOURCE.get(a.m, event)).isEqualTo(0x52);
        a.must(Opcode.QUERY_QP, 0x52, 0, 0, a.outBox);
        assertThat(QpContext.STATE.get(a.m, a.outBox + QpContext.MAILBOX_OFFSET)).isEqualTo(6);
    }

    @Test
    void resetOfAQueuePairIsSilence() {
        assertThat(qpB.modify(Opcode.TO_RST_QP)).isEqualTo(CmdStatus.OK);
        qpB.receive(keyB, bufB, 64);
        qpA.send(WqeOpcode.SEND, keyA, bufA, 64);
        clock.advanceTo(10_000_000_000L);
        assertThat(cqB.poll()).isNegative();
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.TRANSPORT_RETRY_EXC);
    }

    @Test
    void portEventsTellWhenThePortIsUsable() {
        long event = a.pollEq();
        assertThat(Hex.of(a.m, event, 32)).as("LID 1, SM LID 1, prefix fe80::")
                .isEqualTo("001d0015000000010001000100000005" + "00000000fe8000000000000000000000");
        event = a.pollEq();
        assertThat(Hex.of(a.m, event, 16)).isEqualTo("00090004000000000000000010000000");
    }

    @Test
    void blueFlameIsADoorbell() {
        qpB.receive(keyB, bufB, 64);
        long at = qpA.nextSend();
        qpA.data(at + 16, keyA, bufA, 8);
        long before = a.hca.counters().get(HcaCounters.Kind.SEND_WQES);
        org.legoos.mlx4.prm.CtrlSegment.DS.set(a.m, at, 2);
        org.legoos.mlx4.prm.CtrlSegment.OWNER_OPCODE_WORD.set(a.m, at, WqeOpcode.SEND);
        long bf = org.legoos.mlx4.prm.Uar.UAR_AREA_BYTES + ((long) MiniDriver.UAR_PAGE << 12) + 256;
        a.hca.bar(2).write(bf, 8, Long.reverseBytes((long) WqeOpcode.SEND << 32 | (long) QPN_A << 8 | 2));
        assertThat(a.hca.counters().get(HcaCounters.Kind.SEND_WQES)).isEqualTo(before + 1);
        assertThat(cqB.poll()).isNotNegative();
    }

    @Test
    void everythingStopsAtACardReset() {
        a.writeDcs(org.legoos.mlx4.prm.Dcs.RESET, 1);
        byte[] before = bytes(a, cqA.pa, 64);
        qpA.send(WqeOpcode.SEND, keyA, bufA, 64);
        assertThat(bytes(a, cqA.pa, 64)).isEqualTo(before);
        assertThat(Arrays.equals(before, new byte[64])).isFalse();
        assertThat(a.hca.counters().get(HcaCounters.Kind.BAD_DOORBELL)).isPositive();
    }

    @Test
    void aCardTalksToItself() {
        MiniQp here = MiniQp.rc(a, 0x70, cqA);
        MiniQp there = MiniQp.of(a, 0x71, 0, a.createCq(0x82, 4), a.createCq(0x83, 4));
        here.connect(1, 0x71, 3, 4);
        there.connect(1, 0x70, 4, 3);
        byte[] data = pattern(9, 9000);
        fill(a, bufA, data);
        there.receive(keyA, bufA + 20_000, 9000);
        here.send(WqeOpcode.SEND, keyA, bufA, data.length);
        assertThat(CqEntry.BYTE_COUNT.get(a.m, there.receiveCq.poll())).isEqualTo(data.length);
        assertThat(bytes(a, bufA + 20_000, data.length)).isEqualTo(data);
    }

    @Test
    void queryShowsHowFarAQueuePairIs() {
        for (int i = 0; i < 3; i++) {
            qpB.receive(keyB, bufB, 64);
            qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        }
        a.must(Opcode.QUERY_QP, QPN_A, 0, 0, a.outBox);
        long context = a.outBox + QpContext.MAILBOX_OFFSET;
        assertThat(QpContext.STATE.get(a.m, context)).isEqualTo(3);
        assertThat(QpContext.NEXT_SEND_PSN.get(a.m, context)).isEqualTo(0x114);
        assertThat(QpContext.SQ_WQE_COUNTER.get(a.m, context)).isEqualTo(3);
        b.must(Opcode.QUERY_QP, QPN_B, 0, 0, b.outBox);
        context = b.outBox + QpContext.MAILBOX_OFFSET;
        assertThat(QpContext.NEXT_RECV_PSN.get(b.m, context)).isEqualTo(0x114);
        assertThat(QpContext.RQ_WQE_COUNTER.get(b.m, context)).isEqualTo(3);
        assertThat(QpContext.MSN.get(b.m, context)).isEqualTo(3);
    }

    @Test
    void translationsMovedUnderARegionAreSeenAfterSync() {
        long one = b.alloc(4096);
        long other = b.alloc(4096);
        int index = 0x200;
        long mtt = b.mtt(one, 4096);
        int key = b.registerAt(index, mtt, one);
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 64, key, one, 0);
        fill(a, bufA, pattern(4, 64));
        b.retarget(mtt, other);
        b.must(Opcode.SYNC_TPT, 0, 0, 0, 0);
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 64, key, one, 0);
        assertThat(bytes(b, other, 64)).isEqualTo(pattern(4, 64));
        assertThat(bytes(b, one, 64)).containsOnly(0);
    }
}
