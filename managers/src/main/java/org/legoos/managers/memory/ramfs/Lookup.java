package org.legoos.managers.memory.ramfs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/**
 * Path walk over ramfs: absolute paths, "." and "..", symbolic links (at most 40), search permission of
 * directories. One walk at a time; the result is in the fields.
 */
final class Lookup {
    private static final int MAX_LINKS = 40;
    static final int MAX_NAME = 255;
    static final int MAX_PATH = 4095;

    private final Directory root;
    private final Caller who;
    private int links;

    /** Directory of the last component; null when the path is the root itself. */
    Directory parent;
    /** Last component; null for the root, and for "." and "..". */
    String name;
    /** What the path names, null when there is nothing. */
    Inode inode;
    /** Whether the path ended in a slash: it must be a directory. */
    boolean wantsDirectory;

    Lookup(Directory root, Caller who) {
        this.root = root;
        this.who = who;
    }

    /** @return 0 (then inode may be null if only the last component is missing), or a negative errno */
    int walk(String path, boolean followLast) {
        links = 0;
        return walk(root, path, followLast);
    }

    private int walk(Directory from, String path, boolean followLast) {
        if (path.isEmpty()) {
            return -Errno.ENOENT;
        }
        if (path.length() > MAX_PATH) {
            return -Errno.ENAMETOOLONG;
        }
        Directory at = path.charAt(0) == '/' ? root : from;
        parent = null;
        name = null;
        inode = at;
        wantsDirectory = path.charAt(path.length() - 1) == '/';
        String[] parts = path.split("/+");
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty()) {
                continue;
            }
            boolean isLast = i == parts.length - 1;
            int error = step(parts[i], !isLast || followLast || wantsDirectory);
            if (error != 0) {
                return error;
            }
            if (inode == null && !isLast) {
                return -Errno.ENOENT;
            }
        }
        return wantsDirectory && inode != null && !(inode instanceof Directory) ? -Errno.ENOTDIR : 0;
    }

    private int step(String part, boolean follow) {
        if (!(inode instanceof Directory directory)) {
            return -Errno.ENOTDIR;
        }
        if (!who.isHolder() && !directory.allows(who, Inode.MAY_EXEC)) {
            return -Errno.EACCES;
        }
        if (part.length() > MAX_NAME) {
            return -Errno.ENAMETOOLONG;
        }
        if (part.equals(".") || part.equals("..")) {
            parent = null;
            name = null;
            inode = part.equals(".") ? directory : directory.parent;
            return 0;
        }
        parent = directory;
        name = part;
        inode = directory.get(part);
        if (follow && inode instanceof SymbolicLink link) {
            if (++links > MAX_LINKS) {
                return -Errno.ELOOP;
            }
            boolean outerWantsDirectory = wantsDirectory;
            int error = walk(directory, link.target, true);
            wantsDirectory |= outerWantsDirectory;
            return error;
        }
        return 0;
    }
}
