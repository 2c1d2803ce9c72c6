package org.legoos.managers.rpc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the variable part of a message and trusts nothing in it: what would lie outside gives null and makes
 * {@link #isBad} true for good. The counterpart of {@link MessageWriter}. Reusable.
 */
public final class MessageReader {
    private static final ValueLayout.OfShort SHORT_LE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private MemorySegment memory;
    private long at;
    private long limit;
    private boolean bad;

    /** Reads a message of lengthBytes from behind its first fixedBytes. */
    public MessageReader reset(MemorySegment newMemory, long messageAt, int fixedBytes, int lengthBytes) {
        memory = newMemory;
        at = messageAt + fixedBytes;
        limit = messageAt + lengthBytes;
        bad = lengthBytes < fixedBytes;
        return this;
    }

    /** A string of at most maxBytes without NUL bytes, or null. */
    public String string(int maxBytes) {
        if (!has(Short.BYTES)) {
            return null;
        }
        int length = Short.toUnsignedInt(memory.get(SHORT_LE, at));
        at += Short.BYTES;
        if (length > maxBytes || !has(length)) {
            bad = true;
            return null;
        }
        byte[] bytes = take(length);
        for (byte b : bytes) {
            if (b == 0) {
                bad = true;
                return null;
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Bytes of a long string of at most maxBytes, or null. */
    public byte[] longString(int maxBytes) {
        if (!has(Integer.BYTES)) {
            return null;
        }
        int length = memory.get(INT_LE, at);
        at += Integer.BYTES;
        if (length < 0 || length > maxBytes || !has(length)) {
            bad = true;
            return null;
        }
        return take(length);
    }

    /** So many numbers of 32 bits, or null when there are more than countMax or fewer in the message. */
    public int[] ints(int count, int countMax) {
        if (count < 0 || count > countMax || !has(count * Integer.BYTES)) {
            bad = true;
            return null;
        }
        int[] values = new int[count];
        for (int i = 0; i < count; i++, at += Integer.BYTES) {
            values[i] = memory.get(INT_LE, at);
        }
        return values;
    }

    /** Where the next sizeBytes begin, or -1. */
    public long record(int sizeBytes) {
        if (!has(sizeBytes)) {
            return -1;
        }
        long recordAt = at;
        at += sizeBytes;
        return recordAt;
    }

    private byte[] take(int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, bytes, 0, length);
        at += length;
        return bytes;
    }

    private boolean has(int lengthBytes) {
        if (bad || lengthBytes < 0 || lengthBytes > limit - at) {
            bad = true;
            return false;
        }
        return true;
    }

    public boolean isBad() {
        return bad;
    }

    public int remainingBytes() {
        return (int) (limit - at);
    }

    /** Whether lengthBytes in memory are that string. */
    public static boolean isAt(MemorySegment memory, long at, int lengthBytes, String text) {
        if (text.length() != lengthBytes) {
            return false;
        }
        for (int i = lengthBytes - 1; i >= 0; i--) { // paths differ at their ends
            if ((byte) text.charAt(i) != memory.get(ValueLayout.JAVA_BYTE, at + i)) {
                return false;
            }
        }
        return true;
    }
}
