package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.prm.BindSegment;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.FastRegSegment;
import org.legoos.mlx4.prm.LocalInvalSegment;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.MptEntry;
import org.legoos.mlx4.prm.MttEntry;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.Syndrome;
import org.legoos.mlx4.prm.WqeOpcode;

/** Fast registration, memory windows and invalidation by work requests, as Linux's mlx4_ib posts them. */
class KeyOperationsTest extends TwoCards {
    private static final int FAST_REG_INDEX = 0x40;
    private static final int WINDOW_INDEX = 0x41;
    private static final int PAGES = 4;
    private static final int PAGE = MiniDriver.PAGE;
    private static final long IOVA = 0x7000_0000_0000L;

    private int variant;

    KeyOperationsTest() {
        super(PAGES * PAGE);
    }

    @BeforeEach
    void connect() {
        connectReliably();
    }

    // ---- fast registration ----

    @Test
    void aFastRegisteredRegionTakesWritesAndIsThenGone() {
        int key = freeFastRegKey();
        fastRegister(key, true);
        assertOk(b, cqB, WqeOpcode.FAST_REG);
        write(key, IOVA + 0x1010, 0x11223344);
        assertOk(a, cqA, WqeOpcode.RDMA_WRITE);
        assertThat(b.m.get(ValueLayout.JAVA_INT, bufB + 0x1010)).isEqualTo(0x11223344);
        invalidate(key);
        assertOk(b, cqB, WqeOpcode.LOCAL_INVAL);
        write(key, IOVA, 1);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.REMOTE_ACCESS);
    }

    @Test
    void anotherVariantOfTheKeyServesTheNextRegistration() {
        int key = freeFastRegKey();
        fastRegister(key, true);
        assertOk(b, cqB, WqeOpcode.FAST_REG);
        fastRegister(key + 1, true);
        assertThat(CqEntry.OPCODE.get(b.m, cqB.poll())).as("not free").isEqualTo(CqEntry.OP_ERROR);
        b.must(Opcode.TO_RST_QP, 0x51, 2, 0, 0);
    }

    @Test
    void aListWithAPageMissingIsNoRegion() {
        int key = freeFastRegKey();
        fastRegister(key, false);
        assertThat(CqEntry.SYNDROME.get(b.m, cqB.poll())).isEqualTo(Syndrome.LOCAL_PROT);
        b.must(Opcode.QUERY_MPT, FAST_REG_INDEX, 0, 0, b.outBox);
        assertThat(MptEntry.STATUS.get(b.m, b.outBox)).isEqualTo(MptEntry.STATUS_FREE);
    }

    @Test
    void aSendInvalidatesTheKeyThatItNames() {
        int key = freeFastRegKey();
        fastRegister(key, true);
        assertOk(b, cqB, WqeOpcode.FAST_REG);
        qpB.receive(keyB, bufB, 64);
        long at = qpA.nextSend();
        qpA.data(at + 16, keyA, bufA, 8);
        qpA.post(at, WqeOpcode.SEND_INVAL, 2, 0, key);
        assertOk(a, cqA, WqeOpcode.SEND_INVAL);
        long cqe = cqB.poll();
        assertThat(CqEntry.OPCODE.get(b.m, cqe)).isEqualTo(CqEntry.OP_RECV_SEND_INVAL);
        assertThat(CqEntry.IMMEDIATE.get(b.m, cqe)).isEqualTo(key);
        b.must(Opcode.QUERY_MPT, FAST_REG_INDEX, 0, 0, b.outBox);
        assertThat(MptEntry.STATUS.get(b.m, b.outBox)).isEqualTo(MptEntry.STATUS_FREE);
    }

    @Test
    void anOrdinaryRegionCannotBeInvalidated() {
        invalidate(keyB);
        assertThat(CqEntry.SYNDROME.get(b.m, cqB.poll())).isEqualTo(Syndrome.LOCAL_QP_OP);
    }

    private int freeFastRegKey() {
        int key = MemKey.of(FAST_REG_INDEX, 0x10);
        long pages = b.alloc(PAGE); // translations are reserved, and written by the card
        long mtt = b.mtt(pages, PAGES * PAGE);
        b.clearIn();
        MptEntry.REGION.set(b.m, b.inBox, 1);
        MptEntry.STATUS.set(b.m, b.inBox, MptEntry.STATUS_FREE);
        MptEntry.MEM_KEY.set(b.m, b.inBox, MemKey.toHardware(key));
        MptEntry.PD.set(b.m, b.inBox, MiniDriver.PD);
        MptEntry.FAST_REG_ENABLE.set(b.m, b.inBox, 1);
        MptEntry.ENABLE_INVALIDATE.set(b.m, b.inBox, 3);
        MptEntry.MTT_ADDR.set(b.m, b.inBox, mtt);
        MptEntry.MTT_COUNT.set(b.m, b.inBox, PAGES);
        MptEntry.ENTITY_SIZE.set(b.m, b.inBox, 12);
        b.must(Opcode.SW2HW_MPT, FAST_REG_INDEX, 0, b.inBox, 0);
        return key;
    }

    private void fastRegister(int key, boolean isWhole) {
        long list = b.alloc(PAGE);
        for (int i = 0; i < PAGES; i++) {
            MttEntry.ENTRY.set(b.m, list + i * 8L, isWhole || i != 2 ? MttEntry.present(bufB + i * PAGE) : 0);
        }
        long at = qpB.nextSend();
        FastRegSegment.REMOTE_WRITE.set(b.m, at + 16, 1);
        FastRegSegment.LOCAL_WRITE.set(b.m, at + 16, 1);
        FastRegSegment.KEY.set(b.m, at + 16, key);
        FastRegSegment.PAGE_LIST.set(b.m, at + 16, list);
        FastRegSegment.START.set(b.m, at + 16, IOVA);
        FastRegSegment.LENGTH.set(b.m, at + 16, PAGES * PAGE);
        FastRegSegment.LOG_PAGE_SIZE.set(b.m, at + 16, 12);
        qpB.post(at, WqeOpcode.FAST_REG, 4, 0, 0);
    }

    private void invalidate(int key) {
        long at = qpB.nextSend();
        LocalInvalSegment.KEY.set(b.m, at + 16, key);
        qpB.post(at, WqeOpcode.LOCAL_INVAL, 3, 0, 0);
    }

    // ---- memory windows ----

    @Test
    void aWindowShowsAPartOfItsRegionUntilItIsBoundToNothing() {
        int key = window(false);
        write(key, bufB, 1);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).as("not bound").isEqualTo(Syndrome.REMOTE_ACCESS);
        reconnect();
        bind(key + 1, bufB + 64, PAGE, false, false);
        assertOk(b, cqB, WqeOpcode.BIND_MW);
        write(key + 1, bufB + 64, 0x55667788);
        assertOk(a, cqA, WqeOpcode.RDMA_WRITE);
        assertThat(b.m.get(ValueLayout.JAVA_INT, bufB + 64)).isEqualTo(0x55667788);
        assertThat(b.command(Opcode.HW2SW_MPT, MemKey.index(keyB), 1, 0, 0)).isEqualTo(CmdStatus.REG_BOUND);
        write(key + 1, bufB, 1);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).as("before it").isEqualTo(Syndrome.REMOTE_ACCESS);
        reconnect();
        bind(key + 2, 0, 0, false, false);
        assertOk(b, cqB, WqeOpcode.BIND_MW);
        b.must(Opcode.HW2SW_MPT, MemKey.index(keyB), 1, 0, 0);
    }

    @Test
    void aZeroBasedWindowOfTypeTwoIsForItsQueuePairAndCanBeInvalidated() {
        int key = window(true);
        bind(key, bufB + 0x1008, PAGE, true, true);
        assertOk(b, cqB, WqeOpcode.BIND_MW);
        write(key, 8, 0x1a2b3c4d);
        assertOk(a, cqA, WqeOpcode.RDMA_WRITE);
        assertThat(b.m.get(ValueLayout.JAVA_INT, bufB + 0x1010)).isEqualTo(0x1a2b3c4d);
        MiniQp otherA = MiniQp.rc(a, 0x60, cqA);
        MiniQp otherB = MiniQp.rc(b, 0x61, cqB);
        otherA.connect(2, 0x61, 0, 0);
        otherB.connect(1, 0x60, 0, 0);
        otherA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 4, key, 8, 0);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.REMOTE_ACCESS);
        invalidate(key);
        assertOk(b, cqB, WqeOpcode.LOCAL_INVAL);
        b.must(Opcode.HW2SW_MPT, MemKey.index(keyB), 1, 0, 0);
    }

    @Test
    void aWindowGivesNoMoreThanItsRegion() {
        int key = window(false);
        bind(key + 1, bufB + (PAGES - 1) * PAGE, 2 * PAGE, false, false);
        assertThat(CqEntry.SYNDROME.get(b.m, cqB.poll())).isEqualTo(Syndrome.MW_BIND);
    }

    private int window(boolean isType2) {
        int key = MemKey.of(WINDOW_INDEX, 0x10 + variant++);
        b.clearIn();
        MptEntry.STATUS.set(b.m, b.inBox, isType2 ? MptEntry.STATUS_FREE : MptEntry.STATUS_HW);
        MptEntry.MEM_KEY.set(b.m, b.inBox, MemKey.toHardware(key));
        MptEntry.PD.set(b.m, b.inBox, MiniDriver.PD);
        MptEntry.BOUND_TO_QP.set(b.m, b.inBox, isType2 ? 1 : 0);
        MptEntry.ENABLE_INVALIDATE.set(b.m, b.inBox, isType2 ? 3 : 0);
        MptEntry.ENTITY_SIZE.set(b.m, b.inBox, 12);
        b.must(Opcode.SW2HW_MPT, WINDOW_INDEX, 0, b.inBox, 0);
        return key;
    }

    private void bind(int key, long address, long length, boolean isType2, boolean isZeroBased) {
        long at = qpB.nextSend();
        BindSegment.REMOTE_WRITE.set(b.m, at + 16, 1);
        BindSegment.TYPE_2.set(b.m, at + 16, isType2 ? 1 : 0);
        BindSegment.ZERO_BASED.set(b.m, at + 16, isZeroBased ? 1 : 0);
        BindSegment.NEW_RKEY.set(b.m, at + 16, key);
        BindSegment.REGION_LKEY.set(b.m, at + 16, keyB);
        BindSegment.ADDRESS.set(b.m, at + 16, address);
        BindSegment.LENGTH.set(b.m, at + 16, length);
        qpB.post(at, WqeOpcode.BIND_MW, 3, 0, 0);
    }

    // ---- common ----

    private void write(int key, long va, int value) {
        a.m.set(ValueLayout.JAVA_INT, bufA, value);
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 4, key, va, 0);
    }

    /** After an error both queue pairs begin anew. */
    private void reconnect() {
        a.must(Opcode.TO_RST_QP, qpA.qpn, 2, 0, 0);
        b.must(Opcode.TO_RST_QP, qpB.qpn, 2, 0, 0);
        qpA = MiniQp.rc(a, 0x50, cqA);
        qpB = MiniQp.rc(b, 0x51, cqB);
        qpA.connect(2, 0x51, 0, 0);
        qpB.connect(1, 0x50, 0, 0);
    }

    private static void assertOk(MiniDriver d, MiniCq cq, int opcode) {
        long cqe = cq.poll();
        assertThat(cqe).as("a completion").isNotNegative();
        assertThat(CqEntry.OPCODE.get(d.m, cqe)).as("syndrome %02x", CqEntry.SYNDROME.get(d.m, cqe)).isEqualTo(opcode);
    }
}
