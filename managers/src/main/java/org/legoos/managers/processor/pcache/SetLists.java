package org.legoos.managers.processor.pcache;

/** Moves lines between the lists of their set, under its lock. */
final class SetLists {
    private final SetTable sets;
    private final LineTable lines;
    private final EvictionPolicy policy;
    private final Waits waits;

    SetLists(SetTable sets, LineTable lines, EvictionPolicy policy, Waits waits) {
        this.sets = sets;
        this.lines = lines;
        this.policy = policy;
        this.waits = waits;
    }

    /** A line has been filled and mapped: it may be chosen from now on. Unlocks it. */
    void insert(int set, int line, long flags) {
        sets.lock(set);
        policy.inserted(set, line);
        sets.unlock(set);
        lines.setFlags(line, flags | LineTable.VALID);
        waits.wake();
    }

    /** A line that was chosen stays after all. Unlocks it. */
    void putBack(int set, int line) {
        insert(set, line, lines.flags(line) & LineTable.LASTING);
    }

    /** A mapped line is being taken out. Preconditions: the caller holds the line, and it is not being evicted. */
    void remove(int set, int line) {
        sets.lock(set);
        policy.removed(set, line);
        sets.unlock(set);
    }

    /** A line without mappings and out of the replacement list becomes free. Unlocks it. */
    void free(int set, int line) {
        lines.setFlags(line, 0);
        sets.lock(set);
        sets.putFree(set, line);
        sets.unlock(set);
        waits.wake();
    }
}
