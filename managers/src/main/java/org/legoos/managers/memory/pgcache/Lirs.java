package org.legoos.managers.memory.pgcache;

import java.util.ArrayList;
import java.util.List;

/**
 * LIRS replacement (Jiang and Zhang, SIGMETRICS 2002), the original's choice for its page cache: entries that are used
 * again soon are LIR and stay; the others are HIR and go first. Stack S orders all by recency and keeps some that are gone
 * (ghosts), whose return shows that they should be LIR; queue Q has the resident HIR entries, oldest first. One pass over a
 * large file therefore pushes out nothing but itself. For one thread at a time.
 */
final class Lirs<E extends Lirs.Entry> {
    /** What is replaced; the fields belong to its Lirs. */
    abstract static class Entry {
        private Entry above; // in S
        private Entry below;
        private Entry before; // in Q
        private Entry after;
        private boolean inStack;
        private boolean inQueue;
        private boolean isLir;
        private boolean isResident;

        final boolean isResident() {
            return isResident;
        }
    }

    /** A list's two ends. */
    private static final class Head extends Entry {}

    private final int lirMax;
    private final int ghostsMax;
    private final Entry stack = new Head(); // below = top, above = bottom: a ring
    private final Entry queue = new Head();
    private int lirCount;
    private int ghosts;
    private int resident;

    /** @param lirMax how many entries may be LIR; ghostsMax how many that are gone are remembered */
    Lirs(int lirMax, int ghostsMax) {
        this.lirMax = lirMax;
        this.ghostsMax = ghostsMax;
        stack.above = stack.below = stack;
        queue.before = queue.after = queue;
    }

    int residentCount() {
        return resident;
    }

    int lirCount() {
        return lirCount;
    }

    int ghostCount() {
        return ghosts;
    }

    /** The entry was used, or has just become resident. */
    void access(E entry) {
        Entry e = entry;
        if (!e.isResident) {
            becomeResident(e, e.inStack);
            return;
        }
        if (e.isLir) {
            toTop(e);
            prune();
        } else if (e.inStack) {
            leaveQueue(e);
            promote(e);
        } else {
            leaveQueue(e);
            enterQueue(e);
            toTop(e);
        }
    }

    private void becomeResident(Entry e, boolean wasGhost) {
        e.isResident = true;
        resident++;
        ghosts -= wasGhost ? 1 : 0;
        if (wasGhost || lirCount < lirMax) {
            promote(e);
        } else {
            toTop(e);
            enterQueue(e);
        }
    }

    private void promote(Entry e) {
        e.isLir = true;
        lirCount++;
        toTop(e);
        prune();
        if (lirCount > lirMax) {
            Entry bottom = stack.above;
            leaveStack(bottom);
            bottom.isLir = false;
            lirCount--;
            enterQueue(bottom);
        }
        prune();
    }

    /** The bottom of S is LIR at all times. */
    private void prune() {
        for (Entry bottom = stack.above; bottom != stack && !bottom.isLir; bottom = stack.above) {
            leaveStack(bottom);
            ghosts -= bottom.isResident ? 0 : 1;
        }
    }

    /** Entries that should go, the first one first; at most {@code count}. */
    @SuppressWarnings("unchecked")
    List<E> victims(int count) {
        List<E> found = new ArrayList<>(count);
        for (Entry e = queue.after; e != queue && found.size() < count; e = e.after) {
            found.add((E) e);
        }
        for (Entry e = stack.above; e != stack && found.size() < count; e = e.above) {
            if (e.isLir) {
                found.add((E) e);
            }
        }
        return found;
    }

    /** The entry is gone; if it was HIR and recent it is remembered. */
    void evicted(E entry) {
        Entry e = entry;
        if (!e.isResident) {
            return;
        }
        e.isResident = false;
        resident--;
        if (e.inQueue) {
            leaveQueue(e);
        }
        if (e.isLir) {
            e.isLir = false;
            lirCount--;
            leaveStack(e);
            prune();
        } else if (e.inStack) {
            ghosts++;
            dropOldestGhosts();
        }
    }

    /** The entry is gone for good. */
    void forget(E entry) {
        evicted(entry);
        Entry e = entry;
        if (e.inStack) {
            leaveStack(e);
            ghosts--;
            prune();
        }
    }

    private void dropOldestGhosts() {
        for (Entry e = stack.above; ghosts > ghostsMax && e != stack;) {
            Entry next = e.above;
            if (!e.isResident) {
                leaveStack(e);
                ghosts--;
            }
            e = next;
        }
    }

    private void toTop(Entry e) {
        if (e.inStack) {
            leaveStack(e);
        }
        e.inStack = true;
        e.below = stack.below;
        e.above = stack;
        stack.below.above = e;
        stack.below = e;
    }

    private void leaveStack(Entry e) {
        e.above.below = e.below;
        e.below.above = e.above;
        e.inStack = false;
    }

    private void enterQueue(Entry e) {
        e.inQueue = true;
        e.before = queue.before;
        e.after = queue;
        queue.before.after = e;
        queue.before = e;
    }

    private void leaveQueue(Entry e) {
        e.before.after = e.after;
        e.after.before = e.before;
        e.inQueue = false;
    }
}
