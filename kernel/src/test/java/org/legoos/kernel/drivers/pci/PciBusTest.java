package org.legoos.kernel.drivers.pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.bus.PortBus;
import org.legoos.isa.irq.InterruptController;
import org.legoos.isa.pci.MsixTable;
import org.legoos.isa.pci.PciConfigSpace;
import org.legoos.isa.pci.PciFunction;
import org.legoos.isa.pci.PciHost;
import org.legoos.isa.pci.PciReg;
import org.legoos.isa.platform.Platform;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.printk.Printk;

/** Enumeration of a bus with two functions that are not alike. */
class PciBusTest {
    private final InterruptController interrupts = new InterruptController();
    private final MmioBus mmio = new MmioBus();
    private final PortBus ports = new PortBus();
    private final PciHost host = new PciHost(mmio, ports);
    private final VirtualClock clock = new VirtualClock();
    private final Printk log = new Printk(clock);
    private final Platform platform = new Platform(null, mmio, ports, host, interrupts, clock, null, 1);

    /** BAR 0: 64 KiB with the MSI-X table at 0; BAR 2: 8 MiB of one register. */
    private final class Card implements PciFunction {
        final MsixTable msix = new MsixTable(4, interrupts);
        final List<Long> written = new ArrayList<>();
        final PciConfigSpace config = new PciConfigSpace(PciReg.CONFIG_BYTES).identity(0x15b3, 0x1003, 0, 0x020700)
                .memoryBar(0, 0x1_0000, true, false, msix.table())
                .memoryBar(2, 8 << 20, true, true, new MmioDevice() {
                    @Override
                    public long read(long offset, int sizeBytes) {
                        return offset;
                    }

                    @Override
                    public void write(long offset, int sizeBytes, long value) {
                        written.add(value);
                    }
                })
                .powerManagement(0x40, true)
                .msix(0x9c, msix, 0, 0, 0x8000);

        Card() {
            config.allowWrites(PciReg.COMMAND, 2, PciReg.COMMAND_MASTER | PciReg.COMMAND_MEMORY);
        }

        @Override
        public int configRead(int offset, int sizeBytes) {
            return config.configRead(offset, sizeBytes);
        }

        @Override
        public void configWrite(int offset, int sizeBytes, int value) {
            config.configWrite(offset, sizeBytes, value);
        }

        @Override
        public MmioDevice bar(int index) {
            return config.bar(index);
        }

        @Override
        public long barSizeBytes(int index) {
            return config.barSizeBytes(index);
        }

        @Override
        public void reset() {}
    }

    private final Card card = new Card();

    private PciDevice scanned() {
        host.plug(3, card);
        return PciBus.scan(platform, log).find(0x15b3, 0x1003).orElseThrow();
    }

    @Test
    void barsGetAddressesAlignedToTheirSize() {
        PciDevice device = scanned();
        assertThat(device.bar(0).basePa()).isEqualTo(0x80_0000_0000L);
        assertThat(device.bar(2).basePa()).isEqualTo(0x80_0080_0000L);
        assertThat(device.bar(2).sizeBytes()).isEqualTo(8 << 20);
        assertThat(device.bar(1)).isNull();
        assertThat(log.dump()).contains("pci 0000:00:03.0: [15b3:1003] type 00 class 0x020700",
                "BAR 2: assigned [mem 0x8000800000-0x8000ffffff 64bit pref]");
    }

    @Test
    void registersAnswerOnlyOnceEnabled() {
        PciDevice device = scanned();
        assertThat(device.bar(2).read32(0x14)).isEqualTo(-1);
        device.enable();
        assertThat(device.bar(2).read32(0x14)).isEqualTo(0x14);
        device.bar(2).write32Be(0x14, 0x0002_0800);
        assertThat(card.written).containsExactly(0x0008_0200L);
    }

    @Test
    void msixVectorsReachTheirHandlers() {
        PciDevice device = scanned();
        device.enable();
        List<String> called = new ArrayList<>();
        device.enableMsix(List.of(new PciDevice.Interrupt("a", () -> called.add("a")),
                new PciDevice.Interrupt("b", () -> called.add("b"))));
        card.msix.raise(1);
        card.msix.raise(0);
        card.msix.raise(2);
        assertThat(called).containsExactly("b", "a");
        device.disableMsix();
        card.msix.raise(0);
        assertThat(called).hasSize(2);
    }

    @Test
    void capabilitiesAreFoundAndMissed() {
        PciDevice device = scanned();
        assertThat(device.findCapability(PciReg.CAP_MSIX)).isEqualTo(0x9c);
        assertThat(device.findCapability(PciReg.CAP_EXPRESS)).isZero();
        assertThat(device.msixVectorCount()).isEqualTo(4);
        assertThatThrownBy(() -> device.enableMsix(java.util.Collections.nCopies(5, null))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCapabilityListThatRunsInACircleEnds() {
        card.config.define(0x9d, 1, 0x40);
        assertThat(scanned().findCapability(0x77)).isZero();
    }

    @Test
    void emptyBusHasNoDevices() {
        assertThat(PciBus.scan(platform, log).devices()).isEmpty();
    }
}
