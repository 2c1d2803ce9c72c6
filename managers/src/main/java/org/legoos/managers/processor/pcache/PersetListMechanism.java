package org.legoos.managers.processor.pcache;

/**
 * The default: the line joins its set's eviction list, is unmapped and flushed, and leaves the list; a thread
 * that faults on one of its pages meanwhile finds it in the list and waits. The list is a chain through the lines'
 * metadata, whose reverse map tells the pages. A dirty line with one mapping is not flushed here but parked, if
 * the coming miss goes to the same node; its eviction ends with that miss.
 */
final class PersetListMechanism implements EvictionMechanism {
    private final PcacheGeometry geometry;
    private final SetTable sets;
    private final LineTable lines;
    private final Mappings mappings;
    private final Writeback writeback;
    private final LineMessages messages;
    private final SetLists lists;
    private final Waits waits;
    private final PcacheEvents events;

    PersetListMechanism(PcacheParts parts) {
        this.geometry = parts.geometry;
        this.sets = parts.sets;
        this.lines = parts.lines;
        this.mappings = parts.mappings;
        this.writeback = parts.writeback;
        this.messages = parts.messages;
        this.lists = parts.lists;
        this.waits = parts.waits;
        this.events = parts.events;
    }

    @Override
    public void chosen(int set, int line) {
        events.peeAlloc.increment();
        sets.evictionAdd(set, line);
    }

    @Override
    public int evict(FaultContext context, int set, int line) {
        if (!mappings.unmap(line)) {
            events.flushCleanSkipped.increment();
            finish(set, line);
            return 0;
        }
        if (writeback.canPark(context, line)) {
            writeback.park(context, line);
            return 0;
        }
        if (context.missNode != FaultContext.NONE) {
            events.fillPiggybackFallback.increment();
        }
        int result = writeback.flush(context, line);
        if (result != 0) {
            giveUp(set, line);
            return result;
        }
        finish(set, line);
        return 0;
    }

    /** The eviction is over: the line is its evictor's. */
    private void finish(int set, int line) {
        leaveList(set, line);
        mappings.clear(line);
        lines.setFlags(line, LineTable.LOCKED);
        waits.wake();
    }

    private void leaveList(int set, int line) {
        sets.lock(set);
        sets.evictionRemove(set, line);
        sets.unlock(set);
        events.peeFree.increment();
        mappings.endEvictions(line);
    }

    /** Its home did not take the line: it is mapped again and goes back into its set. */
    private void giveUp(int set, int line) {
        mappings.remap(line);
        leaveList(set, line);
        lists.putBack(set, line);
        waits.wake();
    }

    /** The miss did not take place: the parked line is sent alone. @return false when it is back in its set instead */
    boolean flushParked(FaultContext context) {
        int line = context.parkedLine;
        int set = geometry.setOfLine(line);
        context.parkedLine = FaultContext.NONE;
        events.flushPiggybackFallback.increment();
        PcacheSpace owner = mappings.space(line, 0);
        long guestVa = lines.va(line);
        int result = writeback.judge(messages.sendFlushRecord(context, owner.ownerOf(guestVa)), owner, guestVa);
        if (result == 0) {
            finish(set, line);
            return true;
        }
        messages.takeFlushRecord(context, geometry.linePa(line));
        giveUp(set, line);
        return false;
    }

    /**
     * The miss that carried the parked line has come back, with a page for the line or without.
     *
     * @param pageArrived whether the line already holds the new page
     * @return false when the line is not the caller's: the old page is back in it
     */
    boolean finishParked(FaultContext context, boolean pageArrived) {
        int line = context.parkedLine;
        PcacheSpace owner = mappings.space(line, 0);
        long guestVa = lines.va(line);
        if (writeback.judge(-context.flushErrno, owner, guestVa) == 0) {
            events.fillPiggyback.increment();
            context.parkedLine = FaultContext.NONE;
            finish(geometry.setOfLine(line), line);
            return true;
        }
        events.flushFail.increment();
        if (!pageArrived) {
            return flushParked(context); // once more, alone, or it stays
        }
        owner.loseData(); // its home had no room, and its line is taken
        context.parkedLine = FaultContext.NONE;
        finish(geometry.setOfLine(line), line);
        return true;
    }

    @Override
    public boolean isOnItsWay(PcacheSpace space, long guestVa, int set) {
        events.setListLookup.increment();
        if (!sets.hasEvictions(set)) {
            return false;
        }
        boolean found = isListed(space, guestVa, set);
        if (found) {
            events.setListHit.increment();
        }
        return found;
    }

    private boolean isListed(PcacheSpace space, long guestVa, int set) {
        sets.lock(set);
        boolean found = false;
        for (int line = sets.evictionHead(set); line >= 0 && !found; line = lines.chain(line)) {
            found = mappings.isMappedAt(line, space, guestVa);
        }
        sets.unlock(set);
        return found;
    }

    @Override
    public void awaitGone(PcacheSpace space, long guestVa, int set) {
        waits.until(() -> !isListed(space, guestVa, set));
    }

    @Override
    public int fill(FaultContext context, PcacheSpace space, long guestVa, int line) {
        return NOT_HERE;
    }

    @Override
    public int forget(FaultContext context, PcacheSpace space, long startVa, long endVa, boolean sendHome) {
        return 0;
    }
}
