package org.legoos.managers.processor.fs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.legoos.managers.rpc.PathRequest;

/**
 * Which files of the root file system are open on this node, by path and by number. Requests carry paths, so an open file must
 * follow when its name changes, and a file whose last name goes while it is open is kept under a hidden name until it is
 * closed (as NFS clients do). Names that other nodes change are beyond it. Thread-safe.
 */
final class OpenRegistry {
    private record Key(long dev, long ino) {}

    /** What the hidden name of a file ends with that may get a name: one that O_TMPFILE made. */
    static final String LINKABLE = "t";

    private final Map<String, Set<RemoteFile>> open = new HashMap<>(); // guarded by this
    private final Map<Key, FileNode> nodes = new HashMap<>(); // guarded by this
    private final ArrayDeque<String> unused = new ArrayDeque<>(); // hidden names whose files were closed; guarded by this
    private final FileHandles handles = new FileHandles();
    private final int node;
    private long nextHidden = 1; // guarded by this

    /** The object of a file, with one more user; {@link #forget} takes the user away again. */
    synchronized FileNode node(long dev, long ino) {
        FileNode node = nodes.computeIfAbsent(new Key(dev, ino), key -> new FileNode(dev, ino));
        node.users++;
        return node;
    }

    /** The object of a file that is open, else null. */
    synchronized FileNode findNode(long dev, long ino) {
        return nodes.get(new Key(dev, ino));
    }

    synchronized void forget(FileNode node) {
        if (--node.users == 0) {
            nodes.remove(new Key(node.dev(), node.ino()));
        }
    }

    /** The name that a file had before it was hidden, null for a name that is not hidden. */
    synchronized String lastName(String path) {
        Set<RemoteFile> files = isHidden(path) ? open.get(path) : null;
        return files == null || files.isEmpty() ? null : files.iterator().next().lastName();
    }

    synchronized void opened(RemoteFile file) {
        open.computeIfAbsent(file.path(), path -> new HashSet<>()).add(file);
    }

    /** @return whether the file was the last one of its name, and the name is hidden: nobody can reach the file any more */
    synchronized boolean closed(RemoteFile file) {
        String path = file.path();
        Set<RemoteFile> files = open.get(path);
        boolean isLast = files != null && files.remove(file) && files.isEmpty();
        if (isLast) {
            open.remove(path);
        }
        return isLast && isHidden(path);
    }

    /** A hidden name is to be removed when somebody can. */
    synchronized void addUnused(String path) {
        unused.add(path);
    }

    FileHandles handles() {
        return handles;
    }

    synchronized boolean isOpen(String path) {
        return open.containsKey(path);
    }

    static boolean isHidden(String path) {
        return path.startsWith(PathRequest.HIDDEN);
    }

    /** @param node this node's id, which keeps its hidden names apart from those of others */
    OpenRegistry(int node) {
        this.node = node;
    }

    /** A hidden name that is not in use. */
    synchronized String hiddenName() {
        return PathRequest.HIDDEN + node + "-" + nextHidden++;
    }

    /** The open files with a name, or below it. */
    synchronized List<RemoteFile> below(String name) {
        List<RemoteFile> found = new ArrayList<>();
        for (String path : names(name)) {
            found.addAll(open.get(path));
        }
        return found;
    }

    private List<String> names(String name) {
        List<String> paths = new ArrayList<>();
        for (String path : open.keySet()) {
            if (path.equals(name) || path.startsWith(name) && path.charAt(name.length()) == '/') {
                paths.add(path);
            }
        }
        return paths;
    }

    /** A name, or everything below it, is another now. */
    synchronized void renamed(String from, String to) {
        handles.renamed(from, to);
        for (String path : names(from)) {
            Set<RemoteFile> files = open.remove(path);
            String moved = to + path.substring(from.length());
            for (RemoteFile file : files) {
                file.moveTo(moved);
            }
            open.computeIfAbsent(moved, p -> new HashSet<>()).addAll(files);
        }
    }

    /** Two names, and everything below them, have changed places. */
    synchronized void exchanged(String one, String other) {
        String between = hiddenName();
        renamed(one, between);
        renamed(other, one);
        renamed(between, other);
    }

    /** A hidden name that nothing refers to any more, to be removed; null when there is none. */
    synchronized String pollUnused() {
        return unused.poll();
    }
}
