package org.legoos.managers.processor.pcache;

import java.util.Arrays;

/**
 * Who has a line mapped (rmap.c): the first mapping lies in the line's metadata, further ones (shared after fork) in a
 * pool that grows. A mapping is named by a handle: 0 the first, others pool entries, -1 none.
 *
 * <p>A line's mappings are guarded by the line's lock, the pool's free list by this object.
 */
final class ReverseMap {
    static final int NONE = -1;
    private static final int FIRST = 0;
    private static final int CHUNK_SHIFT = 10;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final int MAX_CHUNKS = 1 << 14;

    /** Entries of the pool; never moved, so that readers need no lock. */
    private static final class Chunk {
        final int[] space = new int[CHUNK];
        final long[] va = new long[CHUNK];
        final long[] ptePa = new long[CHUNK];
        final int[] next = new int[CHUNK];
    }

    private final LineTable lines;
    private final PcacheEvents events;
    private volatile Chunk[] chunks = new Chunk[0];
    private int freeHead = -1; // guarded by this
    private int taken; // guarded by this

    ReverseMap(LineTable lines, PcacheEvents events) {
        this.lines = lines;
        this.events = events;
    }

    int first(int line) {
        return lines.mapCount(line) == 0 ? NONE : FIRST;
    }

    int next(int line, int mapping) {
        int entry = mapping == FIRST ? lines.more(line) : chunk(mapping - 1).next[index(mapping - 1)];
        return entry < 0 ? NONE : entry + 1;
    }

    int space(int line, int mapping) {
        return mapping == FIRST ? lines.space(line) : chunk(mapping - 1).space[index(mapping - 1)];
    }

    long va(int line, int mapping) {
        return mapping == FIRST ? lines.va(line) : chunk(mapping - 1).va[index(mapping - 1)];
    }

    long ptePa(int line, int mapping) {
        return mapping == FIRST ? lines.ptePa(line) : chunk(mapping - 1).ptePa[index(mapping - 1)];
    }

    /** Preconditions: the caller holds the line. @return false when there is no room for another mapping */
    boolean add(int line, int space, long va, long ptePa) {
        int count = lines.mapCount(line);
        if (count == 0) {
            lines.setMapping(line, space, va, ptePa);
        } else {
            int entry = take();
            if (entry < 0) {
                return false;
            }
            Chunk chunk = chunk(entry);
            chunk.space[index(entry)] = space;
            chunk.va[index(entry)] = va;
            chunk.ptePa[index(entry)] = ptePa;
            chunk.next[index(entry)] = lines.more(line);
            lines.setMore(line, entry);
        }
        lines.setMapCount(line, count + 1);
        events.rmapAlloc.increment();
        return true;
    }

    /** Preconditions: the caller holds the line. @return whether there was such a mapping */
    boolean remove(int line, int space, long va) {
        int count = lines.mapCount(line);
        if (count == 0) {
            return false;
        }
        if (lines.space(line) == space && lines.va(line) == va) {
            promote(line);
        } else if (!unlink(line, space, va)) {
            return false;
        }
        lines.setMapCount(line, count - 1);
        events.rmapFree.increment();
        return true;
    }

    /** Removes all. Preconditions: the caller holds the line. */
    void clear(int line) {
        int count = lines.mapCount(line);
        while (lines.more(line) >= 0) {
            promote(line);
        }
        lines.setMapCount(line, 0);
        events.rmapFree.add(count);
    }

    /** Moves the next mapping to the first place. */
    private void promote(int line) {
        int entry = lines.more(line);
        if (entry >= 0) {
            Chunk chunk = chunk(entry);
            int i = index(entry);
            lines.setMapping(line, chunk.space[i], chunk.va[i], chunk.ptePa[i]);
            lines.setMore(line, chunk.next[i]);
            give(entry);
        }
    }

    private boolean unlink(int line, int space, long va) {
        int before = -1;
        for (int entry = lines.more(line); entry >= 0; entry = chunk(entry).next[index(entry)]) {
            Chunk chunk = chunk(entry);
            int i = index(entry);
            if (chunk.space[i] == space && chunk.va[i] == va) {
                if (before < 0) {
                    lines.setMore(line, chunk.next[i]);
                } else {
                    chunk(before).next[index(before)] = chunk.next[i];
                }
                give(entry);
                return true;
            }
            before = entry;
        }
        return false;
    }

    private Chunk chunk(int entry) {
        return chunks[entry >>> CHUNK_SHIFT];
    }

    private static int index(int entry) {
        return entry & (CHUNK - 1);
    }

    private synchronized int take() {
        if (freeHead < 0 && !grow()) {
            return -1;
        }
        int entry = freeHead;
        freeHead = chunk(entry).next[index(entry)];
        taken++;
        return entry;
    }

    private synchronized void give(int entry) {
        chunk(entry).next[index(entry)] = freeHead;
        freeHead = entry;
        taken--;
    }

    /** Entries of the pool that hold a mapping. */
    synchronized int poolCount() {
        return taken;
    }

    private synchronized boolean grow() {
        Chunk[] old = chunks;
        if (old.length == MAX_CHUNKS) {
            return false;
        }
        events.rmapAllocKmalloc.increment();
        Chunk fresh = new Chunk();
        int base = old.length << CHUNK_SHIFT;
        for (int i = 0; i < CHUNK; i++) {
            fresh.next[i] = i + 1 < CHUNK ? base + i + 1 : -1;
        }
        Chunk[] grown = Arrays.copyOf(old, old.length + 1);
        grown[old.length] = fresh;
        chunks = grown;
        freeHead = base;
        return true;
    }
}
