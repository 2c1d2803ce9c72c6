package org.legoos.managers.processor.pcache;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.PteCursor;
import org.legoos.kernel.syscall.Errno;

/**
 * Takes pages of shared memory out of the ExCache while their home is about to change them by other means (a write to a file that
 * is mapped). A held page's entry is BUSY: whoever touches it waits until it is let go, and then gets it from home.
 */
final class PageHolds {
    private final PcacheParts parts;
    private final PhysicalMemory memory;
    private final EvictionMechanism mechanism;
    private final MapEdits edits;

    PageHolds(PcacheParts parts, EvictionMechanism mechanism, MapEdits edits) {
        this.parts = parts;
        this.memory = parts.memory;
        this.mechanism = mechanism;
        this.edits = edits;
    }

    /**
     * Sends home what was written to a barred range, unmaps it from all who map it, and holds every page of it.
     *
     * @return 0, or a negative errno and nothing is held
     */
    int hold(FaultContext context, PcacheSpace space, long startVa, long endVa) {
        int result = mechanism.forget(context, space, startVa, endVa, true);
        for (long va = startVa; va < endVa && result == 0; va += PcacheGeometry.LINE_BYTES) {
            long ptePa = space.tables.ensurePtePa(va);
            result = ptePa == 0 ? -Errno.ENOMEM : 0;
            if (result == 0) {
                holdPage(context, space, ptePa);
            } else {
                letGo(space, startVa, va);
            }
        }
        return result;
    }

    /** As {@link #hold} for the pages of a range that are here, each of which is let go when it is home. */
    int sendHome(FaultContext context, PcacheSpace space, long startVa, long endVa) {
        int result = mechanism.forget(context, space, startVa, endVa, true);
        PteCursor cursor = new PteCursor();
        cursor.reset(space.tables, startVa, endVa);
        while (cursor.next()) {
            holdPage(context, space, cursor.ptePa());
            letGo(space, cursor.va(), cursor.va() + PcacheGeometry.LINE_BYTES);
        }
        return result;
    }

    void letGo(PcacheSpace space, long startVa, long endVa) {
        for (long va = startVa; va < endVa; va += PcacheGeometry.LINE_BYTES) {
            memory.putLongRelease(space.tables.ptePa(va), SoftPte.REMOTE);
        }
        parts.waits.wake();
    }

    private void holdPage(FaultContext context, PcacheSpace space, long ptePa) {
        while (true) {
            int line = edits.lockSettledLine(ptePa);
            if (line >= 0) {
                takeHome(context, space, line);
                return;
            }
            long pte = memory.getLongAcquire(ptePa);
            boolean isAbsent = !SoftPte.isPresent(pte) && !SoftPte.isBusy(pte);
            if (isAbsent && memory.compareAndSetLong(ptePa, pte, pte | SoftPte.BUSY)) {
                return;
            }
        }
    }

    /** Preconditions: the caller holds the line, and it is not being evicted. */
    private void takeHome(FaultContext context, PcacheSpace space, int line) {
        boolean dirty = parts.mappings.unmapLeaving(line, SoftPte.REMOTE | SoftPte.BUSY);
        if (dirty && parts.writeback.flush(context, line) != 0) {
            space.loseData();
        }
        parts.mappings.clear(line);
        int set = parts.geometry.setOfLine(line);
        parts.lists.remove(set, line);
        parts.lists.free(set, line);
    }
}
