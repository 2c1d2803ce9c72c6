package org.legoos.mlx4.prm.mad;

import org.legoos.mlx4.prm.Field;

/** What RDMA-CM puts in front of the private data of a REQ, for services that are IP ports (IBA annex A11). */
public final class RdmaIpCm {
    public static final int SIZE_BYTES = 36;

    public static final Field MAJOR_VERSION = Field.byteBits(0, 7, 4);
    public static final Field MINOR_VERSION = Field.byteBits(0, 3, 0);
    public static final Field IP_VERSION = Field.byteBits(1, 7, 4);
    public static final Field SOURCE_PORT = Field.word16(2);
    /** Sixteen bytes each; an IPv4 address is the last four of them, behind zeros. */
    public static final Field SOURCE_IPV4 = Field.word32(16);
    public static final Field DESTINATION_IPV4 = Field.word32(32);

    public static final int IPV4 = 4;

    /** Service identifiers of TCP ports: this prefix, then the port. */
    public static final long SERVICE_TCP = 0x0000_0000_0106_0000L;

    private static final int PORT_MASK = 0xffff;

    private RdmaIpCm() {}

    public static long serviceId(int port) {
        return SERVICE_TCP | port & PORT_MASK;
    }
}
