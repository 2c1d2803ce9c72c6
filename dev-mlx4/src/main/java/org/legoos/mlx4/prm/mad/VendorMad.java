package org.legoos.mlx4.prm.mad;

import org.legoos.mlx4.prm.Field;

/**
 * Vendor classes of the second range (IBA 16.5): a multi-packet header, then the vendor's OUI, then data. OpenIB's ping
 * (infiniband-diags' ibping) is a Get of attribute 0, whose answer carries the host's name.
 */
public final class VendorMad {
    public static final int RANGE_2_FIRST = 0x30;
    public static final int RANGE_2_LAST = 0x4f;
    public static final int CLASS_PING = 0x32;
    public static final int CLASS_VERSION = 1;

    public static final Field OUI = Field.bits(36, 23, 0);
    public static final int OUI_OPENIB = 0x001405;
    public static final int DATA = 40;
    public static final int DATA_BYTES = 216;

    private VendorMad() {}
}
