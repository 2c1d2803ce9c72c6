package org.legoos.mlx4.prm;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/** Turns documented byte dumps into memory, and memory into such text. */
public final class Hex {
    private Hex() {}

    /** Bytes written as hex digits, blanks ignored. */
    public static MemorySegment bytes(String digits) {
        return MemorySegment.ofArray(HexFormat.of().parseHex(digits.replaceAll("\\s", "")));
    }

    /** A dump of lines "offset: bytes"; what no line names is zero. */
    public static MemorySegment dump(int sizeBytes, String dump) {
        MemorySegment out = MemorySegment.ofArray(new byte[sizeBytes]);
        dump.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] parts = line.split(":");
            MemorySegment row = bytes(parts[1]);
            MemorySegment.copy(row, 0, out, Integer.parseInt(parts[0].strip(), 16), row.byteSize());
        });
        return out;
    }

    public static String of(MemorySegment segment, long offset, long sizeBytes) {
        byte[] raw = segment.asSlice(offset, sizeBytes).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        return HexFormat.of().formatHex(raw);
    }
}
