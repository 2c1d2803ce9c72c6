package org.legoos.mlx4.prm.mad;

/** A field of a record: its bit in the component mask, and its place in bits, counted from the top bit of the first byte. */
public final class Component {
    private final String name;
    private final int index;
    private final int bitOffset;
    private final int widthBits;

    Component(String name, int index, int bitOffset, int widthBits) {
        this.name = name;
        this.index = index;
        this.bitOffset = bitOffset;
        this.widthBits = widthBits;
    }

    public String name() {
        return name;
    }

    public int widthBits() {
        return widthBits;
    }

    /** Its bit in the component mask. */
    public long mask() {
        return 1L << index;
    }

    public boolean isIn(long componentMask) {
        return (componentMask & mask()) != 0;
    }

    /** Byte at which it begins; of a component that does. */
    public int byteOffset() {
        return bitOffset / Byte.SIZE;
    }

    /** Its lowest 64 bits in the record that begins at {@code base}. */
    public long get(byte[] bytes, int base) {
        long value = 0;
        for (int bit = Math.max(bitOffset, bitOffset + widthBits - Long.SIZE); bit < bitOffset + widthBits;) {
            int take = Math.min(Byte.SIZE - bit % Byte.SIZE, bitOffset + widthBits - bit);
            int shift = Byte.SIZE - bit % Byte.SIZE - take;
            value = value << take | bytes[base + bit / Byte.SIZE] >> shift & (1 << take) - 1;
            bit += take;
        }
        return value;
    }

    public int getInt(byte[] bytes, int base) {
        return (int) get(bytes, base);
    }

    /** Replaces its lowest 64 bits; higher ones and its neighbours stay. */
    public void set(byte[] bytes, int base, long value) {
        long left = value;
        int first = Math.max(bitOffset, bitOffset + widthBits - Long.SIZE);
        for (int end = bitOffset + widthBits; end > first;) {
            int take = Math.min(end - first, (end - 1) % Byte.SIZE + 1);
            int shift = (Byte.SIZE - end % Byte.SIZE) % Byte.SIZE;
            int mask = (1 << take) - 1 << shift;
            int at = base + (end - 1) / Byte.SIZE;
            bytes[at] = (byte) (bytes[at] & ~mask | (int) left << shift & mask);
            left >>>= take;
            end -= take;
        }
    }

    /** Has it the same value in two records? */
    boolean isSame(byte[] a, int aBase, byte[] b, int bBase) {
        if (widthBits <= Long.SIZE) {
            return get(a, aBase) == get(b, bBase);
        }
        int from = bitOffset / Byte.SIZE;
        int to = (bitOffset + widthBits) / Byte.SIZE;
        return java.util.Arrays.equals(a, aBase + from, aBase + to, b, bBase + from, bBase + to);
    }

    @Override
    public String toString() {
        return name;
    }
}
