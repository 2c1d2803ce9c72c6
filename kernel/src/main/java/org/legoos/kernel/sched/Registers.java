package org.legoos.kernel.sched;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.cpu.CpuContext;

/** All that a thread has in registers, from one context to another. */
final class Registers {
    private static final int FXSAVE_BYTES = 512;
    private static final int GENERAL = 16;

    private Registers() {}

    static void copy(CpuContext from, CpuContext to) {
        MemorySegment image = MemorySegment.ofArray(new byte[FXSAVE_BYTES]);
        from.readFpu(image, 0);
        to.writeFpu(image, 0);
        for (int i = 0; i < GENERAL; i++) {
            to.setRegister(i, from.register(i));
        }
        to.setRip(from.rip());
        to.setRflags(from.rflags());
        to.setFsBase(from.fsBase());
        to.setGsBase(from.gsBase());
    }
}
