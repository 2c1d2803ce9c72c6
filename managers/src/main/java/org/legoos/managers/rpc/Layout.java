package org.legoos.managers.rpc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Describes a message once, field by field, little-endian and naturally aligned, for sender and receiver
 * alike. A field is used as {@code PID.set(memory, at, pid)} where {@code at} is where the message begins;
 * kept in static finals, fields cost nothing beyond the access.
 */
public final class Layout {
    private static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG_LE =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private int sizeBytes;

    private Layout(int startBytes) {
        sizeBytes = startBytes;
    }

    /** A request: begins with the {@link Header}. */
    static Layout request() {
        return new Layout(Header.SIZE_BYTES);
    }

    /** A reply, or a record inside a message: begins at 0. */
    static Layout record() {
        return new Layout(0);
    }

    U32 u32() {
        U32 field = new U32(sizeBytes);
        sizeBytes += Integer.BYTES;
        return field;
    }

    U64 u64() {
        sizeBytes = sizeBytes + Long.BYTES - 1 & -Long.BYTES;
        U64 field = new U64(sizeBytes);
        sizeBytes += Long.BYTES;
        return field;
    }

    /** An area of bytes; the result is its offset. */
    int bytes(int lengthBytes) {
        int offset = sizeBytes;
        sizeBytes += lengthBytes;
        return offset;
    }

    /** The size so far, rounded up to 8 bytes. */
    int size() {
        sizeBytes = sizeBytes + Long.BYTES - 1 & -Long.BYTES;
        return sizeBytes;
    }

    /** A 32-bit field. */
    public record U32(int offset) {
        public int get(MemorySegment memory, long at) {
            return memory.get(INT_LE, at + offset);
        }

        public void set(MemorySegment memory, long at, int value) {
            memory.set(INT_LE, at + offset, value);
        }
    }

    /** A 64-bit field. */
    public record U64(int offset) {
        public long get(MemorySegment memory, long at) {
            return memory.get(LONG_LE, at + offset);
        }

        public void set(MemorySegment memory, long at, long value) {
            memory.set(LONG_LE, at + offset, value);
        }
    }
}
