package org.legoos.isa.unicorn;

/** Numbers of unicorn.h and x86.h (API 2.1) that we use. */
final class UcConst {
    static final int ARCH_X86 = 4;
    static final int MODE_64 = 8;
    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int PROT_EXEC = 4;
    static final int PROT_ALL = 7;

    static final int ERR_OK = 0;
    static final int ERR_INSN_INVALID = 10;

    static final int HOOK_INTR = 1;
    static final int HOOK_INSN = 1 << 1;
    static final int HOOK_INSN_INVALID = 1 << 14;
    static final int HOOK_TLB_FILL = 1 << 17;
    /** Access types of the TLB-fill hook. */
    static final int MEM_READ = 16;
    static final int MEM_WRITE = 17;
    static final int MEM_FETCH = 18;

    static final int INS_IN = 218;
    static final int INS_OUT = 500;
    static final int INS_CPUID = 113;
    static final int INS_SYSCALL = 699;

    private static final int CTL_WRITE = 1 << 30;
    private static final int CTL_ARGUMENTS_SHIFT = 26;
    static final int CTL_EXITS_ENABLE = CTL_WRITE | 1 << CTL_ARGUMENTS_SHIFT | 4;
    static final int CTL_CPU_MODEL = CTL_WRITE | 1 << CTL_ARGUMENTS_SHIFT | 7;
    static final int CTL_TB_FLUSH = CTL_WRITE | 10;
    static final int CTL_TLB_FLUSH = CTL_WRITE | 11;
    static final int CTL_TLB_TYPE = CTL_WRITE | 1 << CTL_ARGUMENTS_SHIFT | 12;
    static final int CTL_TCG_BUFFER_SIZE = CTL_WRITE | 1 << CTL_ARGUMENTS_SHIFT | 13;
    static final int TLB_VIRTUAL = 1;
    /** The richest model whose instructions the engine executes right (SSE4.2, AES, BMI; no AVX in TCG). */
    static final int CPU_X86_HASWELL = 19;

    static final int REG_EFLAGS = 25;
    static final int REG_FPSW = 31;
    static final int REG_RCX = 38;
    static final int REG_RIP = 41;
    static final int REG_RSP = 44;
    static final int REG_RAX = 35;
    static final int REG_CR0 = 50;
    static final int REG_CR3 = 53;
    static final int REG_CR4 = 54;
    static final int REG_DR0 = 66;
    static final int REG_R11 = 109;
    static final int REG_ST0 = 114;
    static final int REG_XMM0 = 122;
    static final int REG_IDTR = 242;
    static final int REG_GDTR = 243;
    static final int REG_LDTR = 244;
    static final int REG_TR = 245;
    static final int REG_FPCW = 246;
    static final int REG_FPTAG = 247;
    static final int REG_MSR = 248;
    static final int REG_MXCSR = 249;
    static final int REG_FS_BASE = 250;
    static final int REG_GS_BASE = 251;

    private UcConst() {}
}
