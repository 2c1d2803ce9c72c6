package org.legoos.managers.storage.host;

import java.util.concurrent.ConcurrentHashMap;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * The directories of the host that a vNode's files are in: one that is written, or one that is only read, or both, one
 * above the other (an overlay). Finds what a path leads to; a hash table over full paths remembers, for overlays only, in
 * which layers a directory is.
 */
public final class Layers implements AutoCloseable {
    /** Directories remembered; beyond it all are forgotten. */
    private static final int KNOWN_MAX = 1 << 15;

    /** In which layers a directory's entries are. */
    enum Where {
        UPPER, LOWER, BOTH;

        boolean isUpper() {
            return this != LOWER;
        }

        boolean isLower() {
            return this != UPPER;
        }
    }

    /** Null when nothing can be written. */
    final HostTree upper;
    /** Null when there is one layer only. */
    final HostTree lower;
    /** The name of the storage manager's own directory in the upper layer's root, or empty: it is elsewhere. */
    private final String ownDirectory;
    private final HiddenFiles hidden;
    /** The overlay's own directory and its lock; null and NONE without one. */
    private final HostTree base;
    private final int lockFd;
    private final OwnerTable upperOwners;
    private final OwnerTable lowerOwners;
    private final AttributeFiles upperAttributes;
    private final AttributeFiles lowerAttributes;
    private final ConcurrentHashMap<String, Where> known = new ConcurrentHashMap<>();

    Layers(HostTree upper, HostTree lower, String ownDirectory, HiddenFiles hidden) {
        this(upper, lower, ownDirectory, hidden, null, Place.NONE);
    }

    /** An overlay; base and lockFd are closed with it. */
    Layers(HostTree upper, HostTree lower, String ownDirectory, HiddenFiles hidden, HostTree base, int lockFd) {
        boolean isOverlay = lockFd >= 0; // whose own directories are elsewhere
        this.upperOwners = isOverlay ? new OwnerTable(lockFd, "") : upper == null ? null : new OwnerTable(upper.rootFd(), ownDirectory);
        this.upperAttributes = isOverlay ? new AttributeFiles(lockFd, "")
                : upper == null ? null : new AttributeFiles(upper.rootFd(), ownDirectory);
        this.lowerAttributes = lower == null ? null : new AttributeFiles(lower.rootFd(), ownDirectory);
        this.lowerOwners = lower == null ? null : new OwnerTable(lower.rootFd(), ownDirectory);
        this.base = base;
        this.lockFd = lockFd;
        this.upper = upper;
        this.lower = lower;
        this.ownDirectory = ownDirectory;
        this.hidden = hidden;
    }

    public boolean isOverlay() {
        return upper != null && lower != null;
    }

    public boolean isReadOnly() {
        return upper == null;
    }

    HiddenFiles hidden() {
        return hidden;
    }

    /** What a layer's files have that the host does not keep. */
    OwnerTable owners(boolean isUpper) {
        return isUpper ? upperOwners : lowerOwners;
    }

    /** What carries the attributes of files that cannot have them. */
    AttributeFiles attributeFiles(boolean isUpper) {
        return isUpper ? upperAttributes : lowerAttributes;
    }

    /**
     * Finds what a path leads to.
     *
     * @return 0 when its directory exists (the file may not), or a negative errno
     */
    public int find(String path, Place to) {
        int error = tryFind(path, to);
        if (error == -Errno.ENOENT || error == -Errno.ENOTDIR || error == -Errno.ELOOP) {
            if (isOverlay() && forget(parent(path))) { // somebody changed the lower layer: look again
                to.reset();
                error = tryFind(path, to);
            }
        }
        if (error != 0) {
            to.reset();
        }
        return error;
    }

    /** As find, for those who only look: without the directories that hold the name where one call does without them. */
    public int peek(String path, Place to) {
        String directory = path.length() > 1 && isWellFormed(path) && !HiddenFiles.isHidden(path) ? parent(path) : null;
        HostTree tree = directory == null || isReserved(directory, name(path)) ? null : onlyTree(directory, to.stat);
        if (tree != null) {
            to.fileFd = tree.openPath(path);
            if (to.fileFd >= 0 && HostFs.stat(to.fileFd, "", to.stat) == 0) {
                to.path = path;
                to.name = name(path);
                to.isUpper = tree == upper;
                return 0;
            }
            to.reset();
        }
        return find(path, to);
    }

