package org.legoos.managers.processor.pcache;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.managers.rpc.PcacheMiss;

/** Contexts that are not in use. Taking one costs an exchange; new ones are made when all are out. */
final class FaultContexts {
    /** Threads in the ExCache at once beyond this number share no buffers, but theirs are freed afterwards. */
    private static final int SLOTS = 64;

    private static final int MESSAGE_PAGES =
            (PcacheMiss.WITH_FLUSH_BYTES + PhysicalMemory.PAGE_SIZE - 1) / PhysicalMemory.PAGE_SIZE;

    private static final int PAGES = MESSAGE_PAGES + 2;

    private final FrameAllocator frames;
    private final AtomicReferenceArray<FaultContext> idle = new AtomicReferenceArray<>(SLOTS);

    FaultContexts(FrameAllocator frames) {
        this.frames = frames;
    }

    /** A context, or null when the node has no memory for another one. */
    FaultContext take() {
        int first = (int) Thread.currentThread().threadId();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (first + i) & (SLOTS - 1);
            if (idle.getPlain(slot) != null) {
                FaultContext context = idle.getAndSet(slot, null);
                if (context != null) {
                    return context;
                }
            }
        }
        long pa = frames.allocContiguous(PAGES);
        long replyPa = pa + (long) MESSAGE_PAGES * PhysicalMemory.PAGE_SIZE;
        return pa == 0 ? null : new FaultContext(pa, replyPa, replyPa + PhysicalMemory.PAGE_SIZE);
    }

    void give(FaultContext context) {
        int first = (int) Thread.currentThread().threadId();
        for (int i = 0; i < SLOTS; i++) {
            if (idle.compareAndSet((first + i) & (SLOTS - 1), null, context)) {
                return;
            }
        }
        frames.freeContiguous(context.messagePa, PAGES);
    }
}
