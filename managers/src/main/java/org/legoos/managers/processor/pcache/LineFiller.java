package org.legoos.managers.processor.pcache;

import org.legoos.isa.memory.PhysicalMemory;

/** Fills a page that is not present (fault.c): with zeros, from what was just evicted, or from its home. */
final class LineFiller {
    /** The page was on its way home: look at its entry again. */
    static final int RETRY = 1;

    private final PcacheParts parts;
    private final PhysicalMemory memory;
    private final LineTable lines;
    private final PcacheEvents events;
    private final EvictionMechanism mechanism;
    /** The mechanism again, when it parks lines; else null. */
    private final PersetListMechanism parking;

    private final LineAllocator allocator;

    LineFiller(PcacheParts parts, EvictionMechanism mechanism, LineAllocator allocator) {
        this.parts = parts;
        this.memory = parts.memory;
        this.lines = parts.lines;
        this.events = parts.events;
        this.mechanism = mechanism;
        this.parking = mechanism instanceof PersetListMechanism perset ? perset : null;
        this.allocator = allocator;
    }

    /**
     * Fills the page of an entry that the caller has made BUSY, and maps it or puts the entry back.
     *
     * @param prior the entry before it was BUSY
     * @param zeros whether a page that was never touched is zeros
     * @return 0, {@link #RETRY} or a negative errno
     */
    int fill(
            FaultContext context,
            PcacheSpace space,
            long pageVa,
            long ptePa,
            long prior,
            boolean zeros,
            long rights,
            int access) {
        int set = parts.geometry.setOf(pageVa);
        boolean remote = SoftPte.isRemote(prior);
        if (remote && mechanism.isOnItsWay(space, pageVa, set)) {
            memory.putLongRelease(ptePa, prior);
            parts.waits.wake();
            events.faultConcurrentEviction.increment();
            mechanism.awaitGone(space, pageVa, set);
            return RETRY;
        }
        boolean zerofill = zeros && !remote;
        context.missNode = zerofill ? FaultContext.NONE : space.ownerOf(pageVa);
        int line = allocator.allocate(context, set);
        int result = line < 0 ? line : 0;
        int kind = EvictionMechanism.NOT_HERE;
        if (result == 0) {
            parts.times.allocated(context);
            if (zerofill) {
                zero(line);
            } else {
                kind = remote ? mechanism.fill(context, space, pageVa, line) : kind;
                result = kind == EvictionMechanism.NOT_HERE ? fetch(context, space, pageVa, access, set, line) : 0;
            }
        }
        context.missNode = FaultContext.NONE;
        if (result != 0) {
            memory.putLongRelease(ptePa, prior);
            parts.waits.wake();
            return result;
        }
        parts.times.filled(context);
        boolean dirty = kind == EvictionMechanism.FILLED_DIRTY;
        parts.mappings.map(line, space, pageVa, ptePa, SoftPte.present(parts.geometry.linePa(line), rights, dirty));
        parts.lists.insert(set, line, zerofill ? LineTable.ZEROFILL : 0);
        parts.times.mapped(context, !zerofill && kind == EvictionMechanism.NOT_HERE);
        if (zerofill && parts.config.zerofillNotify()) {
            parts.messages.notifyZerofill(context, space, pageVa);
        }
        return 0;
    }

    private void zero(int line) {
        memory.zero(parts.geometry.linePa(line), PcacheGeometry.LINE_BYTES);
        events.fillZerofill.increment();
    }

    private int fetch(FaultContext context, PcacheSpace space, long pageVa, int access, int set, int line) {
        int result = parts.messages.miss(context, space, pageVa, access, parts.geometry.linePa(line));
        boolean mine = context.parkedLine == FaultContext.NONE || parking.finishParked(context, result == 0);
        if (result == 0) {
            events.fillFromMemory.increment();
        } else if (mine) {
            parts.lists.free(set, line);
        }
        return result;
    }
}
