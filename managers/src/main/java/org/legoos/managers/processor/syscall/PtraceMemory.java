package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.ForcedWrite;
import org.legoos.managers.processor.mm.UserMemory;

/** A tracer's access to its tracee's memory, a word at a time; also to pages that the tracee may not write. */
final class PtraceMemory {
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
            if (!memory.putLong(va, word) && !ForcedWrite.run(space, va, Long.BYTES, () -> memory.putLong(va, word))) {
                throw SysError.of(Errno.EIO);
            }
        } finally {
            space.forget(memory);
        }
    }
}
