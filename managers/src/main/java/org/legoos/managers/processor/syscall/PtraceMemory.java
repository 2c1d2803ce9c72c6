package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.UserMemory;

/** A tracer's access to its tracee's memory, a word at a time; also to pages that the tracee may not write. */
final class PtraceMemory {
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;
    private static final long PAGE_BYTES = 4096;

    private PtraceMemory() {}

    static long peek(UserThread of, long va) {
        AddressSpace space = of.process().space();
        UserMemory memory = space.newUserMemory();
        try {
            long word = memory.getLong(va);
            if (memory.faulted()) {
                throw SysError.of(Errno.EIO);
            }
            return word;
        } finally {
            space.forget(memory);
        }
    }

    static void poke(UserThread of, long va, long word) {
        AddressSpace space = of.process().space();
        UserMemory memory = space.newUserMemory();
        try {
            if (!memory.putLong(va, word) && !force(space, memory, va, word)) {
                throw SysError.of(Errno.EIO);
            }
        } finally {
            space.forget(memory);
        }
    }

    /** Breakpoints go into code: private pages are made writable for the moment; all threads of the tracee that matter stand still. */
    private static boolean force(AddressSpace space, UserMemory memory, long va, long word) {
        long firstVa = va & -PAGE_BYTES;
        long endVa = (va + Long.BYTES - 1 & -PAGE_BYTES) + PAGE_BYTES;
        int[] prot = {-1};
        space.forEachRange((startVa, rangeEndVa, itsProt, flags, offset, name) -> {
            if (startVa <= firstVa && endVa <= rangeEndVa && (flags & MAP_SHARED) == 0) {
                prot[0] = itsProt;
            }
        });
        if (prot[0] < 0 || space.mprotect(firstVa, endVa - firstVa, prot[0] | PROT_WRITE) != 0) {
            return false;
        }
        boolean isDone = memory.putLong(va, word);
        space.mprotect(firstVa, endVa - firstVa, prot[0]);
        return isDone;
    }
}
