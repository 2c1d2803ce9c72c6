package org.legoos.kernel.drivers.serial;

import org.legoos.isa.bus.PortBus;

/**
 * The 16550A driver, as far as a console needs it: probes by the scratch register, sets 8N1 with FIFOs, and
 * transmits by polling the transmitter-holding-register-empty bit (National Semiconductor PC16550D data sheet).
 */
public final class Serial8250 {
    /** I/O base of ttyS0 and ttyS1. */
    public static final int TTYS0 = 0x3f8;

    public static final int TTYS1 = 0x2f8;

    private static final int DATA = 0;
    private static final int INTERRUPT_ENABLE = 1;
    private static final int FIFO_CONTROL = 2;
    private static final int LINE_CONTROL = 3;
    private static final int MODEM_CONTROL = 4;
    private static final int LINE_STATUS = 5;
    private static final int SCRATCH = 7;

    private static final int DIVISOR_LATCH = 0x80;
    private static final int EIGHT_BITS = 0x03;
    private static final int FIFO_ENABLE_AND_CLEAR = 0x07;
    private static final int DTR_RTS = 0x03;
    private static final int TRANSMITTER_EMPTY = 0x20;
    private static final int FIFO_BYTES = 16;
    private static final int BASE_BAUD = 115200;
    /** A transmitter that never becomes ready is broken: drop output rather than hang. */
    private static final int POLLS_MAX = 100_000;

    private final PortBus ports;
    private final int base;

    private Serial8250(PortBus ports, int base) {
        this.ports = ports;
        this.base = base;
    }

    /** @return the port, or null when no UART answers there */
    public static Serial8250 probe(PortBus ports, int base, int baud) {
        Serial8250 port = new Serial8250(ports, base);
        port.out(SCRATCH, 0x5a);
        if (port.in(SCRATCH) != 0x5a) {
            return null;
        }
        int divisor = BASE_BAUD / baud;
        port.out(INTERRUPT_ENABLE, 0);
        port.out(LINE_CONTROL, DIVISOR_LATCH | EIGHT_BITS);
        port.out(DATA, divisor & 0xff);
        port.out(INTERRUPT_ENABLE, divisor >>> 8);
        port.out(LINE_CONTROL, EIGHT_BITS);
        port.out(FIFO_CONTROL, FIFO_ENABLE_AND_CLEAR);
        port.out(MODEM_CONTROL, DTR_RTS);
        return port;
    }

    /** Transmits bytes, waiting for the FIFO as needed. */
    public synchronized void write(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (!awaitTransmitter()) {
                return;
            }
            int burst = Math.min(FIFO_BYTES, end - at);
            for (int i = 0; i < burst; i++) {
                out(DATA, bytes[at++] & 0xff);
            }
        }
    }

    private boolean awaitTransmitter() {
        for (int i = 0; i < POLLS_MAX; i++) {
            if ((in(LINE_STATUS) & TRANSMITTER_EMPTY) != 0) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private int in(int register) {
        return ports.in(base + register, 1);
    }

    private void out(int register, int value) {
        ports.out(base + register, 1, value);
    }
}
