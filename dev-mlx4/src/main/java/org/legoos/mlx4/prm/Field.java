package org.legoos.mlx4.prm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Bits {@code bitHigh..bitLow} of the big-endian 32-bit word at {@code byteOffset} of a structure (bit 31 is the top
 * bit of the first byte). Kept in static final constants, where the compiler folds shift and mask.
 */
public record Field(int byteOffset, int bitHigh, int bitLow) {
    static final ValueLayout.OfInt BE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    public Field {
        if (bitLow < 0 || bitHigh < bitLow || bitHigh > 31 || byteOffset < 0 || (byteOffset & 3) != 0) {
            throw new IllegalArgumentException("no such field: " + byteOffset + "[" + bitHigh + ":" + bitLow + "]");
        }
    }

    /** Bits of the word at {@code offset}. */
    public static Field bits(int offset, int bitHigh, int bitLow) {
        return new Field(offset, bitHigh, bitLow);
    }

    /** One bit of the word at {@code offset}. */
    public static Field bit(int offset, int bit) {
        return new Field(offset, bit, bit);
    }

    /** The whole word at {@code offset}. */
    public static Field word32(int offset) {
        return new Field(offset, 31, 0);
    }

    /** The 16 bits at {@code offset}, which is even. */
    public static Field word16(int offset) {
        return subWord(offset, 16, 15, 0);
    }

    /** The byte at {@code offset}. */
    public static Field byteAt(int offset) {
        return subWord(offset, 8, 7, 0);
    }

    /** Bits of the byte at {@code offset}; bit 7 is its top bit. */
    public static Field byteBits(int offset, int bitHigh, int bitLow) {
        return subWord(offset, 8, bitHigh, bitLow);
    }

    private static Field subWord(int offset, int widthBits, int bitHigh, int bitLow) {
        int shift = 32 - widthBits - 8 * (offset & 3);
        return new Field(offset & ~3, bitHigh + shift, bitLow + shift);
    }

    public int widthBits() {
        return bitHigh - bitLow + 1;
    }

    /** The largest value the field holds, as an unsigned 32-bit mask. */
    public int maxValue() {
        return -1 >>> (32 - widthBits());
    }

    /** The field's value in a word already read. */
    public int of(int word) {
        return word >>> bitLow & maxValue();
    }

    /** {@code word} with the field replaced by {@code value} (its excess high bits are dropped). */
    public int in(int word, int value) {
        int mask = maxValue() << bitLow;
        return word & ~mask | value << bitLow & mask;
    }

    /** A word that is zero but for this field. */
    public int of0(int value) {
        return in(0, value);
    }

    /** The field's value in the structure that starts at {@code base}. */
    public int get(MemorySegment segment, long base) {
        return of(segment.get(BE32, base + byteOffset));
    }

    /** Replaces the field in the structure that starts at {@code base}; its word's other bits stay. */
    public void set(MemorySegment segment, long base, int value) {
        long at = base + byteOffset;
        segment.set(BE32, at, widthBits() == 32 ? value : in(segment.get(BE32, at), value));
    }

    public boolean isSet(MemorySegment segment, long base) {
        return get(segment, base) != 0;
    }
}
