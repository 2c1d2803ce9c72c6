package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.isa.libc.Libc;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * Opens a uc_engine and brings it to user mode. The privilege level is hidden state that no API call changes, only an
 * instruction: one SYSRETQ in a page of its own, outside RAM, which nothing can reach afterwards.
 */
final class UserMode {
    /** Translations are cheap to redo: a small buffer keeps memory use and flushes small. */
    private static final long CODE_BUFFER_BYTES = 64 << 20;

    /** Before 2.1.4 a full buffer ends in wrong results or a crash: reserve (not use) so much that it hardly fills. */
    private static final long CODE_BUFFER_BYTES_OLD = 1 << 30;

    /** Physical address of the page with the SYSRETQ: above any RAM, below the physical address width. */
    private static final long STUB_PA = 1L << 39;

    private static final long STUB_VA = 0xffff_ffff_8000_0000L;
    private static final byte[] SYSRETQ = {0x48, 0x0f, 0x07};
    /** Where SYSRETQ goes: nothing is there, and the number is recognised in the engine's state afterwards. */
    private static final long LANDING_VA = 0x2a5b_a5c3_d2e1L;

    private static final int MSR_EFER = 0xc000_0080;
    private static final int MSR_STAR = 0xc000_0081;
    /** SCE, LME, LMA, NXE. */
    private static final long EFER = 0xd01;
    /** SYSRETQ loads CS 0x2b and SS 0x23 from it, as Linux has them. */
    private static final long STAR = 0x1bL << 48;
    /** PE MP ET NE WP PG. */
    private static final long CR0 = 0x8001_0033L;
    /** PAE OSFXSR OSXMMEXCPT FSGSBASE. */
    private static final long CR4 = 1 << 5 | 1 << 9 | 1 << 10 | 1 << 16;

    private static final int[] DESCRIPTOR_TABLES = {
        UcConst.REG_IDTR, UcConst.REG_GDTR, UcConst.REG_LDTR, UcConst.REG_TR
    };
    /** uc_x86_mmr: selector, base, limit, flags. */
    private static final int DESCRIPTOR_REGISTER_BYTES = 24;

    /** x87 and SSE state after execve(2). */
    private static final int FCW_DEFAULT = 0x37f;

    private static final int FTW_EMPTY = 0xffff;
    private static final int MXCSR_DEFAULT = 0x1f80;

    private static final int ENGINE_BYTES = 4096;

    private static volatile EngineLayout knownLayout;
    /** Offset in uc_engine of the last refused address to the byte; -1 when it was not found. */
    private static volatile int invalidAddressOffset = -1;

    private final long uc;
    private final EngineLayout layout;
    private final long cpuState;
    private final long env;
    private final MemorySegment stub;
    private boolean entering;

    private UserMode(long uc, EngineLayout layout, MemorySegment stub) {
        this.uc = uc;
        this.layout = layout;
        this.stub = stub;
        cpuState = Uc.NATIVE.get(JAVA_LONG, uc + layout.cpuPointer());
        env = Uc.NATIVE.get(JAVA_LONG, cpuState + layout.envPointer());
    }

