package org.legoos.kernel.seccomp;

import org.legoos.kernel.syscall.Le;

/**
 * A classic BPF program over the 64 bytes of struct seccomp_data. It was checked when it was made: it ends, and reads and
 * writes nothing that is not its own.
 */
public final class BpfProgram {
    /** BPF_MAXINSNS. */
    public static final int INSTRUCTIONS_MAX = 4096;

    /** struct sock_filter: u16 code, u8 jt, u8 jf, u32 k. */
    public static final int INSTRUCTION_BYTES = 8;

    private static final int JT = 2;
    private static final int JF = 3;
    private static final int K = 4;

    /** BPF_MEMWORDS. */
    private static final int MEMORY_WORDS = 16;

    /** struct seccomp_data: int nr, u32 arch, u64 instruction_pointer, u64 args[6]. */
    public static final int DATA_BYTES = 64;

    public static final int DATA_WORDS = DATA_BYTES / Integer.BYTES;

    private static final int WORD_SHIFT = 2;

    private final int[] codes;
    private final int[] ifTrue;
    private final int[] ifFalse;
    private final int[] operands;

    private BpfProgram(int length) {
        codes = new int[length];
        ifTrue = new int[length];
        ifFalse = new int[length];
        operands = new int[length];
    }

    /** @param image the instructions as in memory; returns null for a program that Linux would refuse (EINVAL) */
    public static BpfProgram parse(byte[] image) {
        int length = image.length / INSTRUCTION_BYTES;
        if (length == 0 || length > INSTRUCTIONS_MAX) {
            return null;
        }
        BpfProgram program = new BpfProgram(length);
        for (int i = 0; i < length; i++) {
            int at = i * INSTRUCTION_BYTES;
            program.codes[i] = Le.getInt(image, at) & 0xffff;
            program.ifTrue[i] = image[at + JT] & 0xff;
            program.ifFalse[i] = image[at + JF] & 0xff;
            program.operands[i] = Le.getInt(image, at + K);
        }
        return program.isGood() ? program : null;
    }

    public int length() {
        return codes.length;
    }

    private boolean isGood() {
        for (int i = 0; i < codes.length; i++) {
            if (!isGood(i)) {
                return false;
            }
        }
        return BpfCode.isReturn(codes[codes.length - 1]) && readsOnlyWhatItWrote();
    }

    private boolean isGood(int i) {
        int code = codes[i];
        int k = operands[i];
        int left = codes.length - i - 1;
        if (code == BpfCode.LD_W_ABS) {
            return k >= 0 && k < DATA_BYTES && k % Integer.BYTES == 0;
        }
        if (code == BpfCode.JA) {
            return Integer.compareUnsigned(k, left) < 0;
        }
        if (BpfCode.isConditionalJump(code)) {
            return ifTrue[i] < left && ifFalse[i] < left;
        }
        if (BpfCode.isOfMemory(code)) {
            return k >= 0 && k < MEMORY_WORDS;
        }
        boolean isShift = code == BpfCode.LSH || code == BpfCode.RSH;
        boolean isBadOperand = code == BpfCode.DIV && k == 0 || isShift && Integer.compareUnsigned(k, Integer.SIZE) >= 0;
        return !isBadOperand && (BpfCode.isPlain(code) || BpfCode.isArithmetic(code));
    }

    /** Linux's check_load_and_stores: no path loads a memory word before it has stored it. */
    private boolean readsOnlyWhatItWrote() {
        int[] written = new int[codes.length]; // what all jumps that lead here have written
        java.util.Arrays.fill(written, -1);
        int now = 0;
        for (int i = 0; i < codes.length; i++) {
            now &= written[i];
            int code = codes[i];
            if (code == BpfCode.ST || code == BpfCode.STX) {
                now |= 1 << operands[i];
            } else if ((code == BpfCode.LD_MEM || code == BpfCode.LDX_MEM) && (now & 1 << operands[i]) == 0) {
                return false;
            } else if (code == BpfCode.JA) {
                written[i + 1 + operands[i]] &= now;
                now = -1;
            } else if (BpfCode.isConditionalJump(code)) {
                written[i + 1 + ifTrue[i]] &= now;
                written[i + 1 + ifFalse[i]] &= now;
                now = -1;
            }
        }
        return true;
    }

    /** @param data struct seccomp_data as 32-bit words; returns what the program returns */
    public int run(int[] data) {
        int[] memory = null;
        int a = 0;
        int x = 0;
        for (int pc = 0; ; pc++) {
            int code = codes[pc];
            int k = operands[pc];
            switch (code) {
                case BpfCode.LD_W_ABS -> a = data[k >>> WORD_SHIFT];
                case BpfCode.LD_W_LEN -> a = DATA_BYTES;
                case BpfCode.LDX_W_LEN -> x = DATA_BYTES;
                case BpfCode.LD_IMM -> a = k;
                case BpfCode.LDX_IMM -> x = k;
                case BpfCode.LD_MEM -> a = memory[k];
                case BpfCode.LDX_MEM -> x = memory[k];
                case BpfCode.ST, BpfCode.STX -> {
                    memory = memory == null ? new int[MEMORY_WORDS] : memory;
                    memory[k] = code == BpfCode.ST ? a : x;
                }
                case BpfCode.TAX -> x = a;
                case BpfCode.TXA -> a = x;
                case BpfCode.RET_K -> {
                    return k;
                }
                case BpfCode.RET_A -> {
                    return a;
                }
                case BpfCode.JA -> pc += k;
                default -> {
                    int operand = (code & BpfCode.SRC_X) != 0 ? x : k;
                    if (BpfCode.isConditionalJump(code)) {
                        pc += holds(code & ~BpfCode.SRC_X, a, operand) ? ifTrue[pc] : ifFalse[pc];
                    } else if (code == (BpfCode.DIV | BpfCode.SRC_X) && x == 0) {
                        return 0;
                    } else {
                        a = compute(code & ~BpfCode.SRC_X, a, operand);
                    }
                }
            }
        }
    }

    private static boolean holds(int code, int a, int operand) {
        return switch (code) {
            case BpfCode.JEQ -> a == operand;
            case BpfCode.JGT -> Integer.compareUnsigned(a, operand) > 0;
            case BpfCode.JGE -> Integer.compareUnsigned(a, operand) >= 0;
            default -> (a & operand) != 0;
        };
    }

    private static int compute(int code, int a, int operand) {
        return switch (code) {
            case BpfCode.ADD -> a + operand;
            case BpfCode.SUB -> a - operand;
            case BpfCode.MUL -> a * operand;
            case BpfCode.DIV -> Integer.divideUnsigned(a, operand);
            case BpfCode.OR -> a | operand;
            case BpfCode.AND -> a & operand;
            case BpfCode.LSH -> a << operand;
            case BpfCode.RSH -> a >>> operand;
            case BpfCode.XOR -> a ^ operand;
            default -> -a;
        };
    }
}
