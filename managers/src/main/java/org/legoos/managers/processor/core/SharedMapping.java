package org.legoos.managers.processor.core;

import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.sched.RunGroup;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.SharedMemory;

/**
 * Processes that write to the same memory must take turns where LOCKed instructions are not atomic between cores: who maps
 * shared memory joins the run group of those who have it already.
 */
public final class SharedMapping {
    private SharedMapping() {}

    /** Maps shared memory for the caller's process. Arguments and result are those of {@link AddressSpace#mmapShared}. */
    public static long map(UserThread t, long addr, long lengthBytes, int prot, int flags, SharedMemory memory, long offset) {
        AddressSpace space = t.process().space();
        long va = space.mmapShared(addr, lengthBytes, prot, flags, memory, offset);
        if (va >= 0 && !t.cpu().engine().atomicBetweenCpus() && space.sharesWritable()) {
            join(t, space, memory.joinGroup(t.cpu().group()));
        }
        return va;
    }

    private static void join(UserThread t, AddressSpace space, RunGroup group) {
        if (group == t.cpu().group()) {
            return;
        }
        if (t.process().threads().size() > 1) {
            t.kernel().log().once(LogLevel.WARNING, "shared-" + t.process().pid(),
                    "pid %d: shared memory of another group of threads: atomic instructions are not atomic between them",
                    t.process().pid());
            return;
        }
        space.detach(t.cpu());
        t.cpu().moveTo(group);
        space.attach(t.cpu());
    }
}
