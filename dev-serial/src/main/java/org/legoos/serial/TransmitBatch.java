package org.legoos.serial;

import org.legoos.isa.time.Clock;

/**
 * Collects transmitted characters so that a backend sees lines, not bytes: they go out at a line's end,
 * when the buffer is full, or when the line has been idle for a moment. Guarded by the lock of its UART.
 */
final class TransmitBatch {
    private static final int SIZE_BYTES = 4096;

    /** Nobody notices 10 ms at a terminal; a prompt without newline shows up by then. */
    private static final long IDLE_NS = 10_000_000;

    private final SerialBackend backend;
    private final Clock clock;
    private final Clock.Timer idle;
    private final byte[] bytes = new byte[SIZE_BYTES];
    private int count;

    /** @param flush called when the idle time is over, on the clock's thread; it calls {@link #flush} */
    TransmitBatch(SerialBackend backend, Clock clock, Runnable flush) {
        this.backend = backend;
        this.clock = clock;
        idle = clock.newTimer(flush);
    }

    void add(byte value) {
        bytes[count++] = value;
        if (value == '\n' || count == SIZE_BYTES) {
            flush();
        } else if (count == 1) {
            idle.arm(clock.nowNs() + IDLE_NS);
        }
    }

    void flush() {
        if (count > 0) {
            backend.transmit(bytes, 0, count);
            count = 0;
        }
    }

    void close() {
        idle.cancel();
        flush();
    }
}
