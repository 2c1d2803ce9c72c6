package org.legoos.mlx4.prm.mad;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.legoos.mlx4.prm.PortInfo;

/** A global identifier: 128 bits, of a port (prefix and GUID; for RoCE an IPv4 address mapped into IPv6) or of a multicast group. */
public record Gid(long high, long low) {
    public static final int SIZE_BYTES = 16;
    public static final Gid NONE = new Gid(0, 0);
    private static final int MULTICAST_BYTE = 0xff;
    /** What stands before an IPv4 address in an IPv6 address (RFC 4291, 2.5.5.2). */
    private static final long MAPPED_PREFIX = 0xffffL << Integer.SIZE;
    private static final int GROUPS = SIZE_BYTES / Short.BYTES;

    public static Gid at(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, SIZE_BYTES);
        return new Gid(buffer.getLong(), buffer.getLong());
    }

    /** The one at index 0 of an InfiniBand port with this GUID, in the default subnet. */
    public static Gid ofPort(long guid) {
        return new Gid(PortInfo.DEFAULT_GID_PREFIX, guid);
    }

    /** @throws IllegalArgumentException not an IPv4 address */
    public static Gid mapped(InetAddress ip) {
        if (!(ip instanceof Inet4Address)) {
            throw new IllegalArgumentException(ip.getHostAddress() + " is no IPv4 address");
        }
        return new Gid(0, MAPPED_PREFIX | Integer.toUnsignedLong(ByteBuffer.wrap(ip.getAddress()).getInt()));
    }

    /**
     * What {@link #hex} wrote.
     *
     * @throws IllegalArgumentException other text
     */
    public static Gid ofHex(String digits) {
        byte[] bytes = HexFormat.of().parseHex(digits);
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a GID has " + SIZE_BYTES + " bytes, not " + bytes.length);
        }
        return at(bytes, 0);
    }

    public void put(byte[] bytes, int offset) {
        ByteBuffer.wrap(bytes, offset, SIZE_BYTES).putLong(high).putLong(low);
    }

    public byte[] bytes() {
        byte[] bytes = new byte[SIZE_BYTES];
        put(bytes, 0);
        return bytes;
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    public boolean isZero() {
        return (high | low) == 0;
    }

    public boolean isMulticast() {
        return high >>> Long.SIZE - Byte.SIZE == MULTICAST_BYTE;
    }

    /** The IPv4 address in it, or null. */
    public InetAddress ip() {
        try {
            return InetAddress.getByAddress(bytes()) instanceof Inet4Address ip ? ip : null;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // 16 bytes are an address
        }
    }

    private int group(int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> Long.SIZE - Short.SIZE * (index % (GROUPS / 2) + 1)) & Character.MAX_VALUE;
    }

    /** As inet_ntop(3) writes an IPv6 address (RFC 5952): the longest run of zero groups left out. */
    public String ipv6() {
        if (ip() != null) {
            return "::ffff:" + ip().getHostAddress();
        }
        int from = GROUPS;
        int length = 1; // a single zero group is written out
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && group(end) == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        return from == GROUPS ? groups(0, GROUPS) : groups(0, from) + "::" + groups(from + length, GROUPS);
    }

    private String groups(int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    /** As InfiniBand's tools write it: prefix and GUID. */
    @Override
    public String toString() {
        return String.format("%016x:%016x", high, low);
    }
}
