package org.legoos.managers.processor.inet;

import org.legoos.kernel.ib.ipoib.InternetChecksum;

/** The pseudo-header that checksums of UDP and ICMPv6 cover too (RFC 8200, 8.1). */
final class PseudoHeader {
    private static final int BYTES = 40;
    private static final int LENGTH = 34; // the low half of 32 bits
    private static final int PROTOCOL = 39;

    private PseudoHeader() {}

    /** What {@link InternetChecksum#of} adds for UDP and ICMPv6 over IPv6, and UDP over IPv4 too: zeros in the place of addresses add nothing. */
    static int sum(IpAddress from, IpAddress to, int protocol, int lengthBytes) {
        byte[] header = new byte[BYTES];
        if (from.isV4()) {
            from.put4(header, 0);
            to.put4(header, Integer.BYTES);
        } else {
            from.put6(header, 0);
            to.put6(header, 2 * Long.BYTES);
        }
        NetworkOrder.put16(header, LENGTH, lengthBytes);
        header[PROTOCOL] = (byte) protocol;
        return InternetChecksum.partial(header, 0, header.length);
    }
}
