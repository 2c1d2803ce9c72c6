package org.legoos.mlx4.prm;

/** L_Key and R_Key: table index in bits 31:8, a variant in bits 7:0; hardware compares it rotated right by 8. */
public final class MemKey {
    /** Ends a scatter list, with byte count 0. */
    public static final int INVALID_LKEY = 0x100;

    /** The part of a hardware key that names the entry; the rest is the variant. */
    public static final int INDEX_MASK = 0xffffff;

    private static final int VARIANT_BITS = 8;
    private static final int VARIANT_MASK = (1 << VARIANT_BITS) - 1;

    private MemKey() {}

    /** @param variant of which the low eight bits count */
    public static int of(int index, int variant) {
        return index << VARIANT_BITS | variant & VARIANT_MASK;
    }

    /** The same index's key of the next variant. */
    public static int next(int key) {
        return of(index(key), key + 1);
    }

    public static int toHardware(int key) {
        return Integer.rotateRight(key, VARIANT_BITS);
    }

    public static int fromHardware(int memKey) {
        return Integer.rotateLeft(memKey, VARIANT_BITS);
    }

    public static int index(int key) {
        return key >>> VARIANT_BITS;
    }
}
