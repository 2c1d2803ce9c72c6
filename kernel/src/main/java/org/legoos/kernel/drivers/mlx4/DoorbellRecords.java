package org.legoos.kernel.drivers.mlx4;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.memory.PhysicalMemory;

/** Doorbell records: words in memory where the card looks for consumer and producer indices. A cache line each. */
final class DoorbellRecords {
    private static final int SPACING_BYTES = 64;

    private final HostResources host;
    private final List<HostResources.DmaBuffer> pages = new ArrayList<>(); // guarded by this
    private final ArrayDeque<Long> free = new ArrayDeque<>(); // guarded by this

    DoorbellRecords(HostResources host) {
        this.host = host;
    }

    /** @return guestPa of a zeroed record */
    synchronized long allocate() {
        if (free.isEmpty()) {
            HostResources.DmaBuffer page = host.allocate(PhysicalMemory.PAGE_SIZE, "doorbell records");
            pages.add(page);
            for (int at = 0; at < PhysicalMemory.PAGE_SIZE; at += SPACING_BYTES) {
                free.add(page.pa() + at);
            }
        }
        long record = free.poll();
        host.memory().putLong(record, 0);
        return record;
    }

    synchronized void free(long record) {
        free.push(record);
    }

    /** The card is down: nobody looks at records any more. */
    synchronized void close() {
        pages.forEach(host::free);
        pages.clear();
        free.clear();
    }
}
