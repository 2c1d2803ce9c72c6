package org.legoos.managers.memory.ramfs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/** open(2) without a descriptor: checks, creates, truncates (Linux fs/namei.c, do_open). */
final class OpenCall {
    private static final int O_ACCMODE = 3;
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int O_TRUNC = 01000;
    private static final int O_DIRECTORY = 0200000;
    private static final int O_NOFOLLOW = 0400000;
    private static final int O_PATH = 010000000;
    private static final int O_TMPFILE = 020000000;

    private final Ramfs fs;
    private final Caller who;

    OpenCall(Ramfs fs, Caller who) {
        this.fs = fs;
        this.who = who;
    }

    int open(String path, int flags, int mode) {
        if ((flags & O_TMPFILE) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        boolean isExclusive = (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
        boolean follow = (flags & O_NOFOLLOW) == 0 && !isExclusive;
        Lookup lookup = new Lookup(fs.root(), who);
        int error = lookup.walk(path, follow);
        if (error != 0) {
            return error;
        }
        if (lookup.inode == null) {
            return create(lookup, flags, mode);
        }
        if (isExclusive) {
            return -Errno.EEXIST;
        }
        return openExisting(lookup.inode, flags);
    }

    private int create(Lookup lookup, int flags, int mode) {
        if ((flags & O_CREAT) == 0) {
            return -Errno.ENOENT;
        }
        if (lookup.wantsDirectory) {
            return -Errno.EISDIR;
        }
        return fs.names(who).createAt(lookup, mode);
    }

    private int openExisting(Inode inode, int flags) {
        boolean isDirectory = inode instanceof Directory;
        if ((flags & O_PATH) != 0) {
            return (flags & O_DIRECTORY) != 0 && !isDirectory ? -Errno.ENOTDIR : 0;
        }
        if (inode instanceof SymbolicLink) {
            return -Errno.ELOOP;
        }
        if ((flags & O_DIRECTORY) != 0 && !isDirectory) {
            return -Errno.ENOTDIR;
        }
        int access = flags & O_ACCMODE;
        boolean writes = access != O_RDONLY || (flags & O_TRUNC) != 0;
        if (isDirectory && (writes || (flags & O_CREAT) != 0)) {
            return -Errno.EISDIR;
        }
        int wanted = (access != O_WRONLY ? Inode.MAY_READ : 0) | (writes ? Inode.MAY_WRITE : 0);
        if (!inode.allows(who, wanted)) {
            return -Errno.EACCES;
        }
        if ((flags & O_TRUNC) != 0 && inode instanceof RegularFile file) {
            file.dropImage();
            return file.truncate(0, fs.clock().wallTimeNs());
        }
        return 0;
    }
}
