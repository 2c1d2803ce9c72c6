package org.legoos.managers.processor.mm;

/**
 * What of an address space is locked by mlock(2) and its relatives: a mark of its ranges, which counts against RLIMIT_MEMLOCK, is
 * shown as VmLck and keeps MADV_DONTNEED away. And what is sealed by mseal(2). The ExCache stays a cache: lines of locked ranges are evicted like others.
 */
public final class MemoryLocks {
    private final ProcessAddressSpace space;
    private volatile boolean isForFuture;
    private volatile boolean hasSeals;

    MemoryLocks(ProcessAddressSpace space) {
        this.space = space;
    }

    /**
     * Marks the mapped part of a range, up to the first hole.
     *
     * @param startVa,endVa page aligned
     * @return whether all of it is mapped
     */
    public boolean set(long startVa, long endVa, boolean isLocked) {
        boolean[] isWhole = {true};
        space.change(ranges -> {
            long end = ranges.coveredUntil(startVa, endVa);
            isWhole[0] = end == endVa;
            return ranges.withFlags(startVa, end, isLocked ? Linux.MAP_LOCKED : 0, isLocked ? 0 : Linux.MAP_LOCKED);
        });
        return isWhole[0];
    }

    /** mlockall(MCL_CURRENT) and munlockall. */
    public void setAll(boolean isLocked) {
        space.change(ranges -> ranges.withFlags(0, Linux.TASK_SIZE, isLocked ? Linux.MAP_LOCKED : 0, isLocked ? 0 : Linux.MAP_LOCKED));
    }

    /** mlockall(MCL_FUTURE): what is mapped from now on is locked. */
    public void setForFuture(boolean isLocked) {
        isForFuture = isLocked;
    }

    public boolean isForFuture() {
        return isForFuture;
    }

    /** Flags that a new range gets. */
    int ofNew() {
        return isForFuture ? Linux.MAP_LOCKED : 0;
    }

    public long bytes() {
        return bytes(0, Linux.TASK_SIZE);
    }

    /** How much of a range is locked. */
    public long bytes(long startVa, long endVa) {
        RangeMap ranges = space.ranges();
        long sum = 0;
        for (int i = ranges.firstEndingAfter(startVa); i < ranges.count() && ranges.get(i).startVa() < endVa; i++) {
            Range range = ranges.get(i);
            boolean isLocked = (range.flags() & Linux.MAP_LOCKED) != 0;
            sum += isLocked ? Math.min(range.endVa(), endVa) - Math.max(range.startVa(), startVa) : 0;
        }
        return sum;
    }

    /** PR_SET_VMA_ANON_NAME: what /proc/PID/maps calls anonymous memory. @return whether all of the range is mapped */
    public boolean name(long startVa, long endVa, String name) {
        boolean[] isWhole = {true};
        space.change(ranges -> {
            isWhole[0] = ranges.coveredUntil(startVa, endVa) == endVa;
            return ranges.withName(startVa, endVa, name == null ? null : "[anon:" + name + "]");
        });
        return isWhole[0];
    }

    /** mseal(2): the range stays as it is mapped, for ever. @return false: not all of it is mapped, and nothing is sealed */
    public boolean seal(long startVa, long endVa) {
        boolean[] isWhole = {true};
        space.change(ranges -> {
            isWhole[0] = ranges.coveredUntil(startVa, endVa) == endVa;
            return isWhole[0] ? ranges.withFlags(startVa, endVa, Linux.SEALED, 0) : ranges;
        });
        hasSeals = true;
        return isWhole[0];
    }

    /** Whether anything is sealed. */
    public boolean hasSeals() {
        return hasSeals;
    }

    /** Whether a part of the range is sealed. */
    public boolean isSealed(long startVa, long endVa) {
        return isSealed(startVa, endVa, false);
    }

    /** Whether a part is sealed whose content could not be thrown away by writing either: private memory that may not be written. */
    public boolean isContentSealed(long startVa, long endVa) {
        return isSealed(startVa, endVa, true);
    }

    private boolean isSealed(long startVa, long endVa, boolean onlyReadOnly) {
        if (!hasSeals) {
            return false;
        }
        RangeMap ranges = space.ranges();
        for (int i = ranges.firstEndingAfter(startVa); i < ranges.count() && ranges.get(i).startVa() < endVa; i++) {
            Range range = ranges.get(i);
            boolean counts = !onlyReadOnly || !range.isShared() && (range.prot() & Linux.PROT_WRITE) == 0;
            if (counts && (range.flags() & Linux.SEALED) != 0) {
                return true;
            }
        }
        return false;
    }

    /** A child's memory is not locked, but sealed as its parent's. */
    RangeMap forked(RangeMap ranges) {
        for (int i = 0; i < ranges.count(); i++) {
            hasSeals |= (ranges.get(i).flags() & Linux.SEALED) != 0;
        }
        return ranges.withFlags(0, Linux.TASK_SIZE, 0, Linux.MAP_LOCKED);
    }
}
