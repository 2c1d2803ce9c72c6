package org.legoos.managers.processor.fs;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The directories of a file system that are in use, by path: one {@link DirectoryName} each, as long as somebody has it. Thread-safe. */
final class DirectoryNames {
    private static final class Entry extends WeakReference<DirectoryName> {
        private final String path;

        Entry(String path, DirectoryName name, ReferenceQueue<DirectoryName> unused) {
            super(name, unused);
            this.path = path;
        }
    }

    private final Map<String, Entry> byPath = new HashMap<>(); // guarded by this
    private final ReferenceQueue<DirectoryName> unused = new ReferenceQueue<>();

    synchronized DirectoryName get(String path) {
        for (Reference<?> gone = unused.poll(); gone != null; gone = unused.poll()) {
            byPath.remove(((Entry) gone).path, gone);
        }
        Entry entry = byPath.get(path);
        DirectoryName name = entry == null ? null : entry.get();
        return name != null ? name : put(new DirectoryName(path));
    }

    private DirectoryName put(DirectoryName name) {
        byPath.put(name.path(), new Entry(name.path(), name, unused));
        return name;
    }

    private List<DirectoryName> takeBelow(String path) {
        List<DirectoryName> found = new ArrayList<>();
        byPath.values().removeIf(entry -> {
            boolean isBelow = entry.path.equals(path) || entry.path.startsWith(path + "/");
            DirectoryName name = isBelow ? entry.get() : null;
            if (name != null) {
                found.add(name);
            }
            return isBelow;
        });
        return found;
    }

    /** A name, or everything below it, is another now. */
    synchronized void renamed(String from, String to) {
        List<DirectoryName> moved = takeBelow(from);
        moved.forEach(name -> name.moveTo(to + name.path().substring(from.length())));
        moved.forEach(this::put);
    }

    /** Two names, and everything below them, have changed places. */
    synchronized void exchanged(String one, String other) {
        List<DirectoryName> ones = takeBelow(one);
        List<DirectoryName> others = takeBelow(other);
        ones.forEach(name -> name.moveTo(other + name.path().substring(one.length())));
        others.forEach(name -> name.moveTo(one + name.path().substring(other.length())));
        ones.forEach(this::put);
        others.forEach(this::put);
    }

    synchronized boolean has(String path) {
        Entry entry = byPath.get(path);
        return entry != null && entry.get() != null;
    }

    /** @param stat what the directory was at last */
    synchronized void removed(String path, FileService.Stat stat) {
        takeBelow(path).forEach(name -> name.remove(stat));
    }
}
