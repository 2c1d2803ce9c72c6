package org.legoos.managers.processor.mm;

/** What is known of an address space's pages without its lock. */
public interface PageCounts {
    /** Whether the page is in the ExCache and mapped: mincore(2). */
    boolean isResident(long guestVa);

    /** Faults that were resolved here: zeros, copies, rights, lines that were here already. Approximate. */
    long minorFaults();

    /** Faults that another node resolved. Approximate. */
    long majorFaults();
}
