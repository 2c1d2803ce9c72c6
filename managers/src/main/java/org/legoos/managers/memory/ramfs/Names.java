package org.legoos.managers.memory.ramfs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/** The calls that make, move and remove names, for one user, with the file system's lock held (Linux fs/namei.c). */
public final class Names {
    private static final int RENAME_NOREPLACE = 1;
    private static final int RENAME_EXCHANGE = 2;
    private static final int RENAME_WHITEOUT = 4;
    private static final int MAX_LINKS = 65000;
    private static final int S_ISVTX = 01000;

    private final Ramfs fs;
    private final Caller who;
    private Inode created;

    Names(Ramfs fs, Caller who) {
        this.fs = fs;
        this.who = who;
    }

    Inode created() {
        return created;
    }

    private Lookup lookup() {
        return new Lookup(fs.root(), who);
    }

    int create(String path, int mode) {
        Lookup lookup = lookup();
        int error = vacant(lookup, path);
        return error != 0 ? error : createAt(lookup, mode);
    }

    int createAt(Lookup lookup, int mode) {
        int error = mayEnter(lookup);
        if (error != 0) {
            return error;
        }
        String path = pathOf(lookup.parent, lookup.name);
        Directory parent = lookup.parent;
        int permissions = Permissions.ofNew(who, parent, mode & Inode.MODE_BITS);
        created = new RegularFile(fs, fs.newIno(), permissions, who.uid(), Permissions.groupIn(parent, who), fs.clock().wallTimeNs(), path);
        enter(lookup, created);
        return 0;
    }

    public int mkdir(String path, int mode) {
        Lookup lookup = lookup();
        int error = vacant(lookup, path);
        if (error == 0) {
            error = mayEnter(lookup);
        }
        if (error == 0) {
            Directory parent = lookup.parent;
            int permissions = mode & (0777 | S_ISVTX) | parent.mode & Inode.S_ISGID;
            long nowNs = fs.clock().wallTimeNs();
            enter(lookup, new Directory(fs.newIno(), permissions, who.uid(), Permissions.groupIn(parent, who), nowNs, parent, lookup.name));
            lookup.parent.nlink++;
        }
        return error;
    }

    /** mknod(2) of a FIFO, socket or device; only root makes devices. */
    public int mknod(String path, int mode, long device) {
        int type = mode & Inode.S_IFMT;
        if (type == Inode.S_IFREG) {
            return create(path, mode);
        }
        boolean isDevice = type == Inode.S_IFCHR || type == Inode.S_IFBLK;
        if (!isDevice && type != Inode.S_IFIFO && type != Inode.S_IFSOCK) {
            return -Errno.EINVAL;
        }
        if (isDevice && !who.has(Caller.CAP_MKNOD)) {
            return -Errno.EPERM;
        }
        Lookup lookup = lookup();
        int error = vacant(lookup, path);
        if (error == 0) {
            error = mayEnter(lookup);
        }
        if (error == 0) {
            long number = isDevice ? device : 0;
            int permissions = Permissions.ofNew(who, lookup.parent, mode & Inode.MODE_BITS);
            enter(lookup, new SpecialFile(fs.newIno(), type | permissions, who.uid(), Permissions.groupIn(lookup.parent, who),
                    fs.clock().wallTimeNs(), number));
        }
        return error;
    }

    public int symlink(String target, String path) {
        if (target.isEmpty()) {
            return -Errno.ENOENT;
        }
        if (target.length() > Lookup.MAX_PATH) {
            return -Errno.ENAMETOOLONG;
        }
        Lookup lookup = lookup();
        int error = vacant(lookup, path);
        if (error == 0 && lookup.wantsDirectory) {
            error = -Errno.ENOENT;
        }
        if (error == 0) {
            error = mayEnter(lookup);
        }
        if (error == 0) {
            int gid = Permissions.groupIn(lookup.parent, who);
            enter(lookup, new SymbolicLink(fs.newIno(), who.uid(), gid, fs.clock().wallTimeNs(), target));
        }
        return error;
    }

    public int link(String existing, String path) {
        Lookup from = lookup();
        int error = Ramfs.existing(from, existing, false);
        Lookup to = lookup();
        if (error == 0) {
            error = vacant(to, path);
        }
        if (error == 0 && from.inode instanceof Directory) {
            error = -Errno.EPERM;
        }
        if (error == 0 && from.inode.nlink >= MAX_LINKS) {
            error = -Errno.EMLINK;
        }
        if (error == 0) {
            error = mayEnter(to);
        }
        if (error == 0) {
            from.inode.nlink++;
            from.inode.ctimeNs = fs.clock().wallTimeNs();
            enter(to, from.inode);
        }
        return error;
    }

    public int unlink(String path) {
        Lookup lookup = lookup();
        int error = Ramfs.existing(lookup, path, false);
        if (error != 0) {
            return error;
        }
        if (lookup.inode instanceof Directory) {
            return -Errno.EISDIR;
        }
        return remove(lookup);
    }

    public int rmdir(String path) {
        Lookup lookup = lookup();
        int error = Ramfs.existing(lookup, path, false);
        if (error != 0) {
            return error;
        }
        if (!(lookup.inode instanceof Directory directory)) {
            return -Errno.ENOTDIR;
        }
        if (lookup.name == null) {
            return directory == fs.root() ? -Errno.EBUSY : -Errno.EINVAL;
        }
        error = Permissions.change(lookup.parent, lookup.inode, who);
        return error != 0 ? error : directory.isEmpty() ? remove(lookup) : -Errno.ENOTEMPTY;
    }

