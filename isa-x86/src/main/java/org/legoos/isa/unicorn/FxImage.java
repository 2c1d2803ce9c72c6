package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * The FXSAVE64 image (Intel SDM vol. 1, table 10-2). The instruction and operand pointers, which no Linux program
 * looks at, read as zero.
 */
final class FxImage {
    static final int SIZE_BYTES = 512;
    private static final int FCW = 0;
    private static final int FSW = 2;
    private static final int FTW = 4;
    private static final int MXCSR = 24;
    private static final int MXCSR_MASK = 28;
    private static final int ST0 = 32;
    private static final int XMM0 = 160;
    private static final int REGISTER_BYTES = 16;
    private static final int ST_BYTES = 10;

    /** DAZ is implemented: all 16 bits may be set. */
    private static final int MXCSR_VALID = 0xffff;

    private static final int TAG_EMPTY = 3;

    private FxImage() {}

    static void read(Registers cpu, MemorySegment to, long offset) {
        MemorySegment image = to.asSlice(offset, SIZE_BYTES);
        image.fill((byte) 0);
        image.set(JAVA_SHORT_UNALIGNED, FCW, (short) cpu.read(UcConst.REG_FPCW));
        image.set(JAVA_SHORT_UNALIGNED, FSW, (short) cpu.read(UcConst.REG_FPSW));
        image.set(JAVA_BYTE, FTW, abridged((int) cpu.read(UcConst.REG_FPTAG)));
        image.set(JAVA_INT_UNALIGNED, MXCSR, (int) cpu.read(UcConst.REG_MXCSR));
        image.set(JAVA_INT_UNALIGNED, MXCSR_MASK, MXCSR_VALID);
        for (int i = 0; i < 8; i++) {
            MemorySegment.copy(cpu.readWide(UcConst.REG_ST0 + i), 0, image, ST0 + i * REGISTER_BYTES, ST_BYTES);
        }
        for (int i = 0; i < 16; i++) {
            MemorySegment.copy(cpu.readWide(UcConst.REG_XMM0 + i), 0, image, XMM0 + i * REGISTER_BYTES, REGISTER_BYTES);
        }
    }

    static void write(Registers cpu, MemorySegment from, long offset) {
        cpu.write(UcConst.REG_FPCW, from.get(JAVA_SHORT_UNALIGNED, offset + FCW) & 0xffff);
        // The status word first: it moves the top of the stack, by which ST registers are numbered.
        cpu.write(UcConst.REG_FPSW, from.get(JAVA_SHORT_UNALIGNED, offset + FSW) & 0xffff);
        for (int i = 0; i < 8; i++) {
            cpu.writeWide(UcConst.REG_ST0 + i, from, offset + ST0 + i * REGISTER_BYTES, ST_BYTES);
        }
        cpu.write(UcConst.REG_FPTAG, full(from.get(JAVA_BYTE, offset + FTW)));
        cpu.write(UcConst.REG_MXCSR, from.get(JAVA_INT_UNALIGNED, offset + MXCSR) & MXCSR_VALID);
        for (int i = 0; i < 16; i++) {
            cpu.writeWide(UcConst.REG_XMM0 + i, from, offset + XMM0 + i * REGISTER_BYTES, REGISTER_BYTES);
        }
    }

    /** One bit a register, 1 = in use, from two bits a register, 3 = empty. */
    private static byte abridged(int tags) {
        int bits = 0;
        for (int i = 0; i < 8; i++) {
            if ((tags >> 2 * i & TAG_EMPTY) != TAG_EMPTY) {
                bits |= 1 << i;
            }
        }
        return (byte) bits;
    }

    private static int full(byte bits) {
        int tags = 0;
        for (int i = 0; i < 8; i++) {
            if ((bits >> i & 1) == 0) {
                tags |= TAG_EMPTY << 2 * i;
            }
        }
        return tags;
    }
}
