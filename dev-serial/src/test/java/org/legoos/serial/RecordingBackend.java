package org.legoos.serial;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps each batch. */
final class RecordingBackend implements SerialBackend {
    final List<String> batches = new ArrayList<>();
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean isClosed;

    @Override
    public void attach(SerialInput input) {}

    @Override
    public void transmit(byte[] from, int offset, int length) {
        batches.add(new String(from, offset, length, StandardCharsets.ISO_8859_1));
        all.write(from, offset, length);
    }

    byte[] bytes() {
        return all.toByteArray();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
