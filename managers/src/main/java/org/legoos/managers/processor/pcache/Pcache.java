package org.legoos.managers.processor.pcache;

import org.legoos.fit.Ibapi;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.FrameSource;
import org.legoos.isa.mmu.PageTables;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.isa.mmu.Pte;
import org.legoos.isa.mmu.PteCursor;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.syscall.Errno;

/**
 * The ExCache (pcache): a part of the processor node's memory that holds lines of what memory nodes own, found
 * through the page tables of each address space. A miss is handled by the thread that faults.
 *
 * <p>Lock order: BUSY of an entry, a line's lock, a set's lock or the victim cache's. A thread that holds a line
 * only tries other lines' locks; nobody sends a message or waits for another thread with a set or the victim cache locked.
 */
public final class Pcache implements AutoCloseable {
    private final PcacheParts parts;
    private final EvictionMechanism mechanism;
    private final LineFiller filler;
    private final MapEdits edits;
    private final PageHolds holds;
    private final FrameSource tableFrames;

    private Pcache(PcacheParts parts) {
        this.parts = parts;
        this.mechanism = switch (parts.config.mechanism()) {
            case WRITE_PROTECT -> new WriteProtectMechanism(parts);
            case PERSET_LIST -> new PersetListMechanism(parts);
            case VICTIM -> new VictimMechanism(parts);
        };
        LineAllocator allocator = new LineAllocator(parts, mechanism);
        this.filler = new LineFiller(parts, mechanism, allocator);
        this.edits = new MapEdits(parts, mechanism, allocator);
        this.holds = new PageHolds(parts, mechanism, edits);
        this.tableFrames = new FrameSource() {
            @Override
            public long allocFrame() {
                return parts.frames.alloc();
            }

            @Override
            public void freeFrame(long framePa) {
                parts.frames.free(framePa);
            }
        };
    }

    /** Makes the ExCache in the kernel's reserved range, starts its daemons and prints the boot block. */
    public static Pcache start(Kernel kernel, Ibapi ibapi, PcacheConfig config) {
        Kernel.MemoryRange range = kernel.excache();
        PcacheGeometry geometry = PcacheGeometry.of(range.basePa(), range.sizeBytes(), config.associativityShift());
        Pcache pcache = new Pcache(new PcacheParts(kernel, ibapi, config, geometry));
        kernel.counters().gauge("pcache_lines", pcache::usedLines);
        kernel.counters().gauge("pcache_spaces", pcache.parts.spaces::count);
        kernel.counters().gauge("pcache_rmap_entries", pcache.parts.rmap::poolCount);
        pcache.startDaemons();
        for (String line : geometry.describe(config.isMemblockReserved())) {
            kernel.log().info("%s", line);
        }
        pcache.describeChoices();
        return pcache;
    }

    private void startDaemons() {
        if (mechanism instanceof VictimMechanism victims) {
            parts.sched.spawn("kvictim_flushd", new VictimFlushDaemon(parts, victims));
        }
        if (parts.config.policy() == PcacheConfig.Policy.LRU && parts.config.sweepIntervalMs() > 0) {
            parts.sched.spawn("kevict_sweepd", new SweepDaemon(parts));
        }
    }

    private void describeChoices() {
        PcacheConfig config = parts.config;
        boolean sweeps = config.sweepIntervalMs() > 0;
        if (config.mechanism() == PcacheConfig.Mechanism.VICTIM) {
            parts.log.info("    NR victim $ entries:     %d", config.victimEntries());
        }
        parts.log.info(
                "pcache: policy %s%s, mechanism %s, zerofill %s",
                config.policy(),
                config.policy() != PcacheConfig.Policy.LRU ? "" : sweeps ? " (swept)" : " (not swept: acts as FIFO)",
                config.mechanism(),
                config.zerofill() ? "on" : "off");
    }

    public PcacheGeometry geometry() {
        return parts.geometry;
    }

    /** Lines that somebody maps: a walk over all, for tests and people. */
    public long usedLines() {
        long used = 0;
        for (int line = 0; line < parts.geometry.lineCount(); line++) {
            used += parts.lines.mapCount(line) > 0 ? 1 : 0;
        }
        return used;
    }

    /** One round of kevict_sweepd, now. */
    public void sweep() {
        new SweepDaemon(parts).sweep();
    }

    /** The numbers of system call 601. */
    public PcacheStat stat() {
        PcacheGeometry g = parts.geometry;
        PcacheEvents events = parts.events;
        return new PcacheStat(
                g.lineCount(),
                g.setCount(),
                g.wayCount(),
                PcacheGeometry.LINE_BYTES,
                g.wayStrideBytes(),
                events.fault.value(),
                events.faultCode.value(),
                events.flush.value(),
                events.evictionSucceed.value());
    }