    private int remove(Lookup lookup) {
        int error = Permissions.change(lookup.parent, lookup.inode, who);
        if (error != 0) {
            return error;
        }
        leave(lookup.parent, lookup.name, lookup.inode);
        fs.dropped(lookup.inode);
        return 0;
    }

    public int rename(String fromPath, String toPath, int flags) {
        boolean exchanges = flags == RENAME_EXCHANGE;
        boolean whitens = (flags & RENAME_WHITEOUT) != 0;
        if (!exchanges && (flags & ~(RENAME_NOREPLACE | RENAME_WHITEOUT)) != 0) {
            return -Errno.EINVAL;
        }
        if (whitens && !who.has(Caller.CAP_MKNOD)) {
            return -Errno.EPERM;
        }
        Lookup from = lookup();
        int error = Ramfs.existing(from, fromPath, false);
        Lookup to = lookup();
        if (error == 0) {
            error = to.walk(toPath, false);
        }
        if (error != 0) {
            return error;
        }
        if (from.name == null || to.name == null) {
            return -Errno.EBUSY;
        }
        if (exchanges) {
            return exchange(from, to);
        }
        error = renameError(from, to, flags);
        if (error != 0 || from.inode == to.inode) {
            return error;
        }
        if (to.inode != null) {
            leave(to.parent, to.name, to.inode);
            fs.dropped(to.inode);
        }
        leave(from.parent, from.name, from.inode);
        fs.charge(to.name.length()); // leaving has made room
        enter(to, from.inode);
        moved(from.inode, to.parent, to.name);
        if (whitens && fs.charge(from.name.length())) {
            int gid = Permissions.groupIn(from.parent, who);
            enter(from, new SpecialFile(fs.newIno(), Inode.S_IFCHR, who.uid(), gid, fs.clock().wallTimeNs(), 0));
        }
        return 0;
    }

    /** RENAME_EXCHANGE: whatever the two are. */
    private int exchange(Lookup from, Lookup to) {
        if (to.inode == null) {
            return -Errno.ENOENT;
        }
        int error = mayMove(from, to);
        if (error != 0) {
            return error;
        }
        boolean isLoop = from.inode instanceof Directory one && to.parent.isWithin(one)
                || to.inode instanceof Directory other && from.parent.isWithin(other);
        if (isLoop) {
            return -Errno.EINVAL;
        }
        if (from.inode != to.inode) {
            from.parent.nlink -= from.inode instanceof Directory ? 1 : 0;
            to.parent.nlink -= to.inode instanceof Directory ? 1 : 0;
            enter(from, to.inode);
            enter(to, from.inode);
            moved(to.inode, from.parent, from.name);
            moved(from.inode, to.parent, to.name);
        }
        return 0;
    }

    private void moved(Inode inode, Directory parent, String name) {
        inode.ctimeNs = fs.clock().wallTimeNs();
        if (inode instanceof Directory directory) {
            directory.parent = parent;
            directory.name = name;
            parent.nlink++;
        } else if (inode instanceof RegularFile file) {
            file.setPath(pathOf(parent, name));
        }
    }

    private int renameError(Lookup from, Lookup to, int flags) {
        if (to.inode != null && (flags & RENAME_NOREPLACE) != 0) {
            return -Errno.EEXIST;
        }
        int error = mayMove(from, to);
        if (error != 0) {
            return error;
        }
        boolean movesDirectory = from.inode instanceof Directory;
        if (!movesDirectory && to.wantsDirectory) {
            return -Errno.ENOTDIR;
        }
        if (from.inode instanceof Directory moving && to.parent.isWithin(moving)) {
            return -Errno.EINVAL;
        }
        if (to.inode == null) {
            return to.name.length() > from.name.length() && !fs.hasRoom(to.name.length()) ? -Errno.ENOSPC : 0;
        }
        if (to.inode instanceof Directory target) {
            if (!movesDirectory) {
                return -Errno.EISDIR;
            }
            return target.isEmpty() || target == from.inode ? 0 : -Errno.ENOTEMPTY;
        }
        return movesDirectory ? -Errno.ENOTDIR : 0;
    }

    /** Walks to a place for a new name. */
    private static int vacant(Lookup lookup, String path) {
        int error = lookup.walk(path, false);
        return error == 0 && lookup.inode != null ? -Errno.EEXIST : error;
    }

    /** Checks permission and takes quota for a new name in lookup.parent. */
    private int mayEnter(Lookup lookup) {
        if (lookup.parent.nlink == 0) {
            return -Errno.ENOENT; // a directory that was removed
        }
        if (!lookup.parent.allows(who, Inode.MAY_WRITE | Inode.MAY_EXEC)) {
            return -Errno.EACCES;
        }
        return fs.charge(lookup.name.length()) ? 0 : -Errno.ENOSPC;
    }

    private int mayMove(Lookup from, Lookup to) {
        int error = Permissions.change(from.parent, from.inode, who);
        return error != 0 ? error : Permissions.change(to.parent, to.inode, who);
    }

    private void enter(Lookup lookup, Inode inode) {
        lookup.parent.put(lookup.name, inode);
        lookup.parent.modified(fs.clock().wallTimeNs());
    }

    private void leave(Directory parent, String name, Inode inode) {
        parent.remove(name);
        parent.modified(fs.clock().wallTimeNs());
        fs.uncharge(name.length());
        if (inode instanceof Directory) {
            parent.nlink--;
        }
    }

    private static String pathOf(Directory parent, String name) {
        StringBuilder path = new StringBuilder("/").append(name);
        Directory d = parent;
        while (d.parent != d && path.length() <= Lookup.MAX_PATH) {
            path.insert(0, "/" + d.name);
            d = d.parent;
        }
        return path.toString();
    }
}
