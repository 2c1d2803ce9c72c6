package org.legoos.managers.processor.fs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which files of the root file system are open on this node, by path. Requests carry paths, so an open file must
 * follow when its name changes, and a file whose last name goes while it is open is kept under a hidden name until it is
 * closed (as NFS clients do). Names that other nodes change are beyond it. Thread-safe.
 */
final class OpenRegistry {
    private static final String HIDDEN = "/.lego-deleted-";

    private final Map<String, Set<RemoteFile>> open = new HashMap<>(); // guarded by this
    private final ArrayDeque<String> unused = new ArrayDeque<>(); // hidden names whose files were closed; guarded by this
    private long nextHidden = 1; // guarded by this

    synchronized void opened(RemoteFile file) {
        open.computeIfAbsent(file.path(), path -> new HashSet<>()).add(file);
    }

    synchronized void closed(RemoteFile file) {
        String path = file.path();
        Set<RemoteFile> files = open.get(path);
        if (files != null && files.remove(file) && files.isEmpty()) {
            open.remove(path);
            if (path.startsWith(HIDDEN)) {
                unused.add(path);
            }
        }
    }

    synchronized boolean isOpen(String path) {
        return open.containsKey(path);
    }

    static boolean isHidden(String path) {
        return path.startsWith(HIDDEN);
    }

    /** A hidden name that is not in use. */
    synchronized String hiddenName() {
        return HIDDEN + nextHidden++;
    }

    /** A name, or everything below it, is another now. */
    synchronized void renamed(String from, String to) {
        List<String> paths = new ArrayList<>();
        for (String path : open.keySet()) {
            if (path.equals(from) || path.startsWith(from + "/")) {
                paths.add(path);
            }
        }
        for (String path : paths) {
            Set<RemoteFile> files = open.remove(path);
            for (RemoteFile file : files) {
                file.moveTo(to + path.substring(from.length()));
            }
            open.computeIfAbsent(to + path.substring(from.length()), p -> new HashSet<>()).addAll(files);
        }
    }

    /** A hidden name that nothing refers to any more, to be removed; null when there is none. */
    synchronized String pollUnused() {
        return unused.poll();
    }
}
