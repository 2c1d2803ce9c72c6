package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.isa.cpu.CpuContext;

/** A uc_context: a copy of the CPU state up to its TLB. Any Cpu of this engine can load it. */
final class UnicornContext extends Registers implements CpuContext {
    private long handle;
    private final long state;

    UnicornContext(long uc, EngineLayout layout) {
        super(Arena.ofAuto()); // closing a shared arena stops all threads for a moment: too dear for each thread's end
        try (Arena local = Arena.ofConfined()) {
            MemorySegment out = local.allocate(JAVA_LONG);
            Uc.check(Uc.contextAlloc(uc, out.address()), "allocating a context");
            handle = out.get(JAVA_LONG, 0);
        }
        state = handle + layout.contextState();
        // What a context is given before its first save goes through uc_context_reg_write, which needs the header.
        Uc.check(Uc.contextSave(uc, handle), "saving a context");
    }

    long handle() {
        if (handle == 0) {
            throw new IllegalStateException("context is closed");
        }
        return handle;
    }

    @Override
    public long register(int gpr) {
        return Uc.NATIVE.get(JAVA_LONG_UNALIGNED, state + (gpr & 15) * 8L);
    }

    @Override
    public void setRegister(int gpr, long value) {
        Uc.NATIVE.set(JAVA_LONG_UNALIGNED, state + (gpr & 15) * 8L, value);
    }

    @Override
    public long rip() {
        return Uc.NATIVE.get(JAVA_LONG_UNALIGNED, state + EngineLayout.RIP);
    }

    @Override
    public void setRip(long value) {
        Uc.NATIVE.set(JAVA_LONG_UNALIGNED, state + EngineLayout.RIP, value);
    }

    @Override
    void get(int ucRegister, long valueOut) {
        Uc.contextRegRead(handle(), ucRegister, valueOut);
    }

    @Override
    void put(int ucRegister, long valueIn) {
        Uc.contextRegWrite(handle(), ucRegister, valueIn);
    }

    @Override
    public void close() {
        if (handle != 0) {
            Uc.contextFree(handle);
            handle = 0;
        }
    }
}
