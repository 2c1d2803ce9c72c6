package org.legoos.emulator.vfiouser;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** A little-endian, unsigned number of 2, 4 or 8 bytes at a place of a message's body or header. */
record Field(int offset, int sizeBytes) {
    private static final ValueLayout.OfShort LE16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt LE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static Field u16(int offset) {
        return new Field(offset, Short.BYTES);
    }

    static Field u32(int offset) {
        return new Field(offset, Integer.BYTES);
    }

    static Field u64(int offset) {
        return new Field(offset, Long.BYTES);
    }

    /** The number in the structure at {@code base}; one of 8 bytes may come out negative. */
    long get(MemorySegment in, long base) {
        long at = base + offset;
        return switch (sizeBytes) {
            case Short.BYTES -> Short.toUnsignedLong(in.get(LE16, at));
            case Integer.BYTES -> Integer.toUnsignedLong(in.get(LE32, at));
            default -> in.get(LE64, at);
        };
    }

    /** One of at most 4 bytes, as an int: large ones come out negative. */
    int getInt(MemorySegment in, long base) {
        return (int) get(in, base);
    }

    void set(MemorySegment in, long base, long value) {
        long at = base + offset;
        switch (sizeBytes) {
            case Short.BYTES -> in.set(LE16, at, (short) value);
            case Integer.BYTES -> in.set(LE32, at, (int) value);
            default -> in.set(LE64, at, value);
        }
    }
}
