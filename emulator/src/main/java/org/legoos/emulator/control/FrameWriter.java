package org.legoos.emulator.control;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message to be sent, field by field. */
final class FrameWriter {
    private final FrameType type;
    private final ByteArrayOutputStream fields = new ByteArrayOutputStream();

    FrameWriter(FrameType type) {
        this.type = type;
    }

    FrameWriter number(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            fields.write(value >>> shift);
        }
        return this;
    }

    FrameWriter bytes(byte[] value) {
        number(value.length);
        fields.writeBytes(value);
        return this;
    }

    FrameWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    FrameWriter list(List<byte[]> values) {
        number(values.size());
        values.forEach(this::bytes);
        return this;
    }

    FrameWriter texts(List<String> values) {
        return list(values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList());
    }

    /** As it goes onto the wire. */
    byte[] toBytes() {
        FrameWriter header = new FrameWriter(type).number(fields.size());
        header.fields.write(type.ordinal());
        header.fields.writeBytes(fields.toByteArray());
        return header.fields.toByteArray();
    }
}
