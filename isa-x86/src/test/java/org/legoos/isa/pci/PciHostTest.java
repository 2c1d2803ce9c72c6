package org.legoos.isa.pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.PortBus;

class PciHostTest {
    private static final int SLOT = 5;
    private static final long BAR0_PA = 0x80_0000_0000L;
    private static final long BAR2_PA = 0x80_0080_0000L;

    private final MmioBus mmio = new MmioBus();
    private final PortBus ports = new PortBus();
    private final PciHost host = new PciHost(mmio, ports);
    private final TestFunction function = new TestFunction();

    PciHostTest() {
        host.plug(SLOT, function);
    }

    private int portRead(int slot, int register, int sizeBytes) {
        ports.out(0xcf8, 4, 0x8000_0000 | slot << 11 | register & 0xfc | (register & 0xf00) << 16);
        return ports.in(0xcfc + (register & 3), sizeBytes);
    }

    private void portWrite(int slot, int register, int sizeBytes, int value) {
        ports.out(0xcf8, 4, 0x8000_0000 | slot << 11 | register & 0xfc | (register & 0xf00) << 16);
        ports.out(0xcfc + (register & 3), sizeBytes, value);
    }

    private void setBar(int index, long address) {
        host.configWrite(SLOT, 0x10 + 4 * index, 4, (int) address);
        host.configWrite(SLOT, 0x14 + 4 * index, 4, (int) (address >>> 32));
    }

    @Test
    void headerIsThatOfARealCard() {
        // lspci -xxx of an MCX354A as its BIOS left it; cacheline size and BARs written, ROM BAR left out.
        String real = "b3150310060410000000070208000000040080c8000000000c0000c8000000000000000000000000"
                + "00000000b3155000000000004000000000000000";
        host.configWrite(SLOT, PciReg.CACHE_LINE_SIZE, 1, 8);
        host.configWrite(SLOT, 0x10, 4, 0xc880_0000);
        host.configWrite(SLOT, 0x18, 4, 0xc800_0000);
        host.configWrite(SLOT, PciReg.COMMAND, 2, 0x0406);
        byte[] ours = new byte[60];
        for (int i = 0; i < ours.length; i++) {
            ours[i] = (byte) host.configRead(SLOT, i, 1);
        }
        assertThat(HexFormat.of().formatHex(ours)).isEqualTo(real);
        assertThat(host.configRead(SLOT, 0x3d, 1)).isEqualTo(1);
    }

    @Test
    void capabilityListIsInOrderAndEnds() {
        StringBuilder list = new StringBuilder();
        for (int at = host.configRead(SLOT, 0x34, 1); at != 0; at = host.configRead(SLOT, at + 1, 1)) {
            list.append("%02x:%02x ".formatted(at, host.configRead(SLOT, at, 1)));
        }
        assertThat(list.toString()).isEqualTo("40:01 9c:11 60:10 ");
        assertThat(host.configRead(SLOT, 0x9e, 2)).isEqualTo(0x7f);
        assertThat(host.configRead(SLOT, 0xa0, 4)).isEqualTo(0x7c000);
        assertThat(host.configRead(SLOT, 0xa4, 4)).isEqualTo(0x7d000);
        assertThat(host.configRead(SLOT, 0x100, 4)).as("no extended capability").isZero();
    }

    @Test
    void mechanismOneIsDetectedAndReadsAllSizes() {
        ports.out(0xcfb, 1, 1); // as Linux's pci_check_type1 begins
        ports.out(0xcf8, 4, 0x8000_0000);
        assertThat(ports.in(0xcf8, 4)).isEqualTo(0x8000_0000);
        assertThat(portRead(SLOT, 0, 4)).isEqualTo(0x1003_15b3);
        assertThat(portRead(SLOT, 2, 2)).isEqualTo(0x1003);
        assertThat(portRead(SLOT, 0x0b, 1)).isEqualTo(0x02);
        assertThat(portRead(SLOT, 0xffc, 4)).isZero();
    }

    @Test
    void whatIsNotThereReadsAsOnes() {
        assertThat(portRead(0, 0, 4)).isEqualTo(-1);
        assertThat(portRead(SLOT + 1, 0, 2)).isEqualTo(0xffff);
        ports.out(0xcf8, 4, 0x8000_0000 | SLOT << 11 | 1 << 8); // function 1
        assertThat(ports.in(0xcfc, 4)).isEqualTo(-1);
        ports.out(0xcf8, 4, 0x8000_0000 | SLOT << 11 | 1 << 16); // bus 1
        assertThat(ports.in(0xcfc, 4)).isEqualTo(-1);
        ports.out(0xcf8, 4, SLOT << 11); // not enabled
        assertThat(ports.in(0xcfc, 4)).isEqualTo(-1);
        assertThat(host.configRead(-1, 0, 4)).isEqualTo(-1);
        assertThat(host.configRead(32, 0, 4)).isEqualTo(-1);
        assertThat(host.configRead(SLOT, 4096, 1)).isEqualTo(-1);
        assertThat(host.configRead(SLOT, -4, 4)).isEqualTo(-1);
    }

    @Test
    void barsAreSizedAsLinuxDoesIt() {
        assertThat(sizeOf(0)).isEqualTo(1 << 20);
        assertThat(sizeOf(2)).isEqualTo(8 << 20);
        portWrite(SLOT, 0x20, 4, -1);
        assertThat(portRead(SLOT, 0x20, 4)).as("no BAR 4").isZero();
        portWrite(SLOT, 0x30, 4, -1);
        assertThat(portRead(SLOT, 0x30, 4)).as("no ROM").isZero();
    }

