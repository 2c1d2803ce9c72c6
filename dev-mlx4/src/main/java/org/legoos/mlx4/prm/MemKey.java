package org.legoos.mlx4.prm;

/** L_Key and R_Key: table index in bits 31:8, a variant in bits 7:0; hardware compares it rotated right by 8. */
public final class MemKey {
    /** Ends a scatter list, with byte count 0. */
    public static final int INVALID_LKEY = 0x100;

    /** The part of a hardware key that names the entry; the rest is the variant. */
    public static final int INDEX_MASK = 0xffffff;

    private MemKey() {}

    public static int toHardware(int key) {
        return Integer.rotateRight(key, 8);
    }

    public static int fromHardware(int memKey) {
        return Integer.rotateLeft(memKey, 8);
    }

    public static int index(int key) {
        return key >>> 8;
    }
}
