package org.legoos.managers.memory.pgcache;

/**
 * How much of a file to read when a page is missing: a little at first, twice as much each time the reader goes on where the
 * last read ended, little again when it jumps (CONFIG_MEM_PREFETCH; without it only what was asked for). Guarded by the
 * file's lock.
 */
final class ReadAhead {
    private static final int FIRST_PAGES = 4;

    private final boolean isOn;
    private long expectedIndex;
    private int windowPages = FIRST_PAGES;

    ReadAhead(boolean isOn) {
        this.isOn = isOn;
    }

    /** How many pages from {@code pageIndex} on to read for one who wants {@code wantedPages}. */
    int pagesFor(long pageIndex, int wantedPages) {
        if (!isOn) {
            return wantedPages;
        }
        boolean goesOn = pageIndex == expectedIndex;
        windowPages = goesOn ? Math.min(CacheLine.PAGES, 2 * windowPages) : FIRST_PAGES;
        int pages = Math.max(wantedPages, windowPages);
        expectedIndex = Math.min(pageIndex + pages, (pageIndex / CacheLine.PAGES + 1) * CacheLine.PAGES);
        return pages;
    }
}
