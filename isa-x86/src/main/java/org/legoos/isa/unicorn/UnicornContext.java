package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.isa.cpu.CpuContext;

/** A uc_context: a copy of the CPU state up to its TLB. Any Cpu of this engine can load it. */
final class UnicornContext implements CpuContext {
    private long handle;

    UnicornContext(long uc) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            Uc.check(Uc.contextAlloc(uc, out.address()), "allocating a context");
            handle = out.get(JAVA_LONG, 0);
        }
    }

    long handle() {
        if (handle == 0) {
            throw new IllegalStateException("context is closed");
        }
        return handle;
    }

    @Override
    public void close() {
        if (handle != 0) {
            Uc.contextFree(handle);
            handle = 0;
        }
    }
}
