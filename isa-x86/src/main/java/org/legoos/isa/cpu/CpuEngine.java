package org.legoos.isa.cpu;

import org.legoos.isa.memory.PhysicalMemory;

/** A kind of CPU emulation. The scheduler asks it what may run in parallel; it does not assume. */
public interface CpuEngine {
    /** For logs and /proc: e.g. "unicorn 2.1.4". */
    String name();

    /** What CPUID shows and what is really executed. */
    CpuModel model();

    /** True when LOCKed instructions of different Cpus over the same memory are atomic. */
    boolean atomicBetweenCpus();

    /** A new core over this memory, in user mode, at reset state. */
    Cpu newCpu(PhysicalMemory memory);
}
