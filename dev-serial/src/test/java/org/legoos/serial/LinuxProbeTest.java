package org.legoos.serial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;

/** The steps of autoconfig and start-up in Linux drivers/tty/serial/8250/8250_port.c, and what they must find. */
class LinuxProbeTest {
    private int interrupts;
    private final RecordingBackend backend = new RecordingBackend();
    private final Uart16550 uart = new Uart16550(new VirtualClock(), backend, () -> interrupts++);

    private int in(int register) {
        return uart.in(register, 1);
    }

    private void out(int register, int value) {
        uart.out(register, 1, value);
    }

    @Test
    void aPortIsThere() {
        out(1, 0);
        assertThat(in(1) & 0x0f).isZero();
        out(1, 0x0f);
        assertThat(in(1) & 0x0f).isEqualTo(0x0f);
        out(1, 0);
        out(4, 0x10 | 0x0a);
        assertThat(in(6) & 0xf0).as("loopback test").isEqualTo(0x90);
    }

    @Test
    void itIsA16550A() {
        out(3, 0xbf); // where an EFR would be
        out(2, 0);
        out(3, 0);
        out(2, 0x01);
        assertThat(in(2) >> 6).as("FIFO bits").isEqualTo(3);
        out(3, 0x80);
        assertThat(in(2)).as("no EFR as of an ST16650").isNotZero();
        out(3, 0xbf);
        assertThat(in(2)).as("no EFR as of an ST16650V2").isNotZero();
        out(3, 0);
        out(4, 0);
        out(3, 0xe0);
        assertThat((in(2) ^ 0) & 0x10).as("no EXCR1 as of a National Semiconductor super I/O").isZero();
        out(3, 0);
        out(4, 0x10);
        out(3, 0xe0);
        assertThat(in(2) & 0x10).as("the same").isZero();
        out(3, 0);
        out(4, 0);
        out(2, 0x21);
        int plain = in(2) >> 5;
        out(2, 0x01);
        out(3, 0x80);
        out(2, 0x21);
        int latched = in(2) >> 5;
        out(2, 0x01);
        out(3, 0);
        assertThat(plain).as("no 64-byte FIFO as of a TI16750").isEqualTo(6);
        assertThat(latched).isEqualTo(6);
        out(1, 0x40);
        assertThat(in(1) & 0x40).as("no UUE as of an XScale").isZero();
    }

    @Test
    void itsFifoHoldsSixteen() {
        out(2, 0x07);
        out(4, 0x10);
        out(3, 0x80);
        out(0, 1);
        out(1, 0);
        out(3, 0x03);
        for (int i = 0; i < 256; i++) {
            out(0, i);
        }
        int count = 0;
        while ((in(5) & 1) != 0 && count < 256) {
            in(0);
            count++;
        }
        assertThat(count).isEqualTo(16);
    }

    @Test
    void itHasNeitherTheThreNorTheTxenBug() {
        out(4, 0x0b);
        out(2, 0x01);
        out(1, 0x02);
        int first = in(2);
        out(1, 0);
        out(1, 0x02);
        int second = in(2);
        out(1, 0);
        assertThat(first & 1).isZero();
        assertThat(second & 1).as("THRE comes again").isZero();
        out(1, 0x02);
        int lsr = in(5);
        int iir = in(2);
        out(1, 0);
        assertThat(lsr & 0x40).isEqualTo(0x40);
        assertThat(iir & 1).as("TXEN works").isZero();
        assertThat(interrupts).isEqualTo(3);
    }
}
