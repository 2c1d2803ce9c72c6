package org.legoos.isa.cpu;

import java.lang.foreign.MemorySegment;

/** The registers of user mode: live in a {@link Cpu} or saved in a {@link CpuContext}. */
public interface CpuState {
    /** @param gpr a {@link Gpr} number */
    long register(int gpr);

    void setRegister(int gpr, long value);

    long rip();

    void setRip(long value);

    long rflags();

    void setRflags(long value);

    long fsBase();

    void setFsBase(long value);

    long gsBase();

    void setGsBase(long value);

    /** Writes the 512-byte FXSAVE64 image of the x87/SSE state at {@code offset} of {@code to}. */
    void readFpu(MemorySegment to, long offset);

    /** Loads an FXSAVE64 image; reserved MXCSR bits in it are ignored (the caller checked them if it cares). */
    void writeFpu(MemorySegment from, long offset);
}
