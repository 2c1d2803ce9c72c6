package org.legoos.mlx4.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One field of a packet header: where it lies in a big-endian 32-bit word of the header, and its name.
 * Headers declare their fields once; senders, receivers, checks and printers all use the declaration.
 * (A record, so that the JIT folds the constants of a static final instance.)
 *
 * @param wordOffset byte offset of the word from the start of the header, a multiple of 4
 * @param shift position of the lowest bit in the word
 * @param bits width, 1 to 32
 */
public record Field(String name, int wordOffset, int shift, int bits) {
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** A field of the word at wordOffset, from highBit down to lowBit (bit 31 is first on the wire). */
    static Field at(String name, int wordOffset, int highBit, int lowBit) {
        return new Field(name, wordOffset, lowBit, highBit - lowBit + 1);
    }

    /** Reads the field of the header that begins at headerAt; 32-bit fields come as they are (maybe negative). */
    public int get(byte[] bytes, int headerAt) {
        int word = (int) WORD.get(bytes, headerAt + wordOffset);
        return bits == 32 ? word : word >>> shift & mask();
    }

    /** Writes the low bits of value; the other fields of the word stay. */
    public void set(byte[] bytes, int headerAt, int value) {
        if (bits == 32) {
            WORD.set(bytes, headerAt + wordOffset, value);
            return;
        }
        int at = headerAt + wordOffset;
        int others = (int) WORD.get(bytes, at) & ~(mask() << shift);
        WORD.set(bytes, at, others | (value & mask()) << shift);
    }

    private int mask() {
        return (1 << bits) - 1;
    }
}
