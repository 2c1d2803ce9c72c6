package org.legoos.managers.processor.inet;

/** The Internet's checksum (RFC 1071), and with IPv6's pseudo-header (RFC 8200, 8.1). */
final class Checksum {
    private static final int PSEUDO_BYTES = 40;
    private static final int PSEUDO_LENGTH = 34; // the low half of 32 bits
    private static final int PSEUDO_PROTOCOL = 39;

    private Checksum() {}

    /** @param more what was summed before. @return 0 over bytes that hold their right checksum */
    static int of(byte[] bytes, int at, int length, int more) {
        return ~fold(sum(bytes, at, length) + more) & 0xffff;
    }

    /** What {@link #of} adds for UDP and ICMPv6 over IPv6, and UDP over IPv4 too: zeros in the place of addresses add nothing. */
    static int pseudo(IpAddress from, IpAddress to, int protocol, int lengthBytes) {
        byte[] header = new byte[PSEUDO_BYTES];
        if (from.isV4()) {
            from.put4(header, 0);
            to.put4(header, Integer.BYTES);
        } else {
            from.put6(header, 0);
            to.put6(header, 2 * Long.BYTES);
        }
        NetworkOrder.put16(header, PSEUDO_LENGTH, lengthBytes);
        header[PSEUDO_PROTOCOL] = (byte) protocol;
        return fold(sum(header, 0, header.length));
    }

    private static long sum(byte[] bytes, int at, int length) {
        long sum = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += NetworkOrder.get16(bytes, at + i);
        }
        return (length & 1) == 0 ? sum : sum + ((bytes[at + length - 1] & 0xff) << 8);
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }
}
