package org.legoos.emulator.pingpong;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.legoos.mlx4.prm.mad.Gid;

/**
 * What two ends of rdma-core's ibv_*_pingpong tell each other over TCP about each queue pair before they begin:
 * {@code LID:QPN:PSN:GID} in hexadecimal with a NUL behind.
 *
 * @param gid none when LIDs are enough
 */
record PingPongAddress(int lid, int qpn, int psn, Gid gid) {
    static final int WIRE_BYTES = "0000:000000:000000:".length() + 2 * Gid.SIZE_BYTES + 1;
    static final PingPongAddress NONE = new PingPongAddress(0, 0, 0, Gid.NONE);
    private static final int LID_MAX = 0xffff;
    private static final int NUMBER_MAX = 0xffffff;

    static PingPongAddress parse(byte[] wire) throws IOException {
        String text = new String(wire, StandardCharsets.ISO_8859_1);
        String[] words = text.substring(0, Math.max(0, text.length() - 1)).split(":");
        try {
            if (words.length == 4 && text.endsWith("\0")) {
                return new PingPongAddress(number(words[0], LID_MAX), number(words[1], NUMBER_MAX), number(words[2], NUMBER_MAX),
                        Gid.ofHex(words[3]));
            }
        } catch (IllegalArgumentException e) {
            // no numbers: as below
        }
        String shown = text.replaceAll("[^ -~]", "?");
        throw new IOException("the other end sent '" + shown + "', not the address of an ibv_*_pingpong");
    }

    private static int number(String word, int max) {
        int number = HexFormat.fromHexDigits(word);
        if (number < 0 || number > max) {
            throw new IllegalArgumentException(word);
        }
        return number;
    }

    byte[] toWire() {
        String text = String.format("%04x:%06x:%06x:%s", lid, qpn, psn, gid.hex());
        return Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), WIRE_BYTES);
    }

    @Override
    public String toString() {
        return String.format("LID 0x%04x, QPN 0x%06x, PSN 0x%06x, GID %s", lid, qpn, psn, gid.ipv6());
    }
}
