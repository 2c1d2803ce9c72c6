package org.legoos.kernel.seccomp;

/** Instruction codes of classic BPF (linux/bpf_common.h, linux/filter.h): those that seccomp(2) allows. */
final class BpfCode {
    /** Bits of a code: class, size or operation, addressing mode or source. */
    static final int LD_W_ABS = 0x20;
    static final int LD_W_LEN = 0x80;
    static final int LDX_W_LEN = 0x81;
    static final int LD_IMM = 0x00;
    static final int LDX_IMM = 0x01;
    static final int LD_MEM = 0x60;
    static final int LDX_MEM = 0x61;
    static final int ST = 0x02;
    static final int STX = 0x03;
    static final int TAX = 0x07;
    static final int TXA = 0x87;
    static final int RET_K = 0x06;
    static final int RET_A = 0x16;

    /** Class ALU; bit SRC_X: the operand is X, not k. */
    static final int ADD = 0x04;
    static final int SUB = 0x14;
    static final int MUL = 0x24;
    static final int DIV = 0x34;
    static final int OR = 0x44;
    static final int AND = 0x54;
    static final int LSH = 0x64;
    static final int RSH = 0x74;
    static final int NEG = 0x84;
    static final int XOR = 0xa4;

    /** Class JMP. */
    static final int JA = 0x05;
    static final int JEQ = 0x15;
    static final int JGT = 0x25;
    static final int JGE = 0x35;
    static final int JSET = 0x45;

    static final int SRC_X = 0x08;

    private BpfCode() {}

    static boolean isConditionalJump(int code) {
        int plain = code & ~SRC_X;
        return plain == JEQ || plain == JGT || plain == JGE || plain == JSET;
    }

    static boolean isReturn(int code) {
        return code == RET_K || code == RET_A;
    }

    static boolean isArithmetic(int code) {
        return switch (code & ~SRC_X) {
            case ADD, SUB, MUL, DIV, OR, AND, LSH, RSH, XOR -> true;
            default -> code == NEG;
        };
    }

    /** What has no further conditions. */
    static boolean isPlain(int code) {
        return switch (code) {
            case LD_W_LEN, LDX_W_LEN, LD_IMM, LDX_IMM, TAX, TXA, RET_K, RET_A -> true;
            default -> false;
        };
    }

    static boolean isOfMemory(int code) {
        return code == LD_MEM || code == LDX_MEM || code == ST || code == STX;
    }
}
