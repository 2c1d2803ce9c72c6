package org.legoos.mlx4.wire;

import java.util.zip.CRC32;

/**
 * The invariant CRC (IBA 7.8.1; annexes A16 and A17 for RoCE): CRC-32 over the packet, with the fields that change on
 * the way taken as ones. Only needed where bytes leave the JVM. Not thread-safe: one per sender or receiver.
 *
 * <p>The value is returned so that its lowest byte is the first on the wire.
 */
public final class Icrc {
    public static final int SIZE = 4;

    private static final int LRH_BYTES_OF_ROCE = Lrh.SIZE;

    private final CRC32 crc = new CRC32();
    private final byte[] masked = new byte[128];

    /** Of an InfiniBand packet that begins with an LRH; length counts everything before the ICRC. */
    public int ofInfiniBand(byte[] packet, int at, int length) {
        boolean global = Lrh.LNH.get(packet, at) == Lrh.LNH_IBA_GLOBAL;
        int bth = Lrh.SIZE + (global ? Grh.SIZE : 0);
        int headers = bth + Bth.SIZE;
        System.arraycopy(packet, at, masked, 0, headers);
        if (global) {
            java.util.Arrays.fill(masked, 0, Lrh.SIZE, (byte) 0xff);
            Grh.TRAFFIC_CLASS.set(masked, Lrh.SIZE, -1);
            Grh.FLOW_LABEL.set(masked, Lrh.SIZE, -1);
            Grh.HOP_LIMIT.set(masked, Lrh.SIZE, -1);
        } else {
            Lrh.VL.set(masked, 0, -1);
        }
        return finish(packet, at, length, 0, bth);
    }

    /** Of a RoCE v2 packet that begins with an IPv4 or IPv6 header; length counts everything before the ICRC. */
    public int ofRoceV2(byte[] packet, int at, int length) {
        boolean v4 = Ipv4.VERSION.get(packet, at) == Ipv4.VERSION_4;
        int udp = LRH_BYTES_OF_ROCE + (v4 ? Ipv4.SIZE : Ipv6.SIZE);
        int bth = udp + Udp.SIZE;
        java.util.Arrays.fill(masked, 0, LRH_BYTES_OF_ROCE, (byte) 0xff);
        System.arraycopy(packet, at, masked, LRH_BYTES_OF_ROCE, bth + Bth.SIZE - LRH_BYTES_OF_ROCE);
        if (v4) {
            Ipv4.TYPE_OF_SERVICE.set(masked, LRH_BYTES_OF_ROCE, -1);
            Ipv4.TIME_TO_LIVE.set(masked, LRH_BYTES_OF_ROCE, -1);
            Ipv4.CHECKSUM.set(masked, LRH_BYTES_OF_ROCE, -1);
        } else {
            Ipv6.TRAFFIC_CLASS.set(masked, LRH_BYTES_OF_ROCE, -1);
            Ipv6.FLOW_LABEL.set(masked, LRH_BYTES_OF_ROCE, -1);
            Ipv6.HOP_LIMIT.set(masked, LRH_BYTES_OF_ROCE, -1);
        }
        Udp.CHECKSUM.set(masked, udp, -1);
        return finish(packet, at, length, LRH_BYTES_OF_ROCE, bth);
    }

    /** The masked headers, then the rest as it is. extra = bytes in masked that are not in the packet. */
    private int finish(byte[] packet, int at, int length, int extra, int bth) {
        Bth.VARIANT.set(masked, bth, -1);
        int headers = bth + Bth.SIZE;
        crc.reset();
        crc.update(masked, 0, headers);
        crc.update(packet, at + headers - extra, length - (headers - extra));
        return (int) crc.getValue();
    }

    /** Stores a value as it goes on the wire. */
    public static void put(byte[] bytes, int at, int value) {
        for (int i = 0; i < SIZE; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }

    public static int get(byte[] bytes, int at) {
        int value = 0;
        for (int i = 0; i < SIZE; i++) {
            value |= (bytes[at + i] & 0xff) << 8 * i;
        }
        return value;
    }
}
