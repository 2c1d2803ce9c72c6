package org.legoos.managers.processor.inet;

/**
 * An IPv6 address, or an IPv4 address in its v4-mapped form ::ffff:a.b.c.d: so one kind of socket serves both families
 * (RFC 4038).
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight
 */
public record IpAddress(long high, long low) {
    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long MAPPED_MASK = 0xffff_ffff_0000_0000L;
    private static final int LOOPBACK_NET = 127;

    /** "::". */
    public static final IpAddress ANY6 = new IpAddress(0, 0);
    /** "0.0.0.0". */
    public static final IpAddress ANY4 = v4(0);
    public static final IpAddress LOOPBACK4 = v4(0x7f000001);
    public static final IpAddress LOOPBACK6 = new IpAddress(0, 1);
    /** 255.255.255.255. */
    public static final IpAddress BROADCAST4 = v4(-1);

    /** @param address in the order in which one says it: 0x7f000001 is 127.0.0.1 */
    public static IpAddress v4(int address) {
        return new IpAddress(0, MAPPED | address & 0xffff_ffffL);
    }

    /** From 4 or 16 bytes in network order. */
    public static IpAddress of(byte[] bytes, int offset, int length) {
        if (length == Integer.BYTES) {
            return v4((int) big(bytes, offset, Integer.BYTES));
        }
        return new IpAddress(big(bytes, offset, Long.BYTES), big(bytes, offset + Long.BYTES, Long.BYTES));
    }

    private static long big(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | bytes[offset + i] & 0xff;
        }
        return value;
    }

    /** Writes the 16 bytes. */
    public void put6(byte[] to, int offset) {
        put(to, offset, high, Long.BYTES);
        put(to, offset + Long.BYTES, low, Long.BYTES);
    }

    /** Writes the 4 bytes of an IPv4 address. */
    public void put4(byte[] to, int offset) {
        put(to, offset, low, Integer.BYTES);
    }

    private static void put(byte[] to, int offset, long value, int length) {
        for (int i = 0; i < length; i++) {
            to[offset + i] = (byte) (value >>> 8 * (length - 1 - i));
        }
    }

    /** The bytes of the address in its own family: 4 or 16. */
    public byte[] bytes() {
        byte[] bytes = new byte[isV4() ? Integer.BYTES : 2 * Long.BYTES];
        if (isV4()) {
            put4(bytes, 0);
        } else {
            put6(bytes, 0);
        }
        return bytes;
    }

    public boolean isV4() {
        return high == 0 && (low & MAPPED_MASK) == MAPPED;
    }

    /** The IPv4 address as a number. */
    public int v4() {
        return (int) low;
    }

    public boolean isAny() {
        return high == 0 && (low == 0 || low == MAPPED);
    }

    public boolean isLoopback() {
        return isV4() ? v4() >>> 24 == LOOPBACK_NET : equals(LOOPBACK6);
    }

    public boolean isMulticast() {
        return isV4() ? v4() >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    /** fe80::/10. */
    public boolean isLinkLocal6() {
        return high >>> 54 == 0x3fa;
    }

    @Override
    public String toString() {
        if (isV4()) {
            return (v4() >>> 24) + "." + (v4() >>> 16 & 0xff) + "." + (v4() >>> 8 & 0xff) + "." + (v4() & 0xff);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            long half = i < 4 ? high : low;
            text.append(i == 0 ? "" : ":").append(Long.toHexString(half >>> 48 - 16 * (i & 3) & 0xffff));
        }
        return text.toString();
    }
}
