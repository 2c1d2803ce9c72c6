package org.legoos.mlx4.prm;

/**
 * BAR 0, the device configuration space: where software finds the registers that it may touch before it has asked
 * the firmware anything. All registers are big-endian 32-bit words.
 */
public final class Dcs {
    public static final long BAR_SIZE_BYTES = 1L << 20;

    public static final int MSIX_TABLE = 0x7c000;
    public static final int MSIX_PBA = 0x7d000;
    /** HCA command register, see {@link Hcr}. */
    public static final int HCR = 0x80680;
    /** Reads 0 once for who then owns the device; write 0 to release. */
    public static final int OWNERSHIP = 0x8069c;
    /** Writing a 1 in bit 0 resets the device. */
    public static final int RESET = 0xf0010;
    /** Flash semaphore: reads 0 when acquired. */
    public static final int SEMAPHORE = 0xf03fc;

    public static final int RESET_VALUE = 1;

    private Dcs() {}
}
