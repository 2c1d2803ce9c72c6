package org.legoos.elf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The processor that a program says it needs: GNU_PROPERTY_X86_ISA_1_NEEDED in the NT_GNU_PROPERTY_TYPE_0 note
 * (x86-64 psABI, "Program Property" and "Micro-Architecture Levels"). A note that is garbled demands nothing.
 */
final class GnuProperties {
    private static final int MAX_NOTE_BYTES = 64 * 1024;
    private static final int NT_GNU_PROPERTY_TYPE_0 = 5;
    private static final int NAME_GNU = 0x00554e47; // "GNU\0" read little-endian
    private static final int NOTE_HEADER_BYTES = 12;
    private static final int PROPERTY_HEADER_BYTES = 8;
    private static final int GNU_PROPERTY_X86_ISA_1_NEEDED = 0xc0008002;

    /** A level, its bit in the property, and what it adds, by the names of /proc/cpuinfo. */
    private enum Level {
        V2("x86-64-v2", 2, List.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3")),
        V3("x86-64-v3", 4, List.of("avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave")),
        V4("x86-64-v4", 8, List.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"));

        final String title;
        final int bit;
        final List<String> flags;

        Level(String title, int bit, List<String> flags) {
            this.title = title;
            this.bit = bit;
            this.flags = flags;
        }
    }

    private GnuProperties() {}

    /** Null when the processor has all that is needed. */
    static LoadError processorError(ElfSource source, ElfFile file, Set<String> cpuFlags) {
        int needed = 0;
        for (ProgramHeader p : file.programHeaders()) {
            if (p.type() == ProgramHeader.PT_GNU_PROPERTY || p.type() == ProgramHeader.PT_NOTE) {
                needed |= neededLevels(source, p);
            }
        }
        Level highest = null;
        for (Level level : Level.values()) {
            if ((needed & level.bit) != 0) {
                highest = level;
            }
        }
        if (highest == null) {
            return null;
        }
        List<String> missing = new ArrayList<>();
        for (Level level : Level.values()) {
            if (level.compareTo(highest) <= 0) {
                level.flags.stream().filter(flag -> !cpuFlags.contains(flag)).forEach(missing::add);
            }
        }
        return missing.isEmpty() ? null : new LoadError.NeedsProcessor(highest.title, List.copyOf(missing));
    }

    private static int neededLevels(ElfSource source, ProgramHeader p) {
        if (p.filesz() < NOTE_HEADER_BYTES || p.filesz() > MAX_NOTE_BYTES || p.align() != Long.BYTES) {
            return 0;
        }
        byte[] bytes = new byte[(int) p.filesz()];
        if (!source.read(p.offset(), bytes)) {
            return 0;
        }
        ByteBuffer notes = ElfHeader.littleEndian(bytes);
        int needed = 0;
        int at = 0;
        while (at <= bytes.length - NOTE_HEADER_BYTES) {
            long nameBytes = Integer.toUnsignedLong(notes.getInt(at));
            long contentBytes = Integer.toUnsignedLong(notes.getInt(at + 4));
            int type = notes.getInt(at + 8);
            long contentAt = roundUp(at + NOTE_HEADER_BYTES + nameBytes);
            long nextAt = roundUp(contentAt + contentBytes);
            if (contentAt + contentBytes > bytes.length) {
                return needed;
            }
            if (type == NT_GNU_PROPERTY_TYPE_0 && nameBytes == 4 && notes.getInt(at + NOTE_HEADER_BYTES) == NAME_GNU) {
                needed |= neededIn(notes, (int) contentAt, (int) (contentAt + contentBytes));
            }
            at = (int) Math.min(nextAt, bytes.length);
        }
        return needed;
    }

    private static int neededIn(ByteBuffer properties, int from, int end) {
        int at = from;
        while (at <= end - PROPERTY_HEADER_BYTES) {
            int type = properties.getInt(at);
            long dataBytes = Integer.toUnsignedLong(properties.getInt(at + 4));
            long dataAt = at + PROPERTY_HEADER_BYTES;
            if (dataBytes > end - dataAt) {
                return 0;
            }
            if (type == GNU_PROPERTY_X86_ISA_1_NEEDED && dataBytes == Integer.BYTES) {
                return properties.getInt((int) dataAt);
            }
            at = (int) Math.min(roundUp(dataAt + dataBytes), end);
        }
        return 0;
    }

    private static long roundUp(long at) {
        return at + Long.BYTES - 1 & -Long.BYTES;
    }
}
