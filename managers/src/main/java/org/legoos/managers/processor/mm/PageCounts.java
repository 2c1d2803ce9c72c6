package org.legoos.managers.processor.mm;

/** What is known of an address space's pages without its lock. */
public interface PageCounts {
    /** Whether the page is in the ExCache and mapped: mincore(2). */
    boolean isResident(long guestVa);

    /** Adds up the pages of [startVa, endVa) that are here: in {@code to[0]} all, in {@code to[1]} those changed here. */
    void count(long startVa, long endVa, long[] to);

    /** Faults that were resolved here: zeros, copies, rights, lines that were here already. Approximate. */
    long minorFaults();

    /** The most that was resident at once, as far as anybody looked: VmHWM, ru_maxrss. */
    long peakResidentBytes();

    /** The peak is what is resident now: clear_refs. */
    void resetPeak();

    /** Faults that another node resolved. Approximate. */
    long majorFaults();
}