    /** The one layer that a directory is in, or null: both, or none. */
    private HostTree onlyTree(String directory, HostStat scratch) {
        Where where = isOverlay() ? where(directory, scratch) : upper != null ? Where.UPPER : Where.LOWER;
        return where == null || where == Where.BOTH ? null : where == Where.UPPER ? upper : lower;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private int tryFind(String path, Place to) {
        if (!isWellFormed(path)) {
            return -Errno.EINVAL;
        }
        to.path = path;
        if (HiddenFiles.isHidden(path)) {
            return findHidden(path, to);
        }
        to.name = path.length() == 1 ? "." : name(path);
        String directory = parent(path);
        Where where = isOverlay() ? where(directory, to.stat) : upper != null ? Where.UPPER : Where.LOWER;
        if (where == null) {
            return openingError(directory);
        }
        int error = openParents(directory, where, to);
        if (error != 0) {
            return error;
        }
        if (isReserved(directory, to.name)) {
            return -Errno.ENOENT;
        }
        lookUp(to);
        return 0;
    }

    private int findHidden(String path, Place to) {
        if (hidden == null) {
            return -Errno.EROFS;
        }
        to.name = HiddenFiles.nameOf(path);
        to.upperParentFd = hidden.openDirectory();
        if (to.upperParentFd < 0) {
            return to.upperParentFd;
        }
        lookUp(to);
        return 0;
    }

    /** Absolute, without empty components, "." and "..": everything else has no business here. */
    static boolean isWellFormed(String path) {
        if (!path.startsWith("/") || path.indexOf(0) >= 0) {
            return false;
        }
        return path.length() == 1 || !(path + "/").contains("//") && !(path + "/").contains("/./") && !(path + "/").contains("/../");
    }

    boolean isReserved(String directory, String name) {
        return isOverlay() && Whiteouts.isReserved(name) || directory.length() == 1 && name.equals(ownDirectory);
    }

    private int openParents(String directory, Where where, Place to) {
        if (where.isUpper()) {
            to.upperParentFd = upper.openDirectory(directory);
            if (to.upperParentFd < 0) {
                return to.upperParentFd;
            }
        }
        if (where.isLower()) {
            to.lowerParentFd = lower.openDirectory(directory);
            if (to.lowerParentFd < 0 && !(isOverlay() && to.lowerParentFd == -Errno.ENOENT)) {
                return to.lowerParentFd; // a directory that must appear empty is no error in an overlay
            }
        }
        return 0;
    }

    /** Opens the name in the upper layer or, unless that covers it, in the lower one. */
    private void lookUp(Place to) {
        int flags = HostFs.O_PATH | HostFs.O_NOFOLLOW;
        if (to.upperParentFd >= 0) {
            to.fileFd = HostFs.openat(to.upperParentFd, to.name, flags, 0);
            to.isUpper = to.fileFd >= 0;
            to.isWhiteout = !to.isUpper && isOverlay() && Whiteouts.exists(to.upperParentFd, to.name, to.stat);
        }
        if (!to.isUpper && !to.isWhiteout && to.lowerParentFd >= 0) {
            to.fileFd = HostFs.openat(to.lowerParentFd, to.name, flags, 0);
        }
        if (to.fileFd >= 0 && HostFs.stat(to.fileFd, "", to.stat) != 0) {
            HostFs.close(to.fileFd);
            to.fileFd = Place.NONE;
        }
    }

    /** Why a directory has no place: the errno that opening it gives. */
    private int openingError(String directory) {
        int fd = lower.openDirectory(directory);
        if (fd == -Errno.ENOTDIR || fd == -Errno.ELOOP || fd == -Errno.EACCES) {
            return fd;
        }
        HostFs.close(fd);
        int upperFd = upper.openDirectory(directory);
        HostFs.close(upperFd);
        return upperFd < 0 ? upperFd : -Errno.ENOENT;
    }

    /** In which layers a directory of an overlay is; null when it is none. */
    Where where(String directory, HostStat scratch) {
        if (directory.length() == 1) {
            return Where.BOTH;
        }
        Where remembered = known.get(directory);
        if (remembered != null) {
            return remembered;
        }
        Where above = where(parent(directory), scratch);
        Where found = above == null ? null : look(directory, above, scratch);
        if (found != null) {
            remember(directory, found);
        }
        return found;
    }

    private Where look(String directory, Where above, HostStat scratch) {
        boolean isInUpper = false;
        if (above.isUpper()) {
            int parentFd = upper.openDirectory(parent(directory));
            int fd = parentFd < 0 ? parentFd : HostFs.openat(parentFd, name(directory), HostFs.O_PATH | HostFs.O_NOFOLLOW, 0);
            try {
                if (fd >= 0) {
                    if (HostFs.stat(fd, "", scratch) != 0 || !scratch.isDirectory()) {
                        return null;
                    }
                    if (Whiteouts.isOpaque(fd, scratch)) {
                        return Where.UPPER;
                    }
                    isInUpper = true;
                } else if (parentFd < 0 || Whiteouts.exists(parentFd, name(directory), scratch)) {
                    return null;
                }
            } finally {
                HostFs.close(fd);
                HostFs.close(parentFd);
            }
        }
        boolean isInLower = above.isLower() && isLowerDirectory(directory, scratch);
        return isInUpper ? isInLower ? Where.BOTH : Where.UPPER : isInLower ? Where.LOWER : null;
    }

    /** Also for one that must appear empty. */
    private boolean isLowerDirectory(String directory, HostStat scratch) {
        int parentFd = lower.openDirectory(parent(directory));
        boolean isDirectory = parentFd >= 0 && HostFs.stat(parentFd, name(directory), scratch) == 0 && scratch.isDirectory();
        HostFs.close(parentFd);
        return isDirectory;
    }

    void remember(String directory, Where where) {
        if (known.size() >= KNOWN_MAX) {
            known.clear();
        }
        known.put(directory, where);
    }

    /** Forgets a directory and what is above it. @return whether anything was known */
    private boolean forget(String directory) {
        boolean knew = false;
        for (String at = directory; at.length() > 1; at = parent(at)) {
            knew |= known.remove(at) != null;
        }
        return knew;
    }

    void forgetOne(String directory) {
        known.remove(directory);
    }

    /** Forgets a directory and everything below it. */
    void forgetTree(String directory) {
        known.remove(directory);
        known.keySet().removeIf(path -> path.startsWith(directory) && path.startsWith("/", directory.length()));
    }

    @Override
    public void close() {
        if (hidden != null) {
            hidden.close();
        }
        if (upper != null) {
            upperOwners.close();
            upperAttributes.close();
            upper.close();
        }
        if (lower != null) {
            lowerOwners.close();
            lowerAttributes.close();
            lower.close();
        }
        if (base != null) {
            base.close();
        }
        HostFs.close(lockFd);
    }
}