    /** An empty address space of a process, or null when the node has no memory (or no number) for it. */
    public PcacheSpace newSpace(int pid, int homeNode, Tlb tlb) {
        PageTables tables = PageTables.create(parts.memory, tableFrames);
        if (tables == null) {
            return null;
        }
        int id = parts.spaces.reserve();
        if (id < 0) {
            tables.destroy();
            return null;
        }
        PcacheSpace space = new PcacheSpace(id, pid, homeNode, tables, tlb);
        parts.spaces.put(space);
        return space;
    }

    /** Ends an address space on which nothing runs any more: frees its lines and tables, sends nothing. */
    public void destroySpace(PcacheSpace space) {
        drop(space, 0, PageTables.END_VA);
        space.tables.destroy();
        parts.spaces.remove(space);
    }

    public PhysicalMemory memory() {
        return parts.memory;
    }

    /** When a fault began, for {@link #fill}. */
    public long faultTime() {
        return parts.times.now();
    }

    /** Counts a page fault. */
    public void countFault(int access) {
        parts.events.fault.increment();
        if (access == PageWalker.FETCH) {
            parts.events.faultCode.increment();
        }
    }

    /** Makes a not present entry BUSY: this thread's. False when it has changed. */
    public boolean claim(long ptePa, long pte) {
        return parts.memory.compareAndSetLong(ptePa, pte, pte | SoftPte.BUSY);
    }

    /** Puts a claimed entry back. */
    public void release(long ptePa, long prior) {
        parts.memory.putLongRelease(ptePa, prior);
        parts.waits.wake();
    }

    /** Waits while another thread fills the page. */
    public void awaitFilled(long ptePa) {
        parts.waits.until(() -> !SoftPte.isBusy(parts.memory.getLongAcquire(ptePa)));
    }

    /**
     * Fills and maps the page of a claimed entry; on failure the entry is as before.
     *
     * @param prior the entry before it was claimed
     * @param zeros whether the page is zeros unless the entry says REMOTE
     * @param rights USER, WRITABLE and NO_EXECUTE bits of the entry to be
     * @return 0, a positive number to look again, or a negative errno
     */
    public int fill(
            PcacheSpace space,
            long pageVa,
            long ptePa,
            long prior,
            boolean zeros,
            long rights,
            int access,
            long faultNs) {
        FaultContext context = parts.contexts.take();
        if (context == null) {
            release(ptePa, prior);
            return -Errno.ENOMEM;
        }
        parts.times.begin(context, faultNs);
        boolean local = zeros && parts.config.zerofill();
        int result = filler.fill(context, space, pageVa, ptePa, prior, local, rights, access);
        parts.contexts.give(context);
        return result;
    }

    /**
     * A present page lacks a right that its range gives: a write to a line that is being write-protected for eviction, or that
     * is shared since fork, or one that was mapped with less. Waits for the eviction, makes a copy, or gives the right.
     *
     * @param isCopy whether the range shows copies of shared memory: writes never go to the shared line
     * @return 0 (the access is to be tried again), or a negative errno
     */
    public int giveRights(PcacheSpace space, long pageVa, long ptePa, long rights, boolean isWrite, boolean isCopy) {
        if (isWrite) {
            parts.events.faultWp.increment();
        }
        long pte = parts.memory.getLongAcquire(ptePa);
        if (SoftPte.isPresent(pte) && parts.lines.has(parts.geometry.lineAt(Pte.frame(pte)), LineTable.RECLAIM)) {
            parts.events.faultConcurrentEviction.increment();
        }
        int line = edits.lockSettledLine(ptePa);
        if (line < 0) {
            return 0;
        }
        CopyOnWrite copyOnWrite = edits.copyOnWrite();
        boolean isShared = copyOnWrite.isShared(line) || isCopy && parts.lines.has(line, LineTable.SHARED);
        if (isWrite && (rights & Pte.WRITABLE) != 0 && isShared) {
            return copyOnWrite.copy(space, pageVa, ptePa, line, rights);
        }
        edits.setRights(ptePa, isShared ? rights & ~Pte.WRITABLE : rights);
        if (isWrite) {
            parts.events.faultWpReuse.increment();
            if (SoftPte.isExecutable(rights)) { // a core that ran it for another process would not see the writes
                space.tlb().invalidateCode(parts.geometry.linePa(line), PcacheGeometry.LINE_BYTES);
            }
        }
        edits.unlock(line);
        return 0;
    }

    /**
     * fork(2): gives the child the private pages of a range, which is barred; the parent's translations are shot down by the
     * caller. @return 0 or -ENOMEM
     */
    public int share(PcacheSpace from, PcacheSpace to, long startVa, long endVa) {
        return edits.copyOnWrite().share(from, to, new PteCursor(), startVa, endVa);
    }

    /**
     * Maps the present page of a shared memory object at a claimed entry.
     *
     * @return 0, a positive number when the object's page has gone meanwhile, or a negative errno
     */
    public int mapShared(long objectPtePa, PcacheSpace space, long pageVa, long ptePa, long rights) {
        return edits.copyOnWrite().mapShared(objectPtePa, space, pageVa, ptePa, rights);
    }

