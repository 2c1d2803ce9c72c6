package org.legoos.managers.processor.lock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.legoos.managers.processor.core.WaitList;

/** Locks of one kind on one file. Guarded by its {@link FileLocks}. */
final class InodeLocks {
    final WaitList waiters = new WaitList();
    private List<Range> held = new ArrayList<>(2);
    int users; // threads that wait

    boolean isUnused() {
        return held.isEmpty() && users == 0;
    }

    /** A lock that stands in the way, the first in the file, or null. */
    Range conflict(Range wanted) {
        Range first = null;
        for (Range lock : held) {
            if (lock.conflicts(wanted) && (first == null || lock.start() < first.start())) {
                first = lock;
            }
        }
        return first;
    }

    /** Takes the owner's locks off a range; what sticks out on either side stays. @return whether there were any */
    boolean clear(Object owner, long start, long end) {
        List<Range> rest = new ArrayList<>(held.size() + 1);
        boolean isAny = false;
        for (Range lock : held) {
            if (lock.owner() != owner || lock.end() < start || lock.start() > end) {
                rest.add(lock);
                continue;
            }
            isAny = true;
            if (lock.start() < start) {
                rest.add(lock.with(lock.start(), start - 1));
            }
            if (lock.end() > end) {
                rest.add(lock.with(end + 1, lock.end()));
            }
        }
        held = rest;
        return isAny;
    }

    /** Puts a lock there in place of the owner's others and joins it with neighbours of its kind. */
    void put(Range lock) {
        clear(lock.owner(), lock.start(), lock.end());
        long start = lock.start();
        long end = lock.end();
        List<Range> rest = new ArrayList<>(held.size() + 1);
        for (Range other : held) {
            boolean isNeighbour = other.owner() == lock.owner() && other.isWrite() == lock.isWrite()
                    && (other.end() == start - 1 || end != Long.MAX_VALUE && other.start() == end + 1);
            if (isNeighbour) {
                start = Math.min(start, other.start());
                end = Math.max(end, other.end());
            } else {
                rest.add(other);
            }
        }
        rest.add(lock.with(start, end));
        rest.sort(Comparator.comparingLong(Range::start));
        held = rest;
    }

    int count() {
        return held.size();
    }

    List<Range> all() {
        return held;
    }
}
