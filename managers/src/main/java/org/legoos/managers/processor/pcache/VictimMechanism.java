package org.legoos.managers.processor.pcache;

import org.legoos.kernel.sched.WaitQueue;

/**
 * Evicted pages go to the victim cache; the dirty ones are sent home later, by {@link VictimFlushDaemon} or by a thread that
 * needs the entry. A line with several mappings has no single address to be found by and goes the
 * write-protect way.
 */
final class VictimMechanism implements EvictionMechanism {
    private final PcacheParts parts;
    private final VictimCache cache;
    private final PcacheEvents events;
    private final WriteProtectMechanism forShared;
    private final WaitQueue work = new WaitQueue();
    private volatile int dirtyEntries; // guarded by the cache's lock for writing

    VictimMechanism(PcacheParts parts) {
        this.parts = parts;
        this.events = parts.events;
        this.cache = new VictimCache(parts.memory, parts.frames, parts.config.victimEntries());
        this.forShared = new WriteProtectMechanism(parts);
    }

    boolean hasWork() {
        return dirtyEntries != 0;
    }

    WaitQueue work() {
        return work;
    }

    @Override
    public void chosen(int set, int line) {}

    @Override
    public int evict(FaultContext context, int set, int line) {
        if (parts.lines.mapCount(line) != 1) {
            return forShared.evict(context, set, line);
        }
        PcacheSpace space = parts.mappings.space(line, 0);
        int entry = prepareInsert(context, space, parts.lines.va(line));
        if (entry < 0) {
            parts.mappings.endEvictions(line);
            parts.lists.putBack(set, line);
            return entry;
        }
        boolean dirty = parts.mappings.unmap(line);
        if (dirty || !parts.lines.has(line, LineTable.ZEROFILL)) {
            finishInsert(entry, parts.geometry.linePa(line), dirty);
        } else {
            events.flushCleanSkipped.increment();
            setState(entry, VictimCache.FREE); // zeros again when touched again
        }
        parts.mappings.endEvictions(line);
        parts.mappings.clear(line);
        parts.lines.setFlags(line, LineTable.LOCKED);
        return 0;
    }

    /** Reserves an entry; a negative errno when the oldest page cannot be sent home. */
    private int prepareInsert(FaultContext context, PcacheSpace space, long guestVa) {
        events.victimPrepareInsert.increment();
        boolean triggered = false;
        while (true) {
            cache.lock();
            int entry = cache.oldest(VictimCache.FREE);
            if (entry == VictimCache.NONE) {
                if (!triggered) {
                    events.victimEvictionTriggered.increment();
                    triggered = true;
                }
                entry = cache.oldest(VictimCache.CLEAN);
                if (entry != VictimCache.NONE) {
                    events.victimEvictionSucceed.increment();
                }
            }
            if (entry != VictimCache.NONE) {
                cache.reserve(entry, space.id, guestVa);
                cache.unlock();
                return entry;
            }
            events.victimEvictionEagain.increment();
            entry = startFlush(context);
            cache.unlock();
            if (entry == VictimCache.NONE) {
                parts.waits.pause(); // all are in other threads' hands
                continue;
            }
            events.victimSync.increment();
            int result = finishFlush(context, entry);
            if (result != 0) {
                return result;
            }
        }
    }

    private void finishInsert(int entry, long linePa, boolean dirty) {
        parts.memory.copy(linePa, cache.dataPa(entry), PcacheGeometry.LINE_BYTES);
        events.victimFinishInsert.increment();
        if (dirty) {
            events.victimSubmittedDirty.increment();
            setState(entry, VictimCache.DIRTY);
            work.wakeAll();
        } else {
            events.victimSubmittedClean.increment();
            setState(entry, VictimCache.CLEAN);
        }
    }

    private void setState(int entry, int state) {
        cache.lock();
        change(entry, state);
        cache.unlock();
        parts.waits.wake();
    }

    /** Preconditions: cache locked. */
    private void change(int entry, int state) {
        int before = cache.state(entry);
        dirtyEntries += (state == VictimCache.DIRTY ? 1 : 0) - (before == VictimCache.DIRTY ? 1 : 0);
        cache.setState(entry, state);
    }

