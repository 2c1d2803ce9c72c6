package org.legoos.kernel.sched;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuState;

/** A processor whose registers are now in a core and now in a context: they are read and changed where they are. */
abstract class RegisterAccess implements Cpu {
    /** Where the registers are. */
    CpuState state;

    @Override
    public long register(int gpr) {
        return state.register(gpr);
    }

    @Override
    public void setRegister(int gpr, long value) {
        state.setRegister(gpr, value);
    }

    @Override
    public long rip() {
        return state.rip();
    }

    @Override
    public void setRip(long value) {
        state.setRip(value);
    }

    @Override
    public long rflags() {
        return state.rflags();
    }

    @Override
    public void setRflags(long value) {
        state.setRflags(value);
    }

    @Override
    public long fsBase() {
        return state.fsBase();
    }

    @Override
    public void setFsBase(long value) {
        state.setFsBase(value);
    }

    @Override
    public long gsBase() {
        return state.gsBase();
    }

    @Override
    public void setGsBase(long value) {
        state.setGsBase(value);
    }

    @Override
    public void readFpu(MemorySegment to, long offset) {
        state.readFpu(to, offset);
    }

    @Override
    public void writeFpu(MemorySegment from, long offset) {
        state.writeFpu(from, offset);
    }
}
