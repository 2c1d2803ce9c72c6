package org.legoos.managers.processor.pcache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.legoos.isa.libc.Libc;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * The sets (struct pcache_set): free lines, replacement list, eviction list, lock and counters of each, 64 bytes a set in
 * lazily committed host memory. A set's lock guards its lists and is held for a few list operations only,
 * never over a copy or a message: waiters spin and give the processor away now and then.
 *
 * <pre>
 *   0 lock  4 free list  8 ways ever used  12 list head  16 list tail  20 list length
 *  24 eviction list  28 its length  32 nr alloc  36 fill from memory  40 fill from victim  44 evictions
 * </pre>
 */
final class SetTable {
    private static final int SHIFT = 6;
    private static final int LOCK = 0;
    private static final int FREE = 4;
    private static final int EVER_USED = 8;
    private static final int HEAD = 12;
    private static final int TAIL = 16;
    private static final int LENGTH = 20;
    private static final int EVICTION = 24;
    private static final int EVICTION_LENGTH = 28;
    /** Counters of a set, for {@link #count}. */
    static final int NR_ALLOC = 32;

    static final int NR_FILL_MEMORY = 36;
    static final int NR_FILL_VICTIM = 40;
    static final int NR_EVICTION = 44;

    private static final int SPINS_BEFORE_YIELD = 200;
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment sets;
    private final PcacheGeometry geometry;
    private final LineTable lines;

    SetTable(PcacheGeometry geometry, LineTable lines) {
        long sizeBytes = (long) geometry.setCount() << SHIFT;
        this.sets = Libc.mapAnonymous(Math.max(sizeBytes, PhysicalMemory.PAGE_SIZE));
        this.geometry = geometry;
        this.lines = lines;
    }

    void close() {
        Libc.unmap(sets);
    }

    private static long at(int set, int field) {
        return ((long) set << SHIFT) + field;
    }

    private int get(int set, int field) {
        return sets.get(ValueLayout.JAVA_INT, at(set, field));
    }

    private void put(int set, int field, int value) {
        sets.set(ValueLayout.JAVA_INT, at(set, field), value);
    }

    void lock(int set) {
        int spins = 0;
        while (!INT.compareAndSet(sets, at(set, LOCK), 0, 1)) {
            if (++spins % SPINS_BEFORE_YIELD == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    void unlock(int set) {
        INT.setRelease(sets, at(set, LOCK), 0);
    }

    /** Preconditions: set locked. */
    void count(int set, int counter) {
        put(set, counter, get(set, counter) + 1);
    }

    int counter(int set, int counter) {
        return get(set, counter);
    }

    /** Takes a free line; -1 when the set is full. */
    int takeFree(int set) {
        int line = get(set, FREE) - 1;
        if (line >= 0) {
            put(set, FREE, lines.chain(line) + 1);
            return line;
        }
        int way = get(set, EVER_USED);
        if (way == geometry.wayCount()) {
            return -1;
        }
        put(set, EVER_USED, way + 1);
        return geometry.line(set, way);
    }

    void putFree(int set, int line) {
        lines.setChain(line, get(set, FREE) - 1);
        put(set, FREE, line + 1);
    }

    boolean isFull(int set) {
        return get(set, FREE) == 0 && get(set, EVER_USED) == geometry.wayCount();
    }

    int head(int set) {
        return get(set, HEAD) - 1;
    }

    int tail(int set) {
        return get(set, TAIL) - 1;
    }

    int listLength(int set) {
        return get(set, LENGTH);
    }

    void listAddHead(int set, int line) {
        int first = head(set);
        lines.setPrev(line, -1);
        lines.setNext(line, first);
        if (first >= 0) {
            lines.setPrev(first, line);
        } else {
            put(set, TAIL, line + 1);
        }
        put(set, HEAD, line + 1);
        put(set, LENGTH, listLength(set) + 1);
    }

    void listRemove(int set, int line) {
        int before = lines.prev(line);
        int after = lines.next(line);
        if (before >= 0) {
            lines.setNext(before, after);
        } else {
            put(set, HEAD, after + 1);
        }
        if (after >= 0) {
            lines.setPrev(after, before);
        } else {
            put(set, TAIL, before + 1);
        }
        put(set, LENGTH, listLength(set) - 1);
    }

    int evictionHead(int set) {
        return get(set, EVICTION) - 1;
    }

    /** May be asked without the lock: whoever sees a page-table entry emptied by an eviction sees its list entry. */
    boolean hasEvictions(int set) {
        return (int) INT.getAcquire(sets, at(set, EVICTION_LENGTH)) != 0;
    }

    void evictionAdd(int set, int line) {
        lines.setChain(line, evictionHead(set));
        put(set, EVICTION, line + 1);
        INT.setRelease(sets, at(set, EVICTION_LENGTH), get(set, EVICTION_LENGTH) + 1);
    }

    void evictionRemove(int set, int line) {
        int at = evictionHead(set);
        if (at == line) {
            put(set, EVICTION, lines.chain(line) + 1);
        } else {
            while (lines.chain(at) != line) {
                at = lines.chain(at);
            }
            lines.setChain(at, lines.chain(line));
        }
        INT.setRelease(sets, at(set, EVICTION_LENGTH), get(set, EVICTION_LENGTH) - 1);
    }
}