    /** Keeps two ranges from eviction until {@link #unbar}; waits for evictions under way. One thread a space. */
    public void bar(PcacheSpace space, long start, long end, long start2, long end2) {
        edits.bar(space, start, end, start2, end2);
    }

    public void unbar(PcacheSpace space) {
        space.unbar();
        parts.waits.wake();
    }

    /** Drops all pages of a range as if never touched, wherever they are kept here; bars it meanwhile if it is not barred. */
    public void drop(PcacheSpace space, long startVa, long endVa) {
        boolean barred = space.isBarred();
        if (!barred) {
            edits.bar(space, startVa, endVa, 0, 0);
        }
        mechanism.forget(null, space, startVa, endVa, false); // first: threads in a fill may wait for its room
        edits.drop(space, new PteCursor(), startVa, endVa);
        mechanism.forget(null, space, startVa, endVa, false);
        if (!barred) {
            unbar(space);
        }
    }

    public void protect(PcacheSpace space, long startVa, long endVa, long rights) {
        edits.protect(space, new PteCursor(), startVa, endVa, rights);
    }

    /** Tells that the home has content for pages that were not touched here yet. @return false without memory for tables */
    public boolean markRemote(PcacheSpace space, long startVa, long endVa) {
        for (long va = startVa; va < endVa; va += PcacheGeometry.LINE_BYTES) {
            long ptePa = space.tables().ensurePtePa(va);
            if (ptePa == 0) {
                return false;
            }
            parts.memory.compareAndSetLong(ptePa, 0, SoftPte.REMOTE);
        }
        return true;
    }

    /**
     * Whether the home has nothing of a barred range of private anonymous memory: all its pages were made here of zeros and never
     * sent, or not touched at all. A thread stack's, mostly, when the thread ends.
     */
    public boolean isUnknownAtHome(PcacheSpace space, long startVa, long endVa) {
        return edits.isUnknownAtHome(space, new PteCursor(), startVa, endVa);
    }

    /** Makes the page tables of a range beforehand. @return false when the node has no memory for them */
    public boolean makeTables(PcacheSpace space, long startVa, long endVa) {
        return edits.makeTables(space, startVa, endVa);
    }

    /** Sends pages of the range that are kept outside of lines home, before their home moves them. @return 0 or a negative errno */
    public int settle(PcacheSpace space, long startVa, long endVa) {
        FaultContext context = parts.contexts.take();
        if (context == null) {
            return -Errno.ENOMEM;
        }
        int result = mechanism.forget(context, space, startVa, endVa, true);
        parts.contexts.give(context);
        return result;
    }

    /** Moves the pages of a barred range after its home has moved it. The new tables exist and are empty. */
    public void move(PcacheSpace space, long oldVa, long endVa, long newVa) {
        FaultContext context = parts.contexts.take();
        if (context == null) {
            space.loseData(); // no buffer to send from; the caller settled before, so one was there a moment ago
            return;
        }
        edits.move(context, space, new PteCursor(), oldVa, endVa, newVa);
        parts.contexts.give(context);
    }

    /** Sends the dirty pages of a range home and keeps them. @return 0 or a negative errno */
    public int clean(PcacheSpace space, long startVa, long endVa) {
        FaultContext context = parts.contexts.take();
        if (context == null) {
            return -Errno.ENOMEM;
        }
        int result = edits.clean(context, space, new PteCursor(), startVa, endVa);
        parts.contexts.give(context);
        return result;
    }

    /**
     * Takes pages of shared memory away from all who map them; they wait for {@link #letGo} when they touch one. What was written
     * has gone home. One thread a space at a time.
     *
     * @return 0, or a negative errno and nothing is held
     */
    public int hold(PcacheSpace space, long startVa, long endVa) {
        return takeHome(space, startVa, endVa, true);
    }

    /** As {@link #hold}, with nothing held in the end. */
    public int sendHome(PcacheSpace space, long startVa, long endVa) {
        return takeHome(space, startVa, endVa, false);
    }

    private int takeHome(PcacheSpace space, long startVa, long endVa, boolean holds) {
        FaultContext context = parts.contexts.take();
        if (context == null) {
            return -Errno.ENOMEM;
        }
        bar(space, startVa, endVa, 0, 0);
        int result = holds ? this.holds.hold(context, space, startVa, endVa)
                : this.holds.sendHome(context, space, startVa, endVa);
        unbar(space);
        parts.contexts.give(context);
        return result;
    }

    public void letGo(PcacheSpace space, long startVa, long endVa) {
        holds.letGo(space, startVa, endVa);
    }

    /** Frees host memory; nothing may use the ExCache any more. Its daemons are the kernel's, which stops them. */
    @Override
    public void close() {
        parts.sets.close();
    }
}
