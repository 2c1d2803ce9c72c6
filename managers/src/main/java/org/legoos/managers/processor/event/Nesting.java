package org.legoos.managers.processor.event;

/** Which epoll sets watch which: no loops, and no deep chains, since readiness is asked and told along them. */
final class Nesting {
    /** EP_MAX_NESTS of Linux: sets in a chain. */
    private static final int DEPTH_MAX = 4;

    private Nesting() {}

    /** @return false when {@code outer} would watch itself, or a chain would become too long: ELOOP */
    static synchronized boolean tryNest(EventPoll inner, EventPoll outer) {
        int below = depthBelow(inner, outer, 0);
        int above = depthAbove(outer, 0);
        if (below > DEPTH_MAX || below + above + 1 > DEPTH_MAX) {
            return false;
        }
        inner.outer.add(outer);
        return true;
    }

    /** Takes no lock of its own: the caller may hold a set's mutex. */
    static void unnest(EventPoll inner, EventPoll outer) {
        inner.outer.remove(outer);
    }

    /** The longest chain below {@code set}; more than DEPTH_MAX when it leads to {@code forbidden}. */
    private static int depthBelow(EventPoll set, EventPoll forbidden, int depth) {
        if (set == forbidden || depth > DEPTH_MAX) {
            return DEPTH_MAX + 1;
        }
        int longest = 0;
        for (EventPoll next : set.inner()) {
            longest = Math.max(longest, 1 + depthBelow(next, forbidden, depth + 1));
        }
        return longest;
    }

    private static int depthAbove(EventPoll set, int depth) {
        int longest = 0;
        for (EventPoll next : set.outer) {
            longest = Math.max(longest, depth > DEPTH_MAX ? DEPTH_MAX : 1 + depthAbove(next, depth + 1));
        }
        return longest;
    }
}
