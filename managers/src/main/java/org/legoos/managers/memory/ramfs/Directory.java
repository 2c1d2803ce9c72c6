package org.legoos.managers.memory.ramfs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A directory. Every entry has a position that never changes, in order of creation, so that a listing in pieces
 * shows each entry that stays exactly once whatever comes and goes meanwhile. "." and ".." have positions 0 and 1.
 */
final class Directory extends Inode {
    private static final long FIRST_POSITION = 2;

    /** An entry. */
    record Entry(long position, String name, Inode inode) {}

    Directory parent;
    String name;
    private final Map<String, Entry> byName = new HashMap<>();
    private final TreeMap<Long, Entry> byPosition = new TreeMap<>();
    private long nextPosition = FIRST_POSITION;

    Directory(long ino, int permissions, int uid, int gid, long nowNs, Directory parent, String name) {
        super(ino, S_IFDIR | permissions, uid, gid, nowNs);
        this.parent = parent == null ? this : parent;
        this.name = name;
        this.nlink = 2;
    }

    Inode get(String name) {
        Entry entry = byName.get(name);
        return entry == null ? null : entry.inode();
    }

    void put(String name, Inode inode) {
        remove(name);
        Entry entry = new Entry(nextPosition++, name, inode);
        byName.put(name, entry);
        byPosition.put(entry.position(), entry);
    }

    void remove(String name) {
        Entry entry = byName.remove(name);
        if (entry != null) {
            byPosition.remove(entry.position());
        }
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** The first entry at or behind a position, or null; "." and ".." included. */
    Entry at(long position) {
        if (position <= 0) {
            return new Entry(0, ".", this);
        }
        if (position == 1) {
            return new Entry(1, "..", parent);
        }
        Map.Entry<Long, Entry> found = byPosition.ceilingEntry(position);
        return found == null ? null : found.getValue();
    }

    /** Whether this is the other or lies inside it. */
    boolean isWithin(Directory other) {
        Directory d = this;
        while (d != other && d.parent != d) {
            d = d.parent;
        }
        return d == other;
    }

    @Override
    long sizeBytes() {
        return byName.size() * 20L + 40; // as tmpfs counts
    }

    @Override
    long blocks() {
        return 0;
    }
}
