package org.legoos.mlx4.wire;

/** Ethernet II header, and ARP for IPv4 behind it (RFC 826). Addresses of 48 bits are a high and a low part here. */
public final class Ethernet {
    public static final int SIZE = 14;
    public static final int TYPE_IPV4 = 0x0800;
    public static final int TYPE_ARP = 0x0806;
    public static final int TYPE_IPV6 = 0x86dd;
    public static final long BROADCAST = 0xffff_ffff_ffffL;

    private static final int TYPE_AT = 12;
    private static final int ADDRESS_BYTES = 6;

    /** Offsets of an ARP packet, from the start of the frame. */
    public static final int ARP_SIZE = SIZE + 28;
    private static final int ARP_FORMAT_AT = SIZE;
    private static final int ARP_OPERATION_AT = SIZE + 6;
    private static final int ARP_SENDER_AT = SIZE + 8;
    private static final int ARP_SENDER_IP_AT = SIZE + 14;
    private static final int ARP_TARGET_AT = SIZE + 18;
    private static final int ARP_TARGET_IP_AT = SIZE + 24;
    /** Ethernet (1), IPv4 (0x0800), addresses of 6 and 4 bytes. */
    private static final long ARP_FORMAT = 0x0001_0800_0604L;

    public static final int ARP_REQUEST = 1;
    public static final int ARP_REPLY = 2;

    private Ethernet() {}

    public static long destination(byte[] frame) {
        return get(frame, 0, ADDRESS_BYTES);
    }

    public static long source(byte[] frame) {
        return get(frame, ADDRESS_BYTES, ADDRESS_BYTES);
    }

    public static int type(byte[] frame) {
        return (int) get(frame, TYPE_AT, 2);
    }

    public static void put(byte[] frame, long destination, long source, int type) {
        store(frame, 0, ADDRESS_BYTES, destination);
        store(frame, ADDRESS_BYTES, ADDRESS_BYTES, source);
        store(frame, TYPE_AT, 2, type);
    }

    /** Is it ARP for IPv4 over Ethernet? The frame has {@link #ARP_SIZE} bytes or more. */
    public static boolean isArp(byte[] frame) {
        return type(frame) == TYPE_ARP && get(frame, ARP_FORMAT_AT, ADDRESS_BYTES) == ARP_FORMAT;
    }

    public static int arpOperation(byte[] frame) {
        return (int) get(frame, ARP_OPERATION_AT, 2);
    }

    public static long arpSender(byte[] frame) {
        return get(frame, ARP_SENDER_AT, ADDRESS_BYTES);
    }

    public static int arpSenderIp(byte[] frame) {
        return (int) get(frame, ARP_SENDER_IP_AT, 4);
    }

    public static int arpTargetIp(byte[] frame) {
        return (int) get(frame, ARP_TARGET_IP_AT, 4);
    }

    /** A frame with a request for, or a reply to, target. */
    public static byte[] arp(int operation, long sender, int senderIp, long target, int targetIp) {
        byte[] frame = new byte[ARP_SIZE];
        put(frame, operation == ARP_REQUEST ? BROADCAST : target, sender, TYPE_ARP);
        store(frame, ARP_FORMAT_AT, ADDRESS_BYTES, ARP_FORMAT);
        store(frame, ARP_OPERATION_AT, 2, operation);
        store(frame, ARP_SENDER_AT, ADDRESS_BYTES, sender);
        store(frame, ARP_SENDER_IP_AT, 4, senderIp);
        store(frame, ARP_TARGET_AT, ADDRESS_BYTES, operation == ARP_REQUEST ? 0 : target);
        store(frame, ARP_TARGET_IP_AT, 4, targetIp);
        return frame;
    }

    private static long get(byte[] frame, int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | frame[at + i] & 0xff;
        }
        return value;
    }

    private static void store(byte[] frame, int at, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            frame[at + i] = (byte) (value >>> 8 * (bytes - 1 - i));
        }
    }
}
