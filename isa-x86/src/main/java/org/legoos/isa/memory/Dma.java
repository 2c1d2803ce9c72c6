package org.legoos.isa.memory;

import java.lang.foreign.MemorySegment;

/**
 * Guest-physical memory as a bus-mastering device sees it. {@link PhysicalMemory} is the usual one;
 * a vfio-user server maps it over passed descriptors. Never trust an address that came from software:
 * ask {@link #backing} first and answer a null as the bus error that it is.
 */
public interface Dma {

    /**
     * The segment that backs all of [guestPa, guestPa+lengthBytes), or null when any byte of it is not
     * memory. Access it at {@link #offset}{@code (guestPa)}. Allocates nothing.
     */
    MemorySegment backing(long guestPa, long lengthBytes);

    /**
     * Called before a backing segment is read at [guestPa, guestPa+lengthBytes): memory that is not shared is brought
     * up to date. False when it cannot be; then what is there must not be used.
     */
    default boolean beforeRead(long guestPa, long lengthBytes) {
        return true;
    }

    /** Called after a backing segment was written there: memory that is not shared is told. */
    default void afterWrite(long guestPa, long lengthBytes) {}

    /** Where guestPa lies inside the segment that {@link #backing} returned for it. */
    long offset(long guestPa);
}
