package org.legoos.managers.processor.pcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PcacheGeometryTest {
    private static final long GIB = 1L << 30;

    /** The configuration whose boot output LegoOS's documentation has: memmap=4G$4G. */
    private final PcacheGeometry documented = PcacheGeometry.of(4 * GIB, 4 * GIB, 6);

    @Test
    void documentedExample() {
        assertThat(documented.lineCount()).isEqualTo(524288);
        assertThat(documented.wayCount()).isEqualTo(64);
        assertThat(documented.setCount()).isEqualTo(8192);
        assertThat(documented.usedBytes()).isEqualTo(0x84000000L);
        assertThat(documented.metadataBytes() / 4096).isEqualTo(16384);
        assertThat(documented.wayStrideBytes()).isEqualTo(0x2000000);
    }

    @Test
    void bootBlockOfTheDocumentedExample() {
        List<String> lines = documented.describe(true);
        assertThat(lines)
                .startsWith("Processor LLC Configurations:")
                .contains(
                        "    PhysStart:         0x100000000",
                        "    Registered Size:   0x100000000",
                        "    Actual Used Size:  0x84000000",
                        "    NR cachelines:     524288",
                        "    Associativity:     64",
                        "    NR Sets:           8192",
                        "    Cacheline size:    4096 B",
                        "    Metadata size:     128 B",
                        "    NR cacheline bits: 12 [ 0 - 11] 0x0000000000000fff",
                        "    NR set-index bits: 13 [12 - 24] 0x0000000001fff000",
                        "    NR tag bits:       39 [25 - 63] 0xfffffffffe000000",
                        "    NR pages for data: 524288",
                        "    NR pages for meta: 16384",
                        "    Cacheline (pa) range:   [       0x100000000 -        0x17fffffff]",
                        "    Metadata (pa) range:    [       0x180000000 -        0x183ffffff]",
                        "    Way cache stride:  0x2000000",
                        "    Memmap $ semantic: memblock reserved");
    }

    @Test
    void setIsBitsOfTheAddressWithoutAHash() {
        assertThat(documented.setOf(0)).isZero();
        assertThat(documented.setOf(0x1fff)).isEqualTo(1);
        assertThat(documented.setOf(0x7fff_ffff_f000L)).isEqualTo(8191);
        assertThat(documented.setOf(0x1234_0000_0000L + documented.wayStrideBytes())).isZero();
    }

    @Test
    void waysOfASetAreAStrideApart() {
        int line = documented.line(5, 3);
        assertThat(documented.linePa(line)).isEqualTo(4 * GIB + 5 * 4096 + 3 * documented.wayStrideBytes());
        assertThat(documented.setOfLine(line)).isEqualTo(5);
        assertThat(documented.lineAt(documented.linePa(line))).isEqualTo(line);
    }

    @Test
    void smallRangeReducesAssociativityAndSaysSo() {
        PcacheGeometry tiny = PcacheGeometry.of(0x100000, PcacheGeometry.UNIT_BYTES, 6);
        assertThat(tiny.lineCount()).isEqualTo(32);
        assertThat(tiny.wayCount()).isEqualTo(32);
        assertThat(tiny.setCount()).isEqualTo(1);
        assertThat(tiny.describe(true).getLast()).isEqualTo("Associativity reduced from 64 to 32: the range has no more lines");
        assertThat(PcacheGeometry.of(0, 1 << 20, 32).wayCount()).as("the largest shift that Kconfig allows").isEqualTo(128);
    }

    @Test
    void everySizeStaysInsideItsRange() {
        for (long size = PcacheGeometry.UNIT_BYTES; size <= 64 * GIB; size = size * 5 / 4 / 4096 * 4096) {
            PcacheGeometry geometry = PcacheGeometry.of(1 << 20, size, 6);
            assertThat(geometry.usedBytes()).isBetween(size / 2 - 40 * 4096, size);
            assertThat(Integer.bitCount(geometry.lineCount())).isOne();
        }
    }

    @Test
    void rangesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> PcacheGeometry.of(0, 64 << 10, 6)).hasMessageContaining("at least 132 KiB");
        assertThatThrownBy(() -> PcacheGeometry.of(100, 1 << 20, 6)).hasMessageContaining("page aligned");
    }
}
