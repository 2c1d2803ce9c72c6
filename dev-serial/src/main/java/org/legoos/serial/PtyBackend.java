package org.legoos.serial;

import java.io.IOException;
import org.legoos.isa.libc.Pty;

/** A pseudo-terminal of the host: {@code screen} or {@code picocom} opens what {@link #location} says. */
public final class PtyBackend implements SerialBackend {
    private final Pty pty;
    private volatile long droppedBytes;

    private PtyBackend(Pty pty) {
        this.pty = pty;
    }

    public static PtyBackend open() throws IOException {
        return new PtyBackend(Pty.open());
    }

    @Override
    public String location() {
        return pty.slavePath();
    }

    @Override
    public void attach(SerialInput input) {
        Thread.ofPlatform().daemon().name("serial-pty").start(() -> {
            byte[] batch = new byte[256];
            for (int count = pty.read(batch); count >= 0; count = pty.read(batch)) {
                for (int i = 0; i < count; i++) {
                    input.receive(batch[i]);
                }
            }
        });
    }

    @Override
    public void transmit(byte[] from, int offset, int length) {
        droppedBytes += length - pty.write(from, offset, length);
    }

    @Override
    public long droppedBytes() {
        return droppedBytes;
    }

    @Override
    public void close() {
        pty.close();
    }
}
