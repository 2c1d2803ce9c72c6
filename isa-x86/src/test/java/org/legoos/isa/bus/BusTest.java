package org.legoos.isa.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BusTest {
    /** Answers with its name and remembers the last write. */
    private static final class Probe implements MmioDevice, PortDevice {
        final long name;
        long lastOffset = -1;
        long lastValue;

        Probe(long name) {
            this.name = name;
        }

        @Override
        public long read(long offset, int sizeBytes) {
            return name << 32 | offset;
        }

        @Override
        public void write(long offset, int sizeBytes, long value) {
            lastOffset = offset;
            lastValue = value;
        }

        @Override
        public int in(int offset, int sizeBytes) {
            return -1 << 8 | offset;
        }

        @Override
        public void out(int offset, int sizeBytes, int value) {
            write(offset, sizeBytes, value);
        }
    }

    private final MmioBus mmio = new MmioBus();
    private final PortBus ports = new PortBus();

    @Test
    void nothingAnswersWithAllOnesAndIsCounted() {
        assertThat(mmio.read(0x1000, 1)).isEqualTo(0xff);
        assertThat(mmio.read(-1, 4)).isEqualTo(0xffff_ffffL);
        assertThat(mmio.read(Long.MAX_VALUE, 8)).isEqualTo(-1);
        mmio.write(0x1000, 4, 1);
        assertThat(mmio.unclaimedCount()).isEqualTo(4);
        assertThat(ports.in(0x3f8, 1)).isEqualTo(0xff);
        assertThat(ports.in(0x3f8, 4)).isEqualTo(-1);
        ports.out(0xffff, 1, 0);
        assertThat(ports.unclaimedCount()).isEqualTo(3);
    }

    @Test
    void accessesReachTheDeviceAtItsOffsetAndSize() {
        Probe probe = new Probe(7);
        mmio.map(0x80_0000_0000L, 0x1000, probe);
        assertThat(mmio.read(0x80_0000_0ff8L, 8)).isEqualTo(7L << 32 | 0xff8);
        assertThat(mmio.read(0x80_0000_0010L, 4)).isEqualTo(0x10);
        assertThat(mmio.read(0x80_0000_0ffcL, 8)).as("across the end").isEqualTo(-1);
        mmio.write(0x80_0000_0004L, 2, 0x12345);
        assertThat(probe.lastOffset).isEqualTo(4);
        assertThat(probe.lastValue).isEqualTo(0x2345);
        mmio.unmap(0x80_0000_0000L);
        assertThat(mmio.read(0x80_0000_0010L, 1)).isEqualTo(0xff);
    }

    @Test
    void portsAreZeroExtended() {
        Probe probe = new Probe(0);
        ports.map(0x3f8, 8, probe);
        assertThat(ports.in(0x3fd, 1)).isEqualTo(5);
        assertThat(ports.in(0x3fe, 2)).isEqualTo(0xff06);
        assertThat(ports.in(0x3fe, 4)).as("across the end").isEqualTo(-1);
        ports.out(0x3ff, 1, 0x1ff);
        assertThat(probe.lastOffset).isEqualTo(7);
        assertThat(probe.lastValue).isEqualTo(0xff);
        assertThatThrownBy(() -> ports.map(0x3ff, 1, probe)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ports.map(0xffff, 2, probe)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomMappingsAgreeWithAFlatModel() {
        long seed = Long.getLong("legoos.seed", new Random().nextLong());
        System.out.println("BusTest legoos.seed=" + seed);
        Random random = new Random(seed);
        Probe[] model = new Probe[256];
        for (int round = 0; round < 3000; round++) {
            int base = random.nextInt(256);
            int size = 1 + random.nextInt(20);
            if (random.nextInt(3) == 0) {
                mmio.unmap(base);
                unmapModel(model, base);
            } else {
                boolean isFree = true;
                for (int i = base; i < Math.min(256, base + size); i++) {
                    isFree &= model[i] == null;
                }
                boolean fits = base + size <= 256;
                if (fits) {
                    Probe probe = new Probe(base);
                    assertThat(mmio.tryMap(base, size, probe)).isEqualTo(isFree);
                    for (int i = base; isFree && i < base + size; i++) {
                        model[i] = probe;
                    }
                }
            }
            int at = random.nextInt(256);
            long expected = model[at] == null ? -1 : model[at].name << 32 | at - model[at].name;
            boolean isWhole = at + 8 <= 256 && model[at] != null && model[at + 7] == model[at];
            assertThat(mmio.read(at, 8)).isEqualTo(isWhole ? expected : -1);
        }
    }

    private static void unmapModel(Probe[] model, int base) {
        Probe there = model[base];
        if (there != null && there.name == base) {
            for (int i = 0; i < model.length; i++) {
                model[i] = model[i] == there ? null : model[i];
            }
        }
    }

    @Test
    void hostileRangesAreRefused() {
        Probe probe = new Probe(1);
        assertThat(mmio.tryMap(-4096, 4096, probe)).isFalse();
        assertThat(mmio.tryMap(Long.MAX_VALUE - 10, 4096, probe)).isFalse();
        assertThat(mmio.tryMap(0x1000, 0, probe)).isFalse();
        assertThatThrownBy(() -> mmio.map(0, -1, probe)).isInstanceOf(IllegalArgumentException.class);
    }
}
