package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.ib.Access;
import org.legoos.kernel.ib.FastRegion;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.MemoryWindow;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;
import org.legoos.kernel.ib.WcOpcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;

/** Work requests about keys (fast registration, windows, invalidation) and masked atomics, driver on card model. */
class KeyRequestsTest {
    private static final int EINVAL = 22;
    private static final int PAGE = 4096;
    private static final long IOVA = 0x7000_0000_0000L;
    private static final int ALL = Access.LOCAL_WRITE | Access.REMOTE_WRITE | Access.REMOTE_READ | Access.REMOTE_ATOMIC;

    private final VirtualClock clock = new VirtualClock();
    private final TwoNodes nodes = TwoNodes.onACable(clock);
    private final BareNode nodeA = nodes.a;
    private final BareNode nodeB = nodes.b;
    private Verbs a;
    private Verbs b;

    @BeforeEach
    void boot() {
        a = new Verbs(nodeA, QpType.RC, 16);
        b = new Verbs(nodeB, QpType.RC, 16);
        Verbs.connect(a, b);
    }

    @AfterEach
    void powerOff() {
        nodes.close();
    }

    private WorkCompletion local(Verbs at, Opcode opcode) {
        at.request.opcode = opcode;
        at.request.signaled = true;
        at.request.workRequestId = 9;
        assertThat(at.qp.postSend(at.request)).isZero();
        return at.completion();
    }

    /** B's pages 3, 1 and 5 as one region from the middle of a page on. */
    private FastRegion registered() {
        FastRegion region = b.pd.allocFastRegion(4);
        long[] pages = {b.buffer + 3 * PAGE, b.buffer + PAGE, b.buffer + 5 * PAGE};
        assertThat(region.setPages(IOVA + 0x800, 2 * PAGE, pages, 3)).isZero();
        b.request.region = region;
        b.request.access = ALL;
        assertThat(local(b, Opcode.REG_MR).opcode).isEqualTo(WcOpcode.REG_MR);
        return region;
    }

    private WcStatus write(int key, long va, int lengthBytes) {
        a.request.remoteAddress = va;
        a.request.remoteKey = key;
        assertThat(a.post(Opcode.RDMA_WRITE, 0, lengthBytes)).isZero();
        return a.completion().status;
    }

    @Test
    void aFastRegionMapsScatteredPagesUntilItIsInvalidated() {
        FastRegion region = registered();
        a.fill(0, 2 * PAGE, 5);
        assertThat(write(region.remoteKey(), IOVA + 0x800, 2 * PAGE)).isEqualTo(WcStatus.SUCCESS);
        assertThat(b.bytes(3 * PAGE + 0x800, PAGE - 0x800)).isEqualTo(a.bytes(0, PAGE - 0x800));
        assertThat(b.bytes(PAGE, PAGE)).isEqualTo(a.bytes(PAGE - 0x800, PAGE));
        assertThat(b.bytes(5 * PAGE, 0x800)).isEqualTo(a.bytes(2 * PAGE - 0x800, 0x800));
        b.request.invalidateKey = region.remoteKey();
        WorkCompletion done = local(b, Opcode.LOCAL_INV);
        assertThat(done.opcode).isEqualTo(WcOpcode.LOCAL_INV);
        assertThat(done.status).isEqualTo(WcStatus.SUCCESS);
        int old = region.remoteKey();
        assertThat(region.nextKey()).isNotEqualTo(old);
        assertThat(local(b, Opcode.REG_MR).status).isEqualTo(WcStatus.SUCCESS);
        assertThat(write(region.remoteKey(), IOVA + 0x800, 64)).isEqualTo(WcStatus.SUCCESS);
        assertThat(write(old, IOVA + 0x800, 64)).isEqualTo(WcStatus.REM_ACCESS_ERR);
        region.close();
    }

    @Test
    void aPeerInvalidatesARegionWithItsMessage() {
        FastRegion region = registered();
        assertThat(b.receive(7, 0, 64)).isZero();
        a.request.invalidateKey = region.remoteKey();
        assertThat(a.post(Opcode.SEND_WITH_INV, 0, 8)).isZero();
        assertThat(a.completion().status).isEqualTo(WcStatus.SUCCESS);
        WorkCompletion received = b.completion();
        assertThat(received.workRequestId).isEqualTo(7);
        assertThat(received.invalidatedKey).isEqualTo(region.remoteKey());
        assertThat(write(region.remoteKey(), IOVA + 0x800, 8)).isEqualTo(WcStatus.REM_ACCESS_ERR);
    }

