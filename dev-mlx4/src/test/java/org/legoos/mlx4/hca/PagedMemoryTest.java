package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.WqeOpcode;

/**
 * Memory that the card sees only page by page, as behind an IOMMU, while software's translations have larger pages; and
 * memory that must be fetched before it is read and sent after it was written.
 */
class PagedMemoryTest {
    private static final int LOG_LARGE_PAGE = 16;
    private static final int LENGTH = 50_000;

    private final VirtualClock clock = new VirtualClock();
    private MiniDriver a;
    private MiniDriver b;

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    /** Never gives out more than a page at a time. */
    private record Paged(PhysicalMemory ram) implements Dma {
        @Override
        public MemorySegment backing(long guestPa, long lengthBytes) {
            boolean isInPage = lengthBytes <= MiniDriver.PAGE - (guestPa & MiniDriver.PAGE - 1);
            return isInPage ? ram.backing(guestPa, lengthBytes) : null;
        }

        @Override
        public long offset(long guestPa) {
            return guestPa;
        }
    }

    /** Works on a copy, which it brings up to date only when the card says that it reads, and stores when it wrote. */
    private static final class Copied implements Dma {
        private final PhysicalMemory ram;
        private final PhysicalMemory copy;

        Copied(PhysicalMemory ram) {
            this.ram = ram;
            copy = PhysicalMemory.ofSize(ram.sizeBytes());
        }

        @Override
        public MemorySegment backing(long guestPa, long lengthBytes) {
            return copy.backing(guestPa, lengthBytes);
        }

        @Override
        public boolean beforeRead(long guestPa, long lengthBytes) {
            MemorySegment.copy(ram.segment(), guestPa, copy.segment(), guestPa, lengthBytes);
            return true;
        }

        @Override
        public void afterWrite(long guestPa, long lengthBytes) {
            MemorySegment.copy(copy.segment(), guestPa, ram.segment(), guestPa, lengthBytes);
        }

        @Override
        public long offset(long guestPa) {
            return guestPa;
        }
    }

    @Test
    void transfersCrossPagesThatDoNotLieTogether() {
        boot(new MiniDriver("a", 0x10, clock, Paged::new), new MiniDriver("b", 0x20, clock, Paged::new));
        exchange();
    }

    @Test
    void memoryThatIsNotSharedIsFetchedAndSent() {
        boot(new MiniDriver("a", 0x10, clock, Copied::new), new MiniDriver("b", 0x20, clock, Copied::new));
        exchange();
    }

    private void boot(MiniDriver first, MiniDriver second) {
        a = first;
        b = second;
        Link.connect(a.hca.port(1), b.hca.port(1), clock);
        for (MiniDriver d : new MiniDriver[] {a, b}) {
            d.bringUp();
            d.createEq(6);
            d.activate(d == a ? 1 : 2);
        }
        a.setActive();
        b.setActive();
    }

    /** A SEND, a WRITE, a READ and an atomic between buffers that begin in the middle of a page. */
    private void exchange() {
        MiniCq cqA = a.createCq(0x80, 6);
        MiniCq cqB = b.createCq(0x80, 6);
        MiniQp qpA = MiniQp.rc(a, 0x50, cqA);
        MiniQp qpB = MiniQp.rc(b, 0x51, cqB);
        qpA.connect(2, 0x51, 0, 0);
        qpB.connect(1, 0x50, 0, 0);
        long bufA = aligned(a);
        long bufB = aligned(b);
        int keyA = a.registerLargePages(bufA, 2L << LOG_LARGE_PAGE, LOG_LARGE_PAGE);
        int keyB = b.registerLargePages(bufB, 2L << LOG_LARGE_PAGE, LOG_LARGE_PAGE);
        long fromA = bufA + 1000;
        long atB = bufB + 3000;
        for (int i = 0; i < LENGTH; i++) {
            a.m.set(ValueLayout.JAVA_BYTE, fromA + i, (byte) (i * 7 + (i >> 8)));
        }
        qpB.receive(keyB, atB, LENGTH);
        qpA.send(WqeOpcode.SEND, keyA, fromA, LENGTH);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.SEND);
        assertThat(CqEntry.BYTE_COUNT.get(b.m, cqB.poll())).isEqualTo(LENGTH);
        assertSame(fromA, b, atB);
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, fromA, LENGTH, keyB, atB + 60_000, 0);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.RDMA_WRITE);
        assertSame(fromA, b, atB + 60_000);
        qpA.rdma(WqeOpcode.RDMA_READ, keyA, bufA + 70_000, LENGTH, keyB, atB, 0);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.RDMA_READ);
        assertSame(fromA, a, bufA + 70_000);
        assertThat(a.hca.counters().get(HcaCounters.Kind.KEY_ERRORS)).isZero();
    }

    private static long aligned(MiniDriver d) {
        long block = 4L << LOG_LARGE_PAGE;
        return d.alloc(block) + (1L << LOG_LARGE_PAGE) - 1 & -(1L << LOG_LARGE_PAGE);
    }

    private void assertSame(long fromA, MiniDriver d, long at) {
        assertThat(MemorySegment.mismatch(a.m, fromA, fromA + LENGTH, d.m, at, at + LENGTH)).isEqualTo(-1);
    }
}
