package org.legoos.emulator.pingpong;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What two ends of rdma-core's ibv_rc_pingpong tell each other over TCP before they begin: {@code LID:QPN:PSN:GID} in
 * hexadecimal with a NUL behind.
 *
 * @param gid 16 bytes; for RoCE an IPv4 address mapped into IPv6; zero when LIDs are enough
 */
record PingPongAddress(int lid, int qpn, int psn, byte[] gid) {
    static final int GID_BYTES = 16;
    static final int WIRE_BYTES = "0000:000000:000000:".length() + 2 * GID_BYTES + 1;
    private static final int MAPPED_PREFIX_BYTES = 12;

    static PingPongAddress parse(byte[] wire) throws IOException {
        String text = new String(wire, StandardCharsets.ISO_8859_1).trim();
        String[] words = text.split(":");
        try {
            if (words.length == 4) {
                return new PingPongAddress(Integer.parseInt(words[0], 16), Integer.parseInt(words[1], 16),
                        Integer.parseInt(words[2], 16), HexFormat.of().parseHex(words[3]));
            }
        } catch (IllegalArgumentException e) {
            // no numbers: as below
        }
        throw new IOException("the peer sent '" + text.replaceAll("[^ -~]", "?") + "', not the address of an ibv_rc_pingpong");
    }

    byte[] toWire() {
        String text = String.format("%04x:%06x:%06x:%s", lid, qpn, psn, HexFormat.of().formatHex(gid));
        return java.util.Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), WIRE_BYTES);
    }

    static byte[] mapped(InetAddress v4) {
        byte[] gid = new byte[GID_BYTES];
        gid[MAPPED_PREFIX_BYTES - 2] = (byte) 0xff;
        gid[MAPPED_PREFIX_BYTES - 1] = (byte) 0xff;
        System.arraycopy(v4.getAddress(), 0, gid, MAPPED_PREFIX_BYTES, v4.getAddress().length);
        return gid;
    }

    /** The IPv4 address in the GID. */
    InetAddress ip() throws IOException {
        try {
            InetAddress address = InetAddress.getByAddress(gid);
            if (address instanceof java.net.Inet4Address) {
                return address;
            }
        } catch (UnknownHostException e) {
            // not 16 bytes: as below
        }
        throw new IOException("the peer's GID " + HexFormat.of().formatHex(gid) + " is no IPv4 address: ibv_rc_pingpong needs -g");
    }

    @Override
    public String toString() {
        return String.format("LID 0x%04x, QPN 0x%06x, PSN 0x%06x, GID %s", lid, qpn, psn, HexFormat.ofDelimiter(":").formatHex(gid));
    }
}
