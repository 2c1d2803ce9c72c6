package org.legoos.managers.processor.inet;

/** Big-endian numbers in packets. */
final class NetworkOrder {
    private NetworkOrder() {}

    static int get16(byte[] from, int at) {
        return (from[at] & 0xff) << 8 | from[at + 1] & 0xff;
    }

    static void put16(byte[] to, int at, int value) {
        to[at] = (byte) (value >>> 8);
        to[at + 1] = (byte) value;
    }
}
