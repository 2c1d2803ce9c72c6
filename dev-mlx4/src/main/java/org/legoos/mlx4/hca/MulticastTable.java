package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.legoos.mlx4.prm.InitHca;
import org.legoos.mlx4.prm.McgEntry;

/**
 * The multicast group table: buckets by the hash of the group's GID, from each a chain of entries, as software writes
 * them (WRITE_MCG). The table's ICM is left untouched: entries are kept here, and only as many as were written.
 */
final class MulticastTable {
    /** What a packet needs to know of an entry; {@code raw} is for READ_MCG. */
    record Entry(long gidHigh, long gidLow, int next, int[] members, MemorySegment raw) {
        boolean isFor(long high, long low) {
            return gidHigh == high && gidLow == low;
        }
    }

    private static final long HASH_MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final Map<Integer, Entry> entries = new HashMap<>();
    private int size;
    private int logHash;
    private int entryBytes;

    /** INIT_HCA; false when the description makes no sense. */
    boolean initialise(MemorySegment init) {
        clear();
        int logSize = InitHca.LOG_MC_TABLE_SZ.get(init, 0);
        int logEntry = InitHca.LOG_MC_ENTRY_SZ.get(init, 0);
        logHash = InitHca.LOG_MC_HASH_SZ.get(init, 0);
        if (logSize == 0) {
            return true; // a driver without multicast
        }
        if (logSize > HcaLimits.LOG_MAX_MCG || logHash > logSize
                || logEntry < HcaLimits.LOG_MIN_MCG_BYTES || logEntry > HcaLimits.LOG_MAX_MCG_BYTES) {
            return false;
        }
        size = 1 << logSize;
        entryBytes = 1 << logEntry;
        return true;
    }

    void clear() {
        entries.clear();
        size = 0;
    }

    int entryBytes() {
        return entryBytes;
    }

    boolean isIndex(int index) {
        return index >= 0 && index < size;
    }

    boolean isFull() {
        return entries.size() >= HcaLimits.MAX_LIVE_MCGS;
    }

    /** The bucket of a GID: any function does, so long as it is always the same. */
    int hash(long gidHigh, long gidLow) {
        long mixed = (gidHigh * HASH_MULTIPLIER ^ gidLow) * HASH_MULTIPLIER;
        return logHash == 0 ? 0 : (int) (mixed >>> Long.SIZE - logHash);
    }

    /** The entry, or null when it was never written or is empty. */
    Entry get(int index) {
        return entries.get(index);
    }

    /** Keeps an entry; one without members and successor is forgotten. False when it says nonsense. */
    boolean put(int index, MemorySegment raw) {
        int count = McgEntry.MEMBER_COUNT.get(raw, 0);
        int next = McgEntry.NEXT_INDEX.get(raw, 0);
        if (count > (entryBytes - McgEntry.HEADER_BYTES) / Integer.BYTES || next != 0 && !isIndex(next)) {
            return false;
        }
        long high = McgEntry.GID_HI.get(raw, 0);
        long low = McgEntry.GID_LO.get(raw, 0);
        if (count == 0 && next == 0 && high == 0 && low == 0) {
            entries.remove(index);
            return true;
        }
        int[] members = new int[count];
        for (int i = 0; i < count; i++) {
            members[i] = McgEntry.MEMBER_WORD.get(raw, McgEntry.HEADER_BYTES + (long) i * Integer.BYTES);
        }
        entries.put(index, new Entry(high, low, next, members, raw));
        return true;
    }

    /** The group's entry, or null. A chain that software closed to a ring ends where it began to repeat. */
    Entry find(long gidHigh, long gidLow) {
        if (entries.isEmpty()) {
            return null;
        }
        int index = hash(gidHigh, gidLow);
        for (int steps = 0; steps <= entries.size(); steps++) {
            Entry entry = entries.get(index);
            if (entry == null || entry.isFor(gidHigh, gidLow)) {
                return entry;
            }
            index = entry.next;
            if (index == 0) {
                return null;
            }
        }
        return null;
    }
}