    /**
     * Preconditions: cache locked. Picks the oldest dirty entry whose page is not barred, enters its eviction and copies it into the
     * message.
     */
    private int startFlush(FaultContext context) {
        int entry = VictimCache.NONE;
        do {
            entry = cache.nextOldest(VictimCache.DIRTY, entry);
            if (entry == VictimCache.NONE) {
                return entry;
            }
        } while (!spaceOf(entry).beginEviction(cache.va(entry)));
        putRecord(context, entry);
        return entry;
    }

    private PcacheSpace spaceOf(int entry) {
        return parts.spaces.get(cache.space(entry)); // an entry that is not free keeps its page
    }

    private void putRecord(FaultContext context, int entry) {
        change(entry, VictimCache.FLUSHING);
        parts.messages.putFlushRecord(context, spaceOf(entry), cache.va(entry), cache.dataPa(entry));
    }

    /** Ends what startFlush began. */
    private int finishFlush(FaultContext context, int entry) {
        PcacheSpace space = spaceOf(entry);
        int result = sendRecord(context, entry);
        space.endEviction();
        parts.waits.wake();
        return result;
    }

    private int sendRecord(FaultContext context, int entry) {
        PcacheSpace space = spaceOf(entry);
        long guestVa = cache.va(entry);
        int status = parts.messages.sendFlushRecord(context, space.ownerOf(guestVa));
        int result = parts.writeback.judge(status, space, guestVa);
        events.victimFinishedDirty.increment();
        setState(entry, result == 0 ? VictimCache.CLEAN : VictimCache.DIRTY);
        return result;
    }

    /** Sends the oldest dirty page home. @return 1, 0 when there was none, or a negative errno */
    int flushOldest(FaultContext context) {
        cache.lock();
        int entry = startFlush(context);
        cache.unlock();
        if (entry == VictimCache.NONE) {
            return 0;
        }
        int result = finishFlush(context, entry);
        return result == 0 ? 1 : result;
    }

    @Override
    public boolean isOnItsWay(PcacheSpace space, long guestVa, int set) {
        return false; // fill() sees to it
    }

    @Override
    public int fill(FaultContext context, PcacheSpace space, long guestVa, int line) {
        events.victimLookup.increment();
        while (true) {
            cache.lock();
            int entry = cache.find(space.id, guestVa);
            int state = entry == VictimCache.NONE ? VictimCache.FREE : cache.state(entry);
            if (state == VictimCache.CLEAN || state == VictimCache.DIRTY) {
                cache.copyTo(entry, parts.geometry.linePa(line));
                change(entry, VictimCache.FREE);
            }
            cache.unlock();
            switch (state) {
                case VictimCache.FREE -> {
                    return NOT_HERE;
                }
                case VictimCache.CLEAN, VictimCache.DIRTY -> {
                    events.victimHit.increment();
                    events.fillFromVictim.increment();
                    return state == VictimCache.DIRTY ? FILLED_DIRTY : FILLED_CLEAN;
                }
                default -> awaitSettled(space, guestVa, guestVa + 1);
            }
        }
    }

    /** Waits until no entry of the range is being written or sent. */
    private void awaitSettled(PcacheSpace space, long startVa, long endVa) {
        parts.waits.until(() -> {
            cache.lock();
            int entry = cache.findIn(space.id, startVa, endVa);
            int state = entry == VictimCache.NONE ? VictimCache.FREE : cache.state(entry);
            cache.unlock();
            return state != VictimCache.RESERVED && state != VictimCache.FLUSHING;
        });
    }

    @Override
    public int forget(FaultContext context, PcacheSpace space, long startVa, long endVa, boolean sendHome) {
        while (true) {
            cache.lock();
            int entry = cache.findIn(space.id, startVa, endVa);
            int state = entry == VictimCache.NONE ? VictimCache.FREE : cache.state(entry);
            if (state == VictimCache.CLEAN || state == VictimCache.DIRTY && !sendHome) {
                change(entry, VictimCache.FREE);
            } else if (state == VictimCache.DIRTY) {
                putRecord(context, entry);
            }
            cache.unlock();
            if (state == VictimCache.FREE) {
                return 0;
            }
            if (state == VictimCache.DIRTY && sendHome) {
                events.victimSync.increment();
                int result = sendRecord(context, entry);
                if (result != 0) {
                    return result;
                }
            } else if (state == VictimCache.RESERVED || state == VictimCache.FLUSHING) {
                awaitSettled(space, startVa, endVa);
            }
        }
    }
}
