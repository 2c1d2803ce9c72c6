package org.legoos.managers.rpc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Appends the variable part of a message: strings (u16 length + bytes), long strings (u32 length + bytes).
 * Never writes past the limit; {@link #overflowed} then stays true. Reusable.
 *
 * <p>Strings hold one byte of a Linux name per char (ISO 8859-1), so that every name survives the trip.
 */
public final class MessageWriter {
    private static final ValueLayout.OfShort SHORT_LE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_SHORT_STRING = 0xffff;

    private MemorySegment memory;
    private long startAt;
    private long at;
    private long limit;
    private boolean overflowed;

    /** Starts a message at {@code messageAt}, of at most maxBytes; the next byte goes behind its first fixedBytes. */
    public MessageWriter reset(MemorySegment newMemory, long messageAt, int fixedBytes, int maxBytes) {
        memory = newMemory;
        startAt = messageAt;
        at = messageAt + fixedBytes;
        limit = messageAt + maxBytes;
        overflowed = fixedBytes > maxBytes;
        return this;
    }

    public MessageWriter string(String value) {
        int length = value.length();
        if (length > MAX_SHORT_STRING || !reserve(Short.BYTES + length)) {
            overflowed = true;
            return this;
        }
        memory.set(SHORT_LE, at, (short) length);
        for (int i = 0; i < length; i++) {
            memory.set(ValueLayout.JAVA_BYTE, at + Short.BYTES + i, (byte) value.charAt(i));
        }
        at += Short.BYTES + length;
        return this;
    }

    /** A string that may be long (an argument of a program). */
    public MessageWriter longString(byte[] value) {
        if (reserve(Integer.BYTES + (long) value.length)) {
            memory.set(INT_LE, at, value.length);
            MemorySegment.copy(value, 0, memory, ValueLayout.JAVA_BYTE, at + Integer.BYTES, value.length);
            at += Integer.BYTES + (long) value.length;
        }
        return this;
    }

    /** The first of some numbers of 32 bits; how many there are is said elsewhere. */
    public MessageWriter ints(int[] values, int count) {
        if (reserve((long) count * Integer.BYTES)) {
            for (int i = 0; i < count; i++, at += Integer.BYTES) {
                memory.set(INT_LE, at, values[i]);
            }
        }
        return this;
    }

    /** Room for a record of sizeBytes; where it begins, or -1. */
    public long record(int sizeBytes) {
        if (!reserve(sizeBytes)) {
            return -1;
        }
        long recordAt = at;
        at += sizeBytes;
        return recordAt;
    }

    private boolean reserve(long lengthBytes) {
        if (overflowed || lengthBytes > limit - at) {
            overflowed = true;
            return false;
        }
        return true;
    }

    /** Whether something did not fit: the message must not be sent. */
    public boolean overflowed() {
        return overflowed;
    }

    /** Length of the message so far. */
    public int lengthBytes() {
        return (int) (at - startAt);
    }

    /** A name as bytes of its own: what {@link #string} writes. */
    public static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.ISO_8859_1);
    }
}
