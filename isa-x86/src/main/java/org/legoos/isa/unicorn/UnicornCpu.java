package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuContext;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.cpu.Gpr;
import org.legoos.isa.cpu.PageFaultCode;
import org.legoos.isa.cpu.PageFaultHandler;
import org.legoos.isa.cpu.Trap;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.isa.mmu.Walk;

/**
 * A Cpu on one uc_engine in virtual-TLB mode: every TLB miss asks our page walker. General registers and RIP are read
 * and written in the engine's live state, the rest through its API.
 */
final class UnicornCpu extends Registers implements Cpu {
    private static final MemorySegment NATIVE = Uc.NATIVE;

    static final int VECTOR_INVALID_OPCODE = 6;
    static final int VECTOR_GENERAL_PROTECTION = 13;
    private static final int VECTOR_BREAKPOINT = 3;
    private static final int VECTOR_OVERFLOW = 4;
    private static final int VECTOR_INT80 = 0x80;
    /** Error code of a fault on an interrupt gate: selector index of the IDT entry, IDT flag. */
    private static final int IDT_ENTRY_SHIFT = 3;

    private static final int IDT_FLAG = 2;
    private static final int INT_N_LENGTH = 2;

    private static final int CANONICAL_SHIFT = 16;

    /** The engine's TLB starts with 256 entries and doubles at a full flush that finds it crowded, at no other time. */
    private static final int REFILLS_BEFORE_GROWTH = 1 << 10;

    private static final int REFILLS_BEFORE_GROWTH_MAX = 1 << 20;

    private final UnicornEngine engine;
    private final PhysicalMemory memory;
    private final UserMode userMode;
    private final long uc;
    private final long cpuState;
    private final long env;
    private final int index;
    private final FrameGuard guard;
    private final StopControl control;
    private final EngineLayout layout;
    private final UnicornContext resetState;

    private PageFaultHandler handler;
    private long pageTableRoot;
    private int refills;
    private int refillsBeforeGrowth = REFILLS_BEFORE_GROWTH;
    private Trap trap;
    private long faultVa;
    private int errorCode;
    private int vector;
    private Throwable internalError;

    UnicornCpu(UnicornEngine engine, PhysicalMemory memory) {
        super(Arena.ofAuto());
        this.engine = engine;
        this.memory = memory;
        index = Hooks.register(this);
        userMode = UserMode.open(memory, index);
        uc = userMode.uc();
        layout = userMode.layout();
        cpuState = userMode.cpuState();
        env = userMode.env();
        guard = new FrameGuard(uc, cpuState, memory.sizeBytes());
        control = new StopControl(uc, cpuState, guard);
        userMode.enter(this);
        resetState = new UnicornContext(uc, layout);
        save(resetState);
    }

    // ---- running

    @Override
    public Trap run() {
        trap = null;
        while (true) {
            if (control.enter()) {
                return Trap.INTERRUPTED;
            }
            NATIVE.set(JAVA_INT, env + layout.oldException(), -1);
            int error = Uc.start(uc, rip());
            control.leave();
            if (internalError != null) {
                throw reported();
            }
            Trap taken = trap;
            if (taken == Trap.SYSCALL) {
                setRegister(Gpr.RCX, rip());
                setRegister(Gpr.R11, rflags());
                return Trap.SYSCALL;
            }
            if (taken == Trap.PAGE_FAULT) {
                faultVa = userMode.exactAddress(faultVa);
                return Trap.PAGE_FAULT;
            }
            if (taken != null) {
                return taken;
            }
            if (error != UcConst.ERR_OK && !control.interruptPending()) {
                return refusedBy(error);
            }
        }
    }

    /** The engine gave up without a hook having seen why: to the program it is a fault of its instruction. */
    private Trap refusedBy(int error) {
        engine.reportOnce("unicorn error " + error + " at rip 0x" + Long.toHexString(rip()));
        vector = error == UcConst.ERR_INSN_INVALID ? VECTOR_INVALID_OPCODE : VECTOR_GENERAL_PROTECTION;
        errorCode = 0;
        return Trap.EXCEPTION;
    }

    private RuntimeException reported() {
        Throwable t = internalError;
        internalError = null;
        return new IllegalStateException("the kernel failed inside a CPU hook at rip 0x" + Long.toHexString(rip()), t);
    }

    // ---- hooks: called by the engine on the owner's thread

    boolean onTlbMiss(long guestVa, int type, long entry) {
        if (userMode.onTlbMiss(guestVa, entry)) {
            return true;
        }
        int access = type - UcConst.MEM_READ; // the same order as PageWalker's
        long walk = PageWalker.walk(memory, pageTableRoot, guestVa, access);
        if (Walk.isFault(walk)) {
            walk = resolve(guestVa, access, walk);
            if (Walk.isFault(walk)) {
                return false;
            }
        } else if (++refills >= refillsBeforeGrowth) {
            growTlb();
        }
        long pagePa = Walk.pagePa(walk);
        int permissions = guard.admit(pagePa, guestVa, access, Walk.permissions(walk));
        NATIVE.set(JAVA_LONG, entry, pagePa);
        NATIVE.set(JAVA_INT, entry + 8, permissions);
        return true;
    }

    /** Too many misses of pages that are present: the TLB is too small. Each time it must have been worse, as the flush costs refills too. */
    private void growTlb() {
        refills = 0;
        refillsBeforeGrowth = Math.min(2 * refillsBeforeGrowth, REFILLS_BEFORE_GROWTH_MAX);
        Uc.flushTlb(uc);
    }

