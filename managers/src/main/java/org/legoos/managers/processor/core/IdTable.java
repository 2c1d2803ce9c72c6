package org.legoos.managers.processor.core;

/**
 * Numbers of processes and threads. A number is free again when no process, thread, group or session has it: each of
 * them holds one reference (Linux's struct pid). Thread-safe.
 */
final class IdTable {
    private final int first;
    private final int[] references; // guarded by this
    private int next; // guarded by this
    private int count; // guarded by this

    /** Gives numbers from first up to limit - 1, in ascending order, and then begins again. */
    IdTable(int first, int limit) {
        this.first = first;
        this.next = first;
        this.references = new int[limit];
    }

    /** A free number with one reference, or -1 when all are taken. */
    synchronized int allocate() {
        for (int tries = first; tries < references.length; tries++) {
            int id = next;
            next = next + 1 == references.length ? first : next + 1;
            if (references[id] == 0) {
                references[id] = 1;
                count++;
                return id;
            }
        }
        return -1;
    }

    /** @param id below the limit. @return whether it was free, and has one reference now */
    synchronized boolean take(int id) {
        boolean isFree = id >= first && references[id] == 0;
        if (isFree) {
            references[id] = 1;
            count++;
        }
        return isFree;
    }

    /** Numbers below the first are the kernel's and not counted. */
    synchronized void retain(int id) {
        if (id >= first) {
            count += references[id]++ == 0 ? 1 : 0;
        }
    }

    synchronized void release(int id) {
        if (id >= first) {
            count -= --references[id] == 0 ? 1 : 0;
        }
    }

    /** Numbers that are taken: for tests and counters. */
    synchronized int count() {
        return count;
    }
}
