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

    /** Where guestPa lies inside the segment that {@link #backing} returned for it. */
    long offset(long guestPa);
}
