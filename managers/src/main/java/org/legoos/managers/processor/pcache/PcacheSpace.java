package org.legoos.managers.processor.pcache;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.isa.mmu.PageTables;

/**
 * What the ExCache knows of one address space: its page tables, processors and home, and who is evicting from it. Made by
 * {@link Pcache#newSpace}.
 *
 * <p>Evictions are done by threads of any process. A call that changes the map first bars the range from eviction, so
 * that no line of it is on its way home while the home node changes the map: a late flush would be lost, or hit whatever
 * is mapped there next.
 */
public final class PcacheSpace {
    final int id;
    /** The PID field of messages: names the address space at its home, and is never used twice. */
    final int pid;
    final int homeNode;
    final PageTables tables;
    final Tlb tlb;
    final AtomicLong residentLines = new AtomicLong();

    private volatile long peakLines;
    private final AtomicInteger evicting = new AtomicInteger();
    private volatile boolean barred;
    private long barStart;
    private long barEnd;
    private long bar2Start;
    private long bar2End;
    private volatile boolean lostData;

    PcacheSpace(int id, int pid, int homeNode, PageTables tables, Tlb tlb) {
        this.id = id;
        this.pid = pid;
        this.homeNode = homeNode;
        this.tables = tables;
        this.tlb = tlb;
    }

    Tlb tlb() {
        return tlb;
    }

    public PageTables tables() {
        return tables;
    }

    /** The memory node that owns the address; vRegions other than the home's come with DISTRIBUTED_VMA. */
    int ownerOf(long guestVa) {
        return homeNode;
    }

    public long residentBytes() {
        return residentLines.get() << PcacheGeometry.LINE_SHIFT;
    }

    /** The most there were when somebody asked or the map was about to change (Linux's hiwater_rss). */
    public long peakResidentBytes() {
        notePeak();
        return peakLines << PcacheGeometry.LINE_SHIFT;
    }

    public void resetPeak() {
        peakLines = residentLines.get();
    }

    private void notePeak() {
        peakLines = Math.max(peakLines, residentLines.get());
    }

    /** Enters an eviction of one page; false when the page is barred. Never waits. */
    boolean beginEviction(long guestVa) {
        evicting.incrementAndGet(); // before the look at the bar: whoever bars waits for us then
        if (barred && (in(guestVa, barStart, barEnd) || in(guestVa, bar2Start, bar2End))) {
            evicting.decrementAndGet();
            return false;
        }
        return true;
    }

    private static boolean in(long guestVa, long start, long end) {
        return guestVa >= start && guestVa < end;
    }

    void endEviction() {
        evicting.decrementAndGet();
    }

    boolean isEvicting() {
        return evicting.get() != 0;
    }

    /** Bars two ranges; the caller then waits until no eviction is left. One thread at a time. */
    void bar(long start, long end, long start2, long end2) {
        notePeak();
        barStart = start;
        barEnd = end;
        bar2Start = start2;
        bar2End = end2;
        barred = true;
    }

    boolean isBarred() {
        return barred;
    }

    void unbar() {
        barred = false;
    }

    /** A page could neither be sent home nor kept: the process must not go on with old data. */
    public void loseData() {
        lostData = true;
    }

    /** Whether content of this address space is gone; every further fault of it fails. */
    public boolean hasLostData() {
        return lostData;
    }
}
