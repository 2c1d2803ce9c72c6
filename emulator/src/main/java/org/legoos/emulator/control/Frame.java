package org.legoos.emulator.control;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A received message: its fields are taken in order, and whatever is not there is a ProtocolException. */
final class Frame {
    private final FrameType type;
    private final ByteBuffer fields;

    Frame(FrameType type, byte[] payload) {
        this.type = type;
        this.fields = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    FrameType type() {
        return type;
    }

    int number() throws ProtocolException {
        try {
            return fields.getInt();
        } catch (BufferUnderflowException e) {
            throw new ProtocolException(type + " is too short");
        }
    }

    byte[] bytes() throws ProtocolException {
        int length = number();
        if (length < 0 || length > fields.remaining()) {
            throw new ProtocolException(type + " has a field of " + length + " bytes in " + fields.remaining());
        }
        byte[] taken = new byte[length];
        fields.get(taken);
        return taken;
    }

    String text() throws ProtocolException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    List<byte[]> list() throws ProtocolException {
        int count = number();
        if (count < 0 || count > fields.remaining() / Integer.BYTES) {
            throw new ProtocolException(type + " has a list of " + count);
        }
        List<byte[]> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(bytes());
        }
        return all;
    }

    List<String> texts() throws ProtocolException {
        return list().stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList();
    }
}
