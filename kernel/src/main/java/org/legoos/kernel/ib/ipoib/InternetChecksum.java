package org.legoos.kernel.ib.ipoib;

/** The Internet's checksum (RFC 1071): of IP headers, ICMP, UDP. */
public final class InternetChecksum {
    private InternetChecksum() {}

    /** @param more what was summed before. @return 0 over bytes that hold their right checksum */
    public static int of(byte[] bytes, int from, int length, int more) {
        return ~fold(sum(bytes, from, length) + more) & 0xffff;
    }

    /** The sum itself, to go on from. */
    public static int partial(byte[] bytes, int from, int length) {
        return fold(sum(bytes, from, length));
    }

    private static long sum(byte[] bytes, int from, int length) {
        long sum = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += (bytes[from + i] & 0xff) << Byte.SIZE | bytes[from + i + 1] & 0xff;
        }
        return (length & 1) == 0 ? sum : sum + ((bytes[from + length - 1] & 0xff) << Byte.SIZE);
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> Short.SIZE != 0) {
            folded = (folded & 0xffff) + (folded >>> Short.SIZE);
        }
        return (int) folded;
    }
}
