package org.legoos.mlx4.hca;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Room for one WQE: it is copied here before it is looked at, so that software cannot change it in between. */
final class WqeSource {
    static final int CAPACITY_BYTES = 1024;

    final MemorySegment wqe = Arena.ofAuto().allocate(CAPACITY_BYTES, 64);

    /** Copies bytes of a ring, page by page and around its end; false when they are not all memory. */
    boolean fetch(QueueBuffer ring, long ringStart, long ringBytes, long at, int sizeBytes) {
        int done = 0;
        while (done < sizeBytes) {
            long inRing = (at + done) % ringBytes;
            long place = ringStart + inRing;
            MemorySegment memory = ring.locate(place);
            if (memory == null) {
                return false;
            }
            int piece = (int) Math.min(sizeBytes - done, Math.min(ring.bytesInPage(place), ringBytes - inRing));
            if (!ring.refresh(place, piece)) {
                return false;
            }
            MemorySegment.copy(memory, ring.offset(place), wqe, done, piece);
            done += piece;
        }
        return true;
    }
}
