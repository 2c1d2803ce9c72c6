package org.legoos.mlx4.wire;

/**
 * The variant CRC (IBA 7.8.2): CRC-16, polynomial 0x100b, over all bytes from the LRH to the end of the ICRC. Links
 * of real hardware check it; captures with a link type that includes it need it.
 */
public final class Vcrc {
    public static final int SIZE = 2;

    private static final int POLYNOMIAL_REFLECTED = 0xd008;
    private static final char[] TABLE = new char[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) != 0 ? value >>> 1 ^ POLYNOMIAL_REFLECTED : value >>> 1;
            }
            TABLE[i] = (char) value;
        }
    }

    private Vcrc() {}

    /** The value; its lower byte goes first on the wire. */
    public static int of(byte[] packet, int at, int length) {
        int crc = 0xffff;
        for (int i = at; i < at + length; i++) {
            crc = crc >>> 8 ^ TABLE[(crc ^ packet[i]) & 0xff];
        }
        return ~crc & 0xffff;
    }

    /** Stores a value as it goes on the wire. */
    public static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> 8);
    }
}
