package org.legoos.managers.processor.fs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files name_to_handle_at(2) has given handles for, by inode number and birth time, and their paths now. The last
 * {@link #FILES_MAX} are known; others are ESTALE, as after a restart of a file server. Thread-safe.
 */
public final class FileHandles {
    private static final int FILES_MAX = 4096;

    private record Key(long ino, long btimeNs) {}

    private final Map<Key, String> paths = new LinkedHashMap<>(16, 0.75f, true) { // guarded by this
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
            return size() > FILES_MAX;
        }
    };

    /** A handle was given for the file at a path. */
    public synchronized void given(FileService.Stat stat, String path) {
        paths.put(new Key(stat.ino, stat.btimeNs), path);
    }

    /** The path of a file that had a handle, or null; it may lead to another file by now. */
    public synchronized String path(long ino, long btimeNs) {
        return paths.get(new Key(ino, btimeNs));
    }

    /** A name, and everything below it, is another now. */
    synchronized void renamed(String from, String to) {
        if (paths.isEmpty()) {
            return;
        }
        List<Map.Entry<Key, String>> moved = new ArrayList<>();
        for (Map.Entry<Key, String> each : paths.entrySet()) {
            String path = each.getValue();
            if (path.equals(from) || path.startsWith(from) && path.charAt(from.length()) == '/') {
                moved.add(each);
            }
        }
        moved.forEach(each -> each.setValue(to + each.getValue().substring(from.length())));
    }
}
