package org.legoos.managers.processor.pcache;

import java.util.Arrays;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.Pte;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.WaitQueue;

/**
 * kevict_sweepd (evict_sweep.c): turns the replacement list into an approximation of LRU. Each round looks at the oldest quarter of
 * every full set, moves at most one line that was used since the last look to the head, and clears Accessed
 * bits. Processors keep translations that would hide later accesses, so they are flushed once at the end of
 * a round.
 */
final class SweepDaemon implements KThread.Body {
    private static final int SCANNED_SHARE = 4;
    private static final long NS_PER_MS = 1_000_000;

    private final PcacheParts parts;
    private final WaitQueue sleep = new WaitQueue();
    private PcacheSpace[] swept = new PcacheSpace[8];
    private int sweptCount;

    SweepDaemon(PcacheParts parts) {
        this.parts = parts;
    }

    @Override
    public void run(KThread self) {
        self.onStop(sleep::wakeAll);
        long intervalNs = parts.config.sweepIntervalMs() * NS_PER_MS;
        while (!self.shouldStop()) {
            if (!sleep.await(parts.clock, self::shouldStop, 0, parts.clock.nowNs() + intervalNs)) {
                sweep();
            }
        }
    }

    /** One round. */
    void sweep() {
        parts.events.sweepRun.increment();
        int sets = parts.geometry.setCount();
        for (int set = 0; set < sets; set++) {
            if (parts.sets.isFull(set)) {
                parts.events.sweepSets.increment();
                sweepSet(set);
            }
        }
        for (int i = 0; i < sweptCount; i++) {
            swept[i].tlb.invalidateAll();
        }
        Arrays.fill(swept, 0, sweptCount, null);
        sweptCount = 0;
    }

    private void sweepSet(int set) {
        SetTable sets = parts.sets;
        LineTable lines = parts.lines;
        sets.lock(set);
        int left = Math.max(1, parts.geometry.wayCount() / SCANNED_SHARE);
        boolean moved = false;
        int line = sets.tail(set);
        while (line >= 0 && left-- > 0) {
            int newer = lines.prev(line);
            if (lines.tryLock(line)) {
                if (clearAccessed(line) && !moved) {
                    sets.listRemove(set, line);
                    sets.listAddHead(set, line);
                    parts.events.sweepMoved.increment();
                    moved = true;
                }
                lines.unlock(line);
            }
            line = newer;
        }
        sets.unlock(set);
    }

    /** Preconditions: the line is locked. @return whether it was accessed since the last time */
    private boolean clearAccessed(int line) {
        PhysicalMemory memory = parts.memory;
        boolean accessed = false;
        for (int m = parts.rmap.first(line); m != ReverseMap.NONE; m = parts.rmap.next(line, m)) {
            long ptePa = parts.rmap.ptePa(line, m);
            long pte = memory.getLongAcquire(ptePa);
            while (SoftPte.isPresent(pte) && (pte & Pte.ACCESSED) != 0) {
                if (memory.compareAndSetLong(ptePa, pte, pte & ~Pte.ACCESSED)) {
                    accessed = true;
                    remember(parts.mappings.space(line, m));
                }
                pte = memory.getLongAcquire(ptePa);
            }
        }
        return accessed;
    }

    private void remember(PcacheSpace space) {
        for (int i = 0; i < sweptCount; i++) {
            if (swept[i] == space) {
                return;
            }
        }
        if (sweptCount == swept.length) {
            swept = Arrays.copyOf(swept, sweptCount * 2);
        }
        swept[sweptCount++] = space;
    }
}
