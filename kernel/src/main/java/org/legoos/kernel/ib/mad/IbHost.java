package org.legoos.kernel.ib.mad;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.ib.IbDevice;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.sched.Scheduler;

/** What the upper protocols of a node's card take from the node. */
public record IbHost(IbDevice device, PhysicalMemory memory, FrameAllocator frames, Scheduler scheduler, Printk log) {
    /** The one port that LegoOS uses. */
    public static final int PORT = 1;
}