    static UserMode open(PhysicalMemory memory, int hookIndex) {
        long uc;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            Uc.check(Uc.open(out.address()), "opening an engine");
            uc = out.get(JAVA_LONG, 0);
        }
        Uc.check(Uc.control(uc, UcConst.CTL_TCG_BUFFER_SIZE, codeBufferBytes()), "setting the code buffer size");
        Uc.check(Uc.control(uc, UcConst.CTL_CPU_MODEL, UcConst.CPU_X86_HASWELL), "choosing the CPU model");
        Uc.check(Uc.mapPointer(uc, 0, memory.sizeBytes(), UcConst.PROT_ALL, memory.segment().address()), "mapping RAM");
        MemorySegment stub = Libc.mapAnonymous(PhysicalMemory.PAGE_SIZE);
        MemorySegment.copy(SYSRETQ, 0, stub, JAVA_BYTE, 0, SYSRETQ.length);
        Uc.check(Uc.mapPointer(uc, STUB_PA, PhysicalMemory.PAGE_SIZE, UcConst.PROT_ALL, stub.address()), "mapping stub");
        Uc.check(Uc.control(uc, UcConst.CTL_TLB_TYPE, UcConst.TLB_VIRTUAL), "choosing the virtual TLB");
        Uc.check(Uc.control(uc, UcConst.CTL_EXITS_ENABLE, 1), "disabling the end address");
        EngineLayout layout = knownLayout;
        if (layout == null) {
            layout = EngineLayout.discover(uc);
            knownLayout = layout;
        }
        Uc.NATIVE.set(JAVA_BYTE, uc + layout.noExitRequest(), (byte) 1);
        Hooks.install(uc, hookIndex);
        return new UserMode(uc, layout, stub);
    }

    private static long codeBufferBytes() {
        return Uc.isRecommended() ? CODE_BUFFER_BYTES : CODE_BUFFER_BYTES_OLD;
    }

    /** Runs the SYSRETQ. Afterwards all user-visible registers are as execve(2) gives them. */
    void enter(UnicornCpu cpu) {
        setMsr(MSR_EFER, EFER);
        setMsr(MSR_STAR, STAR);
        for (int table : DESCRIPTOR_TABLES) {
            clearDescriptorTable(table);
        }
        cpu.write(UcConst.REG_CR4, CR4);
        cpu.write(UcConst.REG_CR0, CR0);
        cpu.write(UcConst.REG_RCX, LANDING_VA);
        cpu.write(UcConst.REG_R11, 0x202);
        entering = true;
        Uc.start(uc, STUB_VA);
        entering = false;
        if (cpu.rip() != LANDING_VA || (Uc.NATIVE.get(JAVA_INT, env + EngineLayout.HFLAGS) & 3) != 3) {
            throw new IllegalStateException("unicorn: the engine did not enter user mode (rip 0x"
                    + Long.toHexString(cpu.rip()) + ")");
        }
        if (invalidAddressOffset < 0) {
            invalidAddressOffset = findInvalidAddress();
        }
        cpu.write(UcConst.REG_RCX, 0);
        cpu.write(UcConst.REG_R11, 0);
        cpu.setRip(0);
        cpu.setRflags(0);
        cpu.write(UcConst.REG_FPCW, FCW_DEFAULT);
        cpu.write(UcConst.REG_FPSW, 0);
        cpu.write(UcConst.REG_FPTAG, FTW_EMPTY);
        cpu.write(UcConst.REG_MXCSR, MXCSR_DEFAULT);
        Uc.flushTlb(uc);
    }

    private int findInvalidAddress() {
        for (int at = 0; at < ENGINE_BYTES; at += 8) {
            if (Uc.NATIVE.get(JAVA_LONG, uc + at) == LANDING_VA) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Limit zero: an I/O instruction looks for its permission in the task state segment, a segment load for its
     * descriptor; both then raise #GP instead of reading memory that does not exist.
     */
    private void clearDescriptorTable(int register) {
        try (Arena arena = Arena.ofConfined()) {
            Uc.check(Uc.regWrite(uc, register, arena.allocate(DESCRIPTOR_REGISTER_BYTES, 8).address()),
                    "clearing a descriptor table");
        }
    }

    private void setMsr(int number, long value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment msr = arena.allocate(16, 8);
            msr.set(JAVA_INT, 0, number);
            msr.set(JAVA_LONG, 8, value);
            Uc.check(Uc.regWrite(uc, UcConst.REG_MSR, msr.address()), "setting an MSR");
        }
    }

    /** Only while {@link #enter} runs: the stub's page is there, and nothing else is. */
    boolean onTlbMiss(long guestVa, long entry) {
        if (!entering || guestVa != STUB_VA) {
            return false;
        }
        Uc.NATIVE.set(JAVA_LONG, entry, STUB_PA);
        Uc.NATIVE.set(JAVA_INT, entry + 8, UcConst.PROT_READ | UcConst.PROT_EXEC);
        return true;
    }

    /** The refused address to the byte: hooks are only told its page. */
    long exactAddress(long pageVa) {
        int offset = invalidAddressOffset;
        if (offset < 0) {
            return pageVa;
        }
        long exact = Uc.NATIVE.get(JAVA_LONG, uc + offset);
        return (exact & -PhysicalMemory.PAGE_SIZE) == (pageVa & -PhysicalMemory.PAGE_SIZE) ? exact : pageVa;
    }

    long uc() {
        return uc;
    }

    EngineLayout layout() {
        return layout;
    }

    long cpuState() {
        return cpuState;
    }

    long env() {
        return env;
    }

    void close() {
        Uc.close(uc);
        Libc.unmap(stub);
    }
}
