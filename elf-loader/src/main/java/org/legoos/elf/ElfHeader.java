package org.legoos.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The ELF64 file header (System V ABI, "ELF Header"); only the fields that loading needs. */
record ElfHeader(
        int type, int machine, long entry, long phoff, long shoff, int phentsize, int phnum, int shentsize, int shnum) {
    static final int SIZE_BYTES = 64;

    static final int ET_REL = 1;
    static final int ET_EXEC = 2;
    static final int ET_DYN = 3;
    static final int ET_CORE = 4;
    static final int EM_X86_64 = 62;

    private static final int MAGIC = 0x464c457f; // "\x7fELF" read little-endian
    private static final int EI_CLASS = 4;
    private static final int EI_DATA = 5;
    private static final int EI_VERSION = 6;
    private static final int ELFCLASS32 = 1;
    private static final int ELFCLASS64 = 2;
    private static final int ELFDATA2LSB = 1;
    private static final int EV_CURRENT = 1;

    static ElfHeader parse(byte[] bytes) {
        ByteBuffer b = littleEndian(bytes);
        return new ElfHeader(
                Short.toUnsignedInt(b.getShort(16)),
                Short.toUnsignedInt(b.getShort(18)),
                b.getLong(24),
                b.getLong(32),
                b.getLong(40),
                Short.toUnsignedInt(b.getShort(54)),
                Short.toUnsignedInt(b.getShort(56)),
                Short.toUnsignedInt(b.getShort(58)),
                Short.toUnsignedInt(b.getShort(60)));
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Checks e_ident of a file's first bytes (maybe fewer than a header); null when it is a 64-bit little-endian
     * one.
     */
    static LoadError identError(byte[] start) {
        if (start.length < Integer.BYTES || littleEndian(start).getInt(0) != MAGIC) {
            return new LoadError.NotElf();
        }
        if (start.length < SIZE_BYTES && (start.length <= EI_CLASS || start[EI_CLASS] != ELFCLASS32)) {
            return new LoadError.Truncated("the ELF header");
        }
        if (start[EI_CLASS] == ELFCLASS32) {
            return new LoadError.ThirtyTwoBit();
        }
        if (start[EI_CLASS] != ELFCLASS64) {
            return new LoadError.BadHeader("class " + start[EI_CLASS]);
        }
        if (start[EI_DATA] != ELFDATA2LSB) {
            return new LoadError.WrongMachine("a big-endian machine");
        }
        return start[EI_VERSION] == EV_CURRENT ? null : new LoadError.BadHeader("version " + start[EI_VERSION]);
    }

    /** Checks machine and type; null when it is an x86-64 program. */
    LoadError kindError() {
        if (machine != EM_X86_64) {
            return new LoadError.WrongMachine(machineName(machine));
        }
        return switch (type) {
            case ET_EXEC, ET_DYN -> null;
            case ET_REL -> new LoadError.WrongType("a relocatable object file");
            case ET_CORE -> new LoadError.WrongType("a core dump");
            default -> new LoadError.WrongType("of type " + type);
        };
    }

    private static String machineName(int machine) {
        return switch (machine) {
            case 3 -> "i386";
            case 20 -> "PowerPC";
            case 21 -> "PowerPC64";
            case 22 -> "S390";
            case 40 -> "ARM";
            case 183 -> "AArch64";
            case 243 -> "RISC-V";
            case 258 -> "LoongArch";
            default -> "machine " + machine;
        };
    }
}
