package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;

/** Bytes as the card's documentation prints them: groups of hex digits, blanks ignored. */
final class Hex {
    private Hex() {}

    static MemorySegment bytes(String digits) {
        byte[] raw = HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
        MemorySegment aligned = memory(Math.max(64, raw.length));
        MemorySegment.copy(raw, 0, aligned, ValueLayout.JAVA_BYTE, 0, raw.length);
        return aligned;
    }

    /** Memory in which 8-byte fields are aligned. */
    static MemorySegment memory(int sizeBytes) {
        return MemorySegment.ofArray(new long[sizeBytes / 8]);
    }

    static String of(MemorySegment segment, long offset, int sizeBytes) {
        return HexFormat.of().formatHex(segment.asSlice(offset, sizeBytes).toArray(ValueLayout.JAVA_BYTE));
    }

    static String digits(String text) {
        return text.replaceAll("\\s", "");
    }
}
