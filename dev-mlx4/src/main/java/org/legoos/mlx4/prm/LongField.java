package org.legoos.mlx4.prm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Bits {@code bitHigh..bitLow} of the big-endian 64-bit word at {@code byteOffset}, <em>in place</em>: an address field
 * whose low bits belong to something else reads as an address with those bits zero.
 */
public record LongField(int byteOffset, int bitHigh, int bitLow) {
    static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    public LongField {
        if (bitLow < 0 || bitHigh < bitLow || bitHigh > 63 || byteOffset < 0 || (byteOffset & 3) != 0) {
            throw new IllegalArgumentException("no such field: " + byteOffset + "[" + bitHigh + ":" + bitLow + "]");
        }
    }

    public static LongField bits(int offset, int bitHigh, int bitLow) {
        return new LongField(offset, bitHigh, bitLow);
    }

    public static LongField word64(int offset) {
        return new LongField(offset, 63, 0);
    }

    public long mask() {
        return -1L >>> (63 - bitHigh) & -1L << bitLow;
    }

    public long get(MemorySegment segment, long base) {
        return segment.get(BE64, base + byteOffset) & mask();
    }

    public void set(MemorySegment segment, long base, long value) {
        long at = base + byteOffset;
        segment.set(BE64, at, mask() == -1L ? value : segment.get(BE64, at) & ~mask() | value & mask());
    }
}
