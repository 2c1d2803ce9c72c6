package org.legoos.kernel.drivers.mlx4;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.syscall.Errno;

/** What the driver takes from the node that it runs on. */
record HostResources(PhysicalMemory memory, FrameAllocator frames, Clock clock, Printk log) {
    /** Physically contiguous zeroed memory for DMA, in whole frames. */
    DmaBuffer allocate(long sizeBytes, String what) {
        int count = Math.toIntExact((sizeBytes + PhysicalMemory.PAGE_SIZE - 1) >>> PhysicalMemory.PAGE_SHIFT);
        long pa = frames.allocContiguous(count);
        if (pa == 0) {
            throw new IbException(Errno.ENOMEM, "mlx4_core: no " + count + " contiguous frames for " + what);
        }
        return new DmaBuffer(pa, count);
    }

    void free(DmaBuffer buffer) {
        frames.freeContiguous(buffer.pa(), buffer.frames());
    }

    /** A run of frames that the card reads or writes. */
    record DmaBuffer(long pa, int frames) {
        long sizeBytes() {
            return (long) frames << PhysicalMemory.PAGE_SHIFT;
        }
    }
}
