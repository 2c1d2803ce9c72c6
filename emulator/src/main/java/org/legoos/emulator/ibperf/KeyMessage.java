package org.legoos.emulator.ibperf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.legoos.mlx4.prm.mad.Gid;

/**
 * What the two ends tell each other about a queue pair, in hexadecimal: {@code LID:READS:QPN:PSN:RKEY:ADDRESS:SRQN}, or with a
 * GID {@code LID:READS:QPN:PSN:RKEY:ADDRESS:} followed by its 16 bytes and {@code SRQN:}. The same message serves as a barrier.
 *
 * @param reads RDMA READs and atomics that it can have outstanding
 * @param gid null: without
 */
record KeyMessage(int lid, int reads, int qpn, int psn, int remoteKey, long buffer, Gid gid) {
    static final int BYTES = "0000:0000:000000:000000:00000000:0000000000000000:00000000".length() + 1;
    static final int BYTES_WITH_GID = 108;
    /** Here the first part of a GID ends, and a message without one has a digit. */
    private static final int GID_COLON_AT = "0000:0000:000000:000000:00000000:0000000000000000:00".length();
    private static final int WORDS = 7;
    private static final int GID_AT = 6;
    private static final int WORD_DIGITS_MAX = 8;
    private static final int ADDRESS_DIGITS_MAX = 16;
    private static final int NUMBER_MASK = 0xffffff;

    /** Whether more bytes belong to a message that begins so. */
    static boolean hasGid(byte[] start) {
        return start[GID_COLON_AT] == ':';
    }

    static KeyMessage parse(byte[] wire) throws IOException {
        String text = new String(wire, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        String[] words = text.substring(0, end < 0 ? 0 : end).split(":");
        boolean withGid = wire.length == BYTES_WITH_GID;
        try {
            if (words.length == (withGid ? WORDS + Gid.SIZE_BYTES : WORDS)) {
                return new KeyMessage(word(words[0]), word(words[1]), word(words[2]) & NUMBER_MASK, word(words[3]) & NUMBER_MASK,
                        word(words[4]), address(words[5]), withGid ? gid(words) : null);
            }
        } catch (IllegalArgumentException e) {
            // no numbers: as below
        }
        String shown = text.replaceAll("[^ -~]", "?");
        throw new IOException("the other end sent '" + shown + "', not the address of a perftest program");
    }

    private static int word(String digits) {
        if (digits.length() > WORD_DIGITS_MAX) {
            throw new IllegalArgumentException(digits);
        }
        return HexFormat.fromHexDigits(digits);
    }

    private static long address(String digits) {
        if (digits.length() > ADDRESS_DIGITS_MAX) {
            throw new IllegalArgumentException(digits);
        }
        return HexFormat.fromHexDigitsToLong(digits);
    }

    private static Gid gid(String[] words) {
        return Gid.ofHex(String.join("", Arrays.copyOfRange(words, GID_AT, GID_AT + Gid.SIZE_BYTES)));
    }

    byte[] toWire() {
        String start = String.format("%04x:%04x:%06x:%06x:%08x:%016x:", lid, reads, qpn, psn, remoteKey, buffer);
        String text = gid == null ? start + "00000000" : start + HexFormat.ofDelimiter(":").formatHex(gid.bytes()) + ":00000000:";
        return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), gid == null ? BYTES : BYTES_WITH_GID);
    }

    /** As printf's alternate form writes a number in hexadecimal: zero has no prefix. */
    private static String alternate(long number, int width) {
        String digits = Long.toHexString(number);
        String prefix = number == 0 ? "" : "0x";
        return prefix + "0".repeat(Math.max(0, width - prefix.length() - digits.length())) + digits;
    }

    /** As the programs show it, the GID in decimal on a line of its own. */
    String show(String side, boolean showsReads, boolean showsBuffer) {
        StringBuilder line = new StringBuilder(" " + side + " address: LID " + alternate(lid, 4) + " QPN " + alternate(qpn, 6) + " PSN "
                + alternate(psn, 6));
        if (showsReads) {
            line.append(" OUT ").append(alternate(reads, 4));
        }
        if (showsBuffer) {
            line.append(" RKey ").append(alternate(Integer.toUnsignedLong(remoteKey), 8)).append(" VAddr ").append(alternate(buffer, 16));
        }
        if (gid != null) {
            StringJoiner parts = new StringJoiner(":");
            for (byte each : gid.bytes()) {
                parts.add(String.format("%02d", each & 0xff));
            }
            line.append("\n GID: ").append(parts);
        }
        return line.toString();
    }
}
