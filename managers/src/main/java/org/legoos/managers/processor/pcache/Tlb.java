package org.legoos.managers.processor.pcache;

/**
 * The processors (and kernel accessors) that may hold translations of one address space. Callable from any thread; after
 * return nobody uses the old translation. Must not wait for a page fault of the address space to end: the fault may be waiting
 * for the caller.
 */
public interface Tlb {
    void invalidatePage(long guestVa);

    void invalidateAll();

    /** The line at guestPa held code and is about to hold something else. */
    void invalidateCode(long guestPa, long lengthBytes);
}
