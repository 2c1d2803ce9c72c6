package org.legoos.emulator.peer;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * A global identifier: 16 bytes, for RoCE an IPv4 address mapped into IPv6.
 *
 * @param bytes not to be changed
 */
public record Gid(byte[] bytes) {
    public static final int BYTES = 16;
    public static final Gid NONE = new Gid(new byte[BYTES]);
    private static final int MAPPED_PREFIX_BYTES = 12;
    private static final int GROUP_BYTES = 2;
    private static final int GROUPS = BYTES / GROUP_BYTES;
    private static final int SUBNET_PREFIX = 0xfe80;

    public Gid {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a GID has " + BYTES + " bytes, not " + bytes.length);
        }
    }

    public static Gid mapped(InetAddress v4) {
        byte[] gid = new byte[BYTES];
        gid[MAPPED_PREFIX_BYTES - 2] = (byte) 0xff;
        gid[MAPPED_PREFIX_BYTES - 1] = (byte) 0xff;
        System.arraycopy(v4.getAddress(), 0, gid, MAPPED_PREFIX_BYTES, v4.getAddress().length);
        return new Gid(gid);
    }

    /** The one at index 0 of an InfiniBand port with this GUID, in the default subnet. */
    public static Gid ofPort(long guid) {
        byte[] gid = new byte[BYTES];
        gid[0] = (byte) (SUBNET_PREFIX >>> Byte.SIZE);
        gid[1] = (byte) SUBNET_PREFIX;
        for (int i = 0; i < Long.BYTES; i++) {
            gid[BYTES - 1 - i] = (byte) (guid >>> Byte.SIZE * i);
        }
        return new Gid(gid);
    }

    /** The IPv4 address in it, or null. */
    public InetAddress ip() {
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return address instanceof Inet4Address ? address : null;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // 16 bytes are an address
        }
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    private int group(int index) {
        return (bytes[GROUP_BYTES * index] & 0xff) << Byte.SIZE | bytes[GROUP_BYTES * index + 1] & 0xff;
    }

    /** As inet_ntop(3) writes an IPv6 address (RFC 5952): the longest run of zero groups left out. */
    @Override
    public String toString() {
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Gid gid && Arrays.equals(bytes, gid.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
