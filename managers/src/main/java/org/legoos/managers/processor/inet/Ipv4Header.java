package org.legoos.managers.processor.inet;

import org.legoos.kernel.ib.ipoib.InternetChecksum;

/** The IPv4 header (RFC 791) in a packet's first bytes. Multi-byte fields are big-endian. */
final class Ipv4Header {
    static final int BYTES = 20;
    private static final int VERSION_IHL = 0;
    private static final int TOS = 1;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TTL = 8;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int IHL_MASK = 15;
    private static final int VERSION_4 = 4 << 4;
    /** Don't fragment: what Linux sets with path MTU discovery. */
    private static final int DF = 0x4000;

    private Ipv4Header() {}

    /** The packet's header, with its payload behind. */
    static byte[] of(IpPacket packet, int identification) {
        byte[] whole = new byte[BYTES + packet.payload().length];
        whole[VERSION_IHL] = VERSION_4 | BYTES / Integer.BYTES;
        whole[TOS] = (byte) packet.typeOfService();
        NetworkOrder.put16(whole, IDENTIFICATION, identification);
        NetworkOrder.put16(whole, FRAGMENT, DF);
        whole[TTL] = (byte) packet.timeToLive();
        whole[PROTOCOL] = (byte) packet.protocol();
        packet.from().put4(whole, SOURCE);
        packet.to().put4(whole, DESTINATION);
        System.arraycopy(packet.payload(), 0, whole, BYTES, packet.payload().length);
        complete(whole);
        return whole;
    }

    /** Its length with options, or -1 when these bytes are no packet. */
    static int lengthBytes(byte[] whole) {
        int length = whole.length < BYTES ? -1 : (whole[VERSION_IHL] & IHL_MASK) * Integer.BYTES;
        return length < BYTES || length > whole.length ? -1 : length;
    }

    /**
     * What the kernel always fills in of a header that a program made (IP_HDRINCL): length and checksum; source and
     * identification when they are zero.
     */
    static void fillIn(byte[] whole, IpAddress source, int identification) {
        if (source(whole).isAny()) {
            source.put4(whole, SOURCE);
        }
        if (NetworkOrder.get16(whole, IDENTIFICATION) == 0) {
            NetworkOrder.put16(whole, IDENTIFICATION, identification);
        }
        complete(whole);
    }

    private static void complete(byte[] whole) {
        NetworkOrder.put16(whole, TOTAL_LENGTH, whole.length);
        NetworkOrder.put16(whole, CHECKSUM, 0);
        NetworkOrder.put16(whole, CHECKSUM, InternetChecksum.of(whole, 0, lengthBytes(whole), 0));
    }

    static IpAddress source(byte[] whole) {
        return IpAddress.of(whole, SOURCE, Integer.BYTES);
    }

    static IpAddress destination(byte[] whole) {
        return IpAddress.of(whole, DESTINATION, Integer.BYTES);
    }

    static int protocol(byte[] whole) {
        return whole[PROTOCOL] & 0xff;
    }

    static int timeToLive(byte[] whole) {
        return whole[TTL] & 0xff;
    }

    static int typeOfService(byte[] whole) {
        return whole[TOS] & 0xff;
    }
}
