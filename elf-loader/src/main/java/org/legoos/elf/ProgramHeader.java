package org.legoos.elf;

import java.nio.ByteBuffer;

/** One entry of the ELF64 program header table (System V ABI, "Program Header"). */
record ProgramHeader(int type, int flags, long offset, long vaddr, long filesz, long memsz, long align) {
    static final int SIZE_BYTES = 56;

    static final int PT_LOAD = 1;
    static final int PT_DYNAMIC = 2;
    static final int PT_INTERP = 3;
    static final int PT_NOTE = 4;
    static final int PT_TLS = 7;
    static final int PT_GNU_STACK = 0x6474e551;
    static final int PT_GNU_PROPERTY = 0x6474e553;

    static final int PF_X = 1;
    static final int PF_W = 2;
    static final int PF_R = 4;

    static ProgramHeader parse(ByteBuffer table, int index) {
        int at = index * SIZE_BYTES;
        return new ProgramHeader(
                table.getInt(at),
                table.getInt(at + 4),
                table.getLong(at + 8),
                table.getLong(at + 16),
                table.getLong(at + 32),
                table.getLong(at + 40),
                table.getLong(at + 48));
    }

    /** Whether [offset, offset+filesz) lies in a file of sizeBytes, without wrapping round. */
    boolean isInFile(long sizeBytes) {
        return offset >= 0 && filesz >= 0 && offset <= sizeBytes && filesz <= sizeBytes - offset;
    }

    /** Whether [vaddr, vaddr+memsz) lies below limitVa, without wrapping round. */
    boolean isBelow(long limitVa) {
        return vaddr >= 0 && memsz >= 0 && vaddr <= limitVa && memsz <= limitVa - vaddr;
    }

    boolean hasSaneAlign() {
        return align == 0 || Long.bitCount(align) == 1;
    }
}