    /** Asks the handler until the walk succeeds, the handler gives up, or somebody wants the Cpu back. */
    private long resolve(long guestVa, int access, long fault) {
        if (guestVa << CANONICAL_SHIFT >> CANONICAL_SHIFT != guestVa) {
            raise(VECTOR_GENERAL_PROTECTION, 0);
            return fault;
        }
        long walk = fault;
        do {
            int code = Walk.errorCode(walk);
            if (handler == null || (code & PageFaultCode.RESERVED_BIT) != 0 || !askHandler(guestVa, code)) {
                if (trap == null) {
                    faultVa = guestVa;
                    errorCode = code;
                    trap = Trap.PAGE_FAULT;
                }
                return walk;
            }
            walk = PageWalker.walk(memory, pageTableRoot, guestVa, access);
        } while (Walk.isFault(walk) && !control.interruptPending());
        return walk;
    }

    private boolean askHandler(long guestVa, int code) {
        control.pause();
        try {
            return handler.handle(guestVa, code);
        } finally {
            control.resume();
        }
    }

    void onSyscall() {
        if (trap == null) {
            trap = Trap.SYSCALL;
        }
        Uc.stop(uc);
    }

    void onException(int number) {
        NATIVE.set(JAVA_INT, env + layout.oldException(), -1);
        boolean software = NATIVE.get(JAVA_INT, env + layout.exceptionIsInt()) != 0;
        if (software && number != VECTOR_BREAKPOINT && number != VECTOR_OVERFLOW && number != VECTOR_INT80) {
            // User mode may not use that gate: a fault, so RIP is at the INT instruction.
            setRip(rip() - INT_N_LENGTH);
            raise(VECTOR_GENERAL_PROTECTION, number << IDT_ENTRY_SHIFT | IDT_FLAG);
        } else {
            raise(number, hasErrorCode(number) ? NATIVE.get(JAVA_INT, env + layout.errorCode()) : 0);
        }
        Uc.stop(uc);
    }

    void onInvalidInstruction() {
        raise(VECTOR_INVALID_OPCODE, 0);
        Uc.stop(uc);
    }

    void onCpuid() {
        Cpuid.answer(this);
    }

    /**
     * IN and OUT: the engine leaves out the IOPL check, and its hook comes after the instruction's place is forgotten.
     * So this #GP is the one trap that is not exact: RIP is at the end of the translated block.
     */
    void onPortAccess() {
        raise(VECTOR_GENERAL_PROTECTION, 0);
        Uc.stop(uc);
    }

    void onInternalError(Throwable t) {
        if (internalError == null) {
            internalError = t;
        }
        Uc.stop(uc);
    }

    /** The first trap of a run counts: after an inexact one the rest of the block may raise others. */
    private void raise(int number, int code) {
        if (trap != null) {
            return;
        }
        vector = number;
        errorCode = code;
        trap = Trap.EXCEPTION;
    }

    /** #TS, #NP, #SS, #GP, #AC (#DF cannot be: nothing runs at CPL0). */
    private static boolean hasErrorCode(int number) {
        return number >= 10 && number <= VECTOR_GENERAL_PROTECTION || number == 17;
    }

    // ---- registers

    @Override
    public long register(int gpr) {
        return NATIVE.get(JAVA_LONG, env + (gpr & 15) * 8L);
    }

    @Override
    public void setRegister(int gpr, long value) {
        NATIVE.set(JAVA_LONG, env + (gpr & 15) * 8L, value);
    }

    @Override
    public long rip() {
        return NATIVE.get(JAVA_LONG, env + EngineLayout.RIP);
    }

    @Override
    public void setRip(long value) {
        NATIVE.set(JAVA_LONG, env + EngineLayout.RIP, value);
    }

    @Override
    void get(int ucRegister, long valueOut) {
        Uc.regRead(uc, ucRegister, valueOut);
    }

    @Override
    void put(int ucRegister, long valueIn) {
        Uc.regWrite(uc, ucRegister, valueIn);
    }

    @Override
    public void resetUserState() {
        restore(resetState);
    }

    // ---- the last trap

    @Override
    public long faultVa() {
        return faultVa;
    }

    @Override
    public int errorCode() {
        return errorCode;
    }

    @Override
    public int vector() {
        return vector;
    }

    // ---- address space

    @Override
    public void setPageFaultHandler(PageFaultHandler handler) {
        this.handler = handler;
    }

    @Override
    public long pageTableRoot() {
        return pageTableRoot;
    }

    @Override
    public void setPageTableRoot(long pml4Pa) {
        pageTableRoot = pml4Pa;
        refills = 0;
        refillsBeforeGrowth = REFILLS_BEFORE_GROWTH;
        Uc.flushTlb(uc);
    }

    @Override
    public void invalidatePage(long guestVa) {
        Uc.flushPage(uc, cpuState, guestVa);
    }

    @Override
    public void invalidateAll() {
        Uc.flushTlb(uc);
    }

    @Override
    public void interrupt() {
        control.interrupt();
    }

    @Override
    public void shootdown(long guestVa) {
        control.shootdown(guestVa);
    }

    @Override
    public void shootdownAll() {
        control.shootdownAll();
    }

    @Override
    public void invalidateCode(long guestPa, long lengthBytes) {
        control.invalidateCode(guestPa, lengthBytes);
    }

    // ---- contexts, life

    @Override
    public CpuContext newContext() {
        return new UnicornContext(uc, layout);
    }

    @Override
    public void save(CpuContext to) {
        Uc.check(Uc.contextSave(uc, ((UnicornContext) to).handle()), "saving a context");
    }

    @Override
    public void restore(CpuContext from) {
        Uc.check(Uc.contextRestore(uc, ((UnicornContext) from).handle()), "restoring a context");
    }

    @Override
    public CpuEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        control.close(() -> {
            resetState.close();
            userMode.close();
            guard.close();
            Hooks.forget(index);
        });
    }
}