    /** __pci_read_base: decoding off, all ones, read back, restore. */
    private long sizeOf(int index) {
        int register = 0x10 + 4 * index;
        int command = portRead(SLOT, 4, 2);
        portWrite(SLOT, 4, 2, command & ~3);
        int low = portRead(SLOT, register, 4);
        int high = portRead(SLOT, register + 4, 4);
        portWrite(SLOT, register, 4, -1);
        portWrite(SLOT, register + 4, 4, -1);
        long mask = (long) portRead(SLOT, register + 4, 4) << 32
                | Integer.toUnsignedLong(portRead(SLOT, register, 4) & ~0xf);
        portWrite(SLOT, register, 4, low);
        portWrite(SLOT, register + 4, 4, high);
        portWrite(SLOT, 4, 2, command);
        return ~mask + 1;
    }

    @Test
    void regionsFollowTheBarsAndTheMemoryBit() {
        setBar(0, BAR0_PA);
        setBar(2, BAR2_PA);
        assertThat(mmio.read(BAR0_PA, 4)).as("not decoded yet").isEqualTo(0xffff_ffffL);
        host.configWrite(SLOT, PciReg.COMMAND, 2, PciReg.COMMAND_MEMORY);
        assertThat(mmio.read(BAR0_PA + 0x80680, 4)).isEqualTo(0x1008_0680);
        assertThat(mmio.read(BAR2_PA + (8 << 20) - 8, 8)).isEqualTo(0x207f_fff8);
        setBar(0, BAR0_PA + (1L << 32));
        assertThat(mmio.read(BAR0_PA, 4)).isEqualTo(0xffff_ffffL);
        assertThat(mmio.read(BAR0_PA + (1L << 32), 4)).isEqualTo(0x1000_0000);
        host.configWrite(SLOT, PciReg.COMMAND, 2, 0);
        assertThat(mmio.read(BAR2_PA, 4)).isEqualTo(0xffff_ffffL);
    }

    @Test
    void sizingWithDecodingOnHarmsNothing() {
        setBar(0, BAR0_PA);
        setBar(2, BAR2_PA);
        host.configWrite(SLOT, PciReg.COMMAND, 2, PciReg.COMMAND_MEMORY);
        host.configWrite(SLOT, 0x10, 4, -1);
        host.configWrite(SLOT, 0x14, 4, -1);
        setBar(0, BAR0_PA);
        assertThat(mmio.read(BAR0_PA, 4)).isEqualTo(0x1000_0000);
        setBar(0, BAR2_PA + (1 << 20)); // on top of BAR 2: the first one keeps the range
        assertThat(mmio.read(BAR2_PA + (1 << 20), 4)).isEqualTo(0x2010_0000);
        host.configWrite(SLOT, 0x18, 4, (int) BAR0_PA); // BAR 2 gives way, BAR 0 gets its place at once
        assertThat(mmio.read(BAR2_PA + (1 << 20), 4)).isEqualTo(0x1000_0000);
        assertThat(mmio.read(BAR0_PA, 4)).isEqualTo(0x2000_0000);
    }

    @Test
    void statusBitsAreNotWritableAndControlBitsAre() {
        host.configWrite(SLOT, 0, 4, 0);
        host.configWrite(SLOT, PciReg.STATUS, 2, 0xffff);
        assertThat(host.configRead(SLOT, 0, 4)).isEqualTo(0x1003_15b3);
        assertThat(host.configRead(SLOT, PciReg.STATUS, 2)).isEqualTo(0x0010);
        host.configWrite(SLOT, PciReg.COMMAND, 2, 0xffff);
        assertThat(host.configRead(SLOT, PciReg.COMMAND, 2)).isEqualTo(0x0546);
        assertThat(function.config.isBusMaster()).isTrue();
        host.configWrite(SLOT, 0x44, 2, 3);
        assertThat(host.configRead(SLOT, 0x44, 2)).as("D3, no soft reset").isEqualTo(0x000b);
        assertThat(host.configRead(SLOT, 0x72, 2)).as("link status: 8 GT/s x8").isEqualTo(0x0083);
        host.reset();
        assertThat(host.configRead(SLOT, PciReg.COMMAND, 2)).isZero();
        assertThat(function.config.isBusMaster()).isFalse();
    }

    @Test
    void randomAccessesNeverThrow() {
        long seed = Long.getLong("legoos.seed", new Random().nextLong());
        System.out.println("PciHostTest legoos.seed=" + seed);
        Random random = new Random(seed);
        int[] sizes = {1, 2, 4};
        for (int i = 0; i < 20_000; i++) {
            int size = sizes[random.nextInt(3)];
            int port = 0xcf5 + random.nextInt(12);
            if (random.nextInt(3) == 0) {
                ports.out(0xcf8, 4, 0x8000_0000 | SLOT << 11 | random.nextInt() & 0x0f00_00fc);
            } else if (random.nextBoolean()) {
                ports.out(port, size, random.nextInt());
            } else {
                ports.in(port, size);
            }
        }
        assertThat(host.configRead(SLOT, 0, 4)).isEqualTo(0x1003_15b3);
    }
}
