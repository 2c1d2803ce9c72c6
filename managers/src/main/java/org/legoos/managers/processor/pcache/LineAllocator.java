package org.legoos.managers.processor.pcache;

import org.legoos.kernel.syscall.Errno;

/** Finds a line in a set (alloc.c): a free one, else one that is evicted for it. */
final class LineAllocator {
    /** The original's sysctl_pcache_alloc_timeout_sec. */
    private static final long TIMEOUT_NS = 30_000_000_000L;

    /** Homes that cannot take lines: after so many the fault fails. */
    private static final int EVICT_ATTEMPTS = 4;

    private final PcacheParts parts;
    private final SetTable sets;
    private final LineTable lines;
    private final EvictionPolicy policy;
    private final EvictionMechanism mechanism;
    private final PcacheEvents events;
    private final EvictionPolicy.Claims claims = this::claim;

    LineAllocator(PcacheParts parts, EvictionMechanism mechanism) {
        this.parts = parts;
        this.sets = parts.sets;
        this.lines = parts.lines;
        this.policy = parts.policy;
        this.mechanism = mechanism;
        this.events = parts.events;
    }

    /**
     * A line of the set, locked and without mappings; its flags are LOCKED alone (a parked line's eviction has not ended yet).
     *
     * @return the line, or a negative errno
     */
    int allocate(FaultContext context, int set) {
        int line = takeFree(set);
        if (line >= 0) {
            return line;
        }
        events.evictionTriggered.increment();
        long deadlineNs = 0;
        int failures = 0;
        while (true) {
            sets.lock(set);
            line = sets.takeFree(set);
            if (line >= 0) {
                return eagain(set, line);
            }
            line = choose(set);
            if (line >= 0) {
                int result = evict(context, set, line);
                if (result == 0) {
                    return line;
                }
                if (++failures == EVICT_ATTEMPTS) {
                    return result;
                }
                continue;
            }
            events.evictionFailureFind.increment();
            long nowNs = parts.clock.nowNs();
            deadlineNs = deadlineNs == 0 ? nowNs + TIMEOUT_NS : deadlineNs;
            if (nowNs > deadlineNs) {
                return -Errno.ENOMEM;
            }
            parts.waits.pause(); // all lines are in other threads' hands
        }
    }

    /** A line without waiting, sending or evicting dirty pages; -1 when that is impossible. */
    int takeFree(int set) {
        sets.lock(set);
        int line = sets.takeFree(set);
        if (line < 0) {
            sets.unlock(set);
            return -1;
        }
        return granted(set, line);
    }

    private int eagain(int set, int line) {
        events.evictionEagainFreeable.increment();
        return granted(set, line);
    }

    /** Preconditions: set locked. Unlocks it. A free line is nobody's, so its flags need no exchange. */
    private int granted(int set, int line) {
        sets.count(set, SetTable.NR_ALLOC);
        sets.unlock(set);
        lines.setFlags(line, LineTable.LOCKED);
        return line;
    }

    /** Preconditions: set locked. Unlocks it. */
    private int choose(int set) {
        int line = policy.choose(set, claims);
        if (line >= 0) {
            policy.removed(set, line);
            mechanism.chosen(set, line);
            sets.count(set, SetTable.NR_EVICTION);
        }
        sets.unlock(set);
        return line;
    }

    private int evict(FaultContext context, int set, int line) {
        long startNs = parts.times.now();
        int result = mechanism.evict(context, set, line);
        parts.times.evicted(context, startNs);
        if (result == 0) {
            events.evictionSucceed.increment();
        } else {
            events.evictionFailureEvict.increment();
        }
        return result;
    }

    private boolean claim(int line) {
        if (!lines.tryLock(line)) {
            events.evictionEagainConcurrent.increment();
            return false;
        }
        if (!lines.has(line, LineTable.VALID) || !parts.mappings.beginEvictions(line)) {
            lines.unlock(line);
            return false;
        }
        lines.set(line, LineTable.RECLAIM);
        return true;
    }
}
