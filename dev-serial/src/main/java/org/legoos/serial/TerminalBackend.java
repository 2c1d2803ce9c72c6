package org.legoos.serial;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The host's terminal: a stream of this process, and its standard input if wanted. A thread writes, since
 * a terminal may be stopped or a pipe full for ever; then output is dropped, and closing waits a bounded time.
 */
public final class TerminalBackend implements SerialBackend {
    private static final int RING_BYTES = 1 << 20;
    private static final long CLOSE_WAIT_MS = 300;

    private final OutputStream out;
    private final InputStream in;
    private final ByteRing ring = new ByteRing(RING_BYTES);
    private final Thread writer;

    /** @param in where input comes from, or null for none */
    public TerminalBackend(OutputStream out, InputStream in) {
        this.out = out;
        this.in = in;
        writer = Thread.ofPlatform().daemon().name("serial-terminal").start(this::writeOut);
    }

    @Override
    public void attach(SerialInput input) {
        if (in != null) {
            Thread.ofPlatform().daemon().name("serial-terminal-in").start(() -> readIn(input));
        }
    }

    @Override
    public void transmit(byte[] from, int offset, int length) {
        ring.put(from, offset, length);
    }

    @Override
    public long droppedBytes() {
        return ring.dropped();
    }

    @Override
    public void close() {
        ring.close();
        try {
            writer.join(CLOSE_WAIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeOut() {
        byte[] batch = new byte[4096];
        boolean isBroken = false;
        try {
            for (int count = ring.take(batch); count >= 0; count = ring.take(batch)) {
                try {
                    if (isBroken) {
                        ring.drop(count);
                    } else {
                        out.write(batch, 0, count);
                        out.flush();
                    }
                } catch (IOException e) {
                    isBroken = true; // the terminal is gone; keep emptying the ring
                    ring.drop(count);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readIn(SerialInput input) {
        try {
            for (int value = in.read(); value >= 0; value = in.read()) {
                input.receive((byte) value);
            }
        } catch (IOException e) {
            // Standard input is gone: the same as its end.
        }
    }
}
