package org.legoos.managers.processor.inet;

/** The IPv6 header (RFC 8200) in a packet's first bytes. */
final class Ipv6Header {
    static final int BYTES = 40;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;
    private static final int ADDRESS_BYTES = 16;
    private static final byte VERSION_6 = 6 << 4;

    private Ipv6Header() {}

    /** The packet's header, with its payload behind. */
    static byte[] of(IpPacket packet) {
        byte[] whole = new byte[BYTES + packet.payload().length];
        whole[0] = VERSION_6;
        NetworkOrder.put16(whole, PAYLOAD_LENGTH, packet.payload().length);
        whole[NEXT_HEADER] = (byte) packet.protocol();
        whole[HOP_LIMIT] = (byte) packet.timeToLive();
        packet.from().put6(whole, SOURCE);
        packet.to().put6(whole, DESTINATION);
        System.arraycopy(packet.payload(), 0, whole, BYTES, packet.payload().length);
        return whole;
    }

    /** The packet that a program made with its header (a raw socket of IPPROTO_RAW). */
    static IpPacket parse(byte[] whole) {
        byte[] payload = java.util.Arrays.copyOfRange(whole, BYTES, whole.length);
        return new IpPacket(IpAddress.of(whole, SOURCE, ADDRESS_BYTES), IpAddress.of(whole, DESTINATION, ADDRESS_BYTES),
                whole[NEXT_HEADER] & 0xff, whole[HOP_LIMIT] & 0xff, payload);
    }
}
