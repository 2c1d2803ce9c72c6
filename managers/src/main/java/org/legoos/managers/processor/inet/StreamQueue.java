package org.legoos.managers.processor.inet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Bytes of a stream that arrived and were not read: a ring that grows as needed and shrinks when it is empty. Not thread-safe. */
final class StreamQueue {
    /** What every connection may have, whatever the others use. */
    static final int MIN_BYTES = 4096;
    /** An empty queue keeps no more. */
    private static final int KEPT_BYTES = 32 << 10;
    private static final byte[] NOTHING = {};

    private final BufferBudget budget;
    private byte[] ring = NOTHING;
    private int start;
    private int used;

    StreamQueue(BufferBudget budget) {
        this.budget = budget;
    }

    int size() {
        return used;
    }

    /** Adds as much as fits. @return bytes taken */
    int put(MemorySegment from, long at, int length, int capacity) {
        int wanted = Math.min(length, capacity - used);
        if (wanted <= 0) {
            return 0;
        }
        if (used + wanted > ring.length) {
            grow(used + wanted, capacity);
            wanted = Math.min(wanted, ring.length - used);
        }
        int end = start + used;
        end = end < ring.length ? end : end - ring.length;
        int first = Math.min(wanted, ring.length - end);
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, ring, end, first);
        if (first < wanted) {
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at + first, ring, 0, wanted - first);
        }
        used += wanted;
        return wanted;
    }

    private void grow(int needed, int capacity) {
        int length = Math.max(MIN_BYTES, Math.min(Math.max(needed, ring.length * 2), Math.max(needed, capacity)));
        boolean isCounted = length > MIN_BYTES;
        if (isCounted && !budget.take(length)) {
            if (ring.length >= MIN_BYTES) {
                return; // the node's sockets hold too much: what is there must do
            }
            length = MIN_BYTES;
        }
        byte[] larger = new byte[length];
        copyOut(larger);
        free();
        ring = larger;
        start = 0;
    }

    private void copyOut(byte[] to) {
        int first = Math.min(used, ring.length - start);
        System.arraycopy(ring, start, to, 0, first);
        System.arraycopy(ring, 0, to, first, used - first);
    }

    private void free() {
        if (ring.length > MIN_BYTES) {
            budget.give(ring.length);
        }
        ring = NOTHING;
    }

    /** Copies from the front without taking. @return bytes */
    int peek(MemorySegment to, long at, int length) {
        int count = Math.min(length, used);
        int first = Math.min(count, ring.length - start);
        MemorySegment.copy(ring, start, to, ValueLayout.JAVA_BYTE, at, first);
        if (first < count) {
            MemorySegment.copy(ring, 0, to, ValueLayout.JAVA_BYTE, at + first, count - first);
        }
        return count;
    }

    /** Drops bytes from the front. */
    void skip(int length) {
        used -= length;
        start += length;
        start = start < ring.length ? start : start - ring.length;
        if (used == 0) {
            start = 0;
            if (ring.length > KEPT_BYTES) {
                free();
            }
        }
    }

    void clear() {
        used = 0;
        start = 0;
        free();
    }
}
