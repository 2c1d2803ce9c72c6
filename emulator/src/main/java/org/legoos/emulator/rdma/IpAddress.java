package org.legoos.emulator.rdma;

/** An IPv4 address as a number and as text. */
public final class IpAddress {
    private IpAddress() {}

    /** @throws IllegalArgumentException for the user */
    public static int parse(String text) {
        String[] parts = text.split("\\.", -1);
        int value = 0;
        for (String part : parts) {
            if (parts.length != Integer.BYTES || !part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 0xff) {
                throw new IllegalArgumentException("'" + text + "' is no IPv4 address");
            }
            value = value << Byte.SIZE | Integer.parseInt(part);
        }
        return value;
    }

    public static String format(int ip) {
        return String.format("%d.%d.%d.%d", ip >>> 24, ip >>> 16 & 0xff, ip >>> 8 & 0xff, ip & 0xff);
    }
}