    @Test
    void aWindowOpensAPartOfARegion() {
        MemoryRegion region = b.pd.register(IOVA, b.buffer, 4 * PAGE, Access.LOCAL_WRITE | Access.WINDOW_BIND);
        assertThat(write(region.remoteKey(), IOVA, 8)).as("has no remote rights itself").isEqualTo(WcStatus.REM_ACCESS_ERR);
        Verbs owner = b;
        reconnect();
        MemoryWindow window = b.pd.allocWindow();
        bind(window, region, IOVA + PAGE, PAGE);
        a.fill(0, 64, 3);
        assertThat(write(window.remoteKey(), IOVA + PAGE + 16, 64)).isEqualTo(WcStatus.SUCCESS);
        assertThat(owner.bytes(PAGE + 16, 64)).isEqualTo(a.bytes(0, 64));
        b.request.invalidateKey = window.remoteKey();
        assertThat(local(b, Opcode.LOCAL_INV).status).isEqualTo(WcStatus.SUCCESS);
        window.nextKey();
        bind(window, region, IOVA, PAGE);
        assertThat(write(window.remoteKey(), IOVA, 8)).isEqualTo(WcStatus.SUCCESS);
        assertThat(write(window.remoteKey(), IOVA + PAGE - 4, 8)).as("beyond it").isEqualTo(WcStatus.REM_ACCESS_ERR);
        window.close();
        region.close();
    }

    private void bind(MemoryWindow window, MemoryRegion region, long address, long lengthBytes) {
        b.request.window = window;
        b.request.boundLocalKey = region.localKey();
        b.request.boundAddress = address;
        b.request.boundLengthBytes = lengthBytes;
        b.request.access = Access.REMOTE_WRITE;
        WorkCompletion bound = local(b, Opcode.BIND_MW);
        assertThat(bound.status).isEqualTo(WcStatus.SUCCESS);
        assertThat(bound.opcode).isEqualTo(WcOpcode.BIND_MW);
    }

    private void reconnect() {
        a = new Verbs(nodeA, QpType.RC, 16);
        b = new Verbs(nodeB, QpType.RC, 16, null, b.pd);
        Verbs.connect(a, b);
    }

    @Test
    void requestsThatDoNotFitAreRefusedAtOnce() {
        FastRegion region = b.pd.allocFastRegion(2);
        assertThat(region.setPages(IOVA, 3 * PAGE, new long[] {b.buffer, b.buffer, b.buffer}, 3)).isEqualTo(-EINVAL);
        assertThat(region.setPages(IOVA + 1, 2 * PAGE, new long[] {b.buffer, b.buffer}, 2)).isEqualTo(-EINVAL);
        b.request.opcode = Opcode.REG_MR;
        b.request.region = region;
        assertThat(b.qp.postSend(b.request)).as("has no pages").isEqualTo(-EINVAL);
        b.request.opcode = Opcode.BIND_MW;
        assertThat(b.qp.postSend(b.request)).as("no window").isEqualTo(-EINVAL);
        b.request.opcode = Opcode.MASKED_ATOMIC_CMP_AND_SWP;
        Verbs narrow = new Verbs(nodeB, QpType.RC, 16, null, b.pd, new QpCapabilities(16, 16, 1, 1, 0));
        assertThat(narrow.qp.toInit(narrow.attributes)).isZero();
        assertThat(narrow.qp.postSend(b.request)).isEqualTo(-EINVAL);
        b.request.invalidateKey = 0x4242_4200;
        assertThat(local(b, Opcode.LOCAL_INV).status).isEqualTo(WcStatus.LOC_QP_OP_ERR);
    }

    @Test
    void maskedAtomics() {
        b.node.memory.putLong(b.buffer, 0x00ff_00ff_ffff_ffffL);
        a.target(b, 0);
        a.request.compareAdd = 0x0001_0001_0000_0001L;
        a.request.compareAddMask = 0x8000_8000_8000_8000L;
        assertThat(a.post(Opcode.MASKED_ATOMIC_FETCH_AND_ADD, 64, 8)).isZero();
        WorkCompletion done = a.completion();
        assertThat(done.opcode).isEqualTo(WcOpcode.FETCH_ADD);
        assertThat(b.node.memory.getLong(b.buffer)).isEqualTo(0x0100_0100_ffff_0000L);
        assertThat(a.node.memory.getLong(a.buffer + 64)).isEqualTo(0x00ff_00ff_ffff_ffffL);
        a.request.compareAdd = 0xffff_0000L;
        a.request.compareAddMask = 0xffff_0000L;
        a.request.swap = -1;
        a.request.swapMask = 0xff;
        assertThat(a.post(Opcode.MASKED_ATOMIC_CMP_AND_SWP, 64, 8)).isZero();
        assertThat(a.completion().opcode).isEqualTo(WcOpcode.COMP_SWAP);
        assertThat(b.node.memory.getLong(b.buffer)).isEqualTo(0x0100_0100_ffff_00ffL);
    }
}
