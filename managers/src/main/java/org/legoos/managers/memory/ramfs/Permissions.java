package org.legoos.managers.memory.ramfs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/** What directories say of the files in them: groups, set-group-ID (inode(7)), the sticky bit (unlink(2), rename(2)). */
final class Permissions {
    private static final int S_ISVTX = 01000;
    private static final int S_IXGRP = 010;

    private Permissions() {}

    /** The group of a new file: in a set-group-ID directory the directory's. */
    static int groupIn(Directory parent, Caller who) {
        return (parent.mode & Inode.S_ISGID) != 0 ? parent.gid : who.gid();
    }

    /** Nobody makes a set-group-ID program of a group that is not his (mode_strip_sgid of Linux). */
    static int ofNew(Caller who, Directory parent, int permissions) {
        int program = Inode.S_ISGID | S_IXGRP;
        boolean isForeign = (parent.mode & Inode.S_ISGID) != 0 && who.losesGroupBit(parent.gid);
        return isForeign && (permissions & program) == program ? permissions & ~Inode.S_ISGID : permissions;
    }

    /** Whether an entry (null: a new one) of a directory may be removed or replaced. @return 0 or a negative errno */
    static int change(Directory parent, Inode inode, Caller who) {
        if (!parent.allows(who, Inode.MAY_WRITE | Inode.MAY_EXEC)) {
            return -Errno.EACCES;
        }
        boolean isSticky = (parent.mode & S_ISVTX) != 0 && inode != null;
        boolean owns = isSticky && (who.actsFor(inode.uid) || who.uid() == parent.uid);
        return !isSticky || owns ? 0 : -Errno.EPERM;
    }
}
