package org.legoos.managers.processor.fs;

import org.legoos.managers.processor.core.UserThread;

/**
 * Mode, owner and times of a file that has no place in a file system: a pipe, a socket. The owner is whoever asks and the times
 * are now, until a program changes them. Thread-safe.
 */
public final class PlacelessAttributes {
    private final int type;
    private int permissions; // guarded by this, as are the others
    private int changed; // SET_ bits of what a program has changed
    private int uid;
    private int gid;
    private long atimeNs;
    private long mtimeNs;

    /** @param mode type and permissions of a new one */
    public PlacelessAttributes(int mode) {
        type = mode & FileMode.S_IFMT;
        permissions = mode & FileMode.PERMISSIONS;
    }

    public synchronized void fill(UserThread t, long dev, long ino, FileService.Stat to) {
        long nowNs = t.kernel().clock().wallTimeNs();
        to.dev = dev;
        to.ino = ino;
        to.nlink = 1;
        to.mode = type | permissions;
        to.uid = (changed & FileService.SET_UID) != 0 ? uid : t.process().credentials().euid;
        to.gid = (changed & FileService.SET_GID) != 0 ? gid : t.process().credentials().egid;
        to.rdev = to.size = to.blocks = 0;
        to.blksize = FileService.Stat.PAGE_BLKSIZE;
        to.atimeNs = (changed & FileService.SET_ATIME) != 0 ? atimeNs : nowNs;
        to.mtimeNs = (changed & FileService.SET_MTIME) != 0 ? mtimeNs : nowNs;
        to.ctimeNs = nowNs;
    }

    /** The caller has the right. @param mask SET_ bits. @return 0 */
    public synchronized int set(int mask, FileService.Stat from) {
        if ((mask & FileService.SET_MODE) != 0) {
            permissions = from.mode & FileMode.PERMISSIONS;
        }
        if ((mask & FileService.SET_UID) != 0) {
            uid = from.uid;
        }
        if ((mask & FileService.SET_GID) != 0) {
            gid = from.gid;
        }
        if ((mask & FileService.SET_ATIME) != 0) {
            atimeNs = from.atimeNs;
        }
        if ((mask & FileService.SET_MTIME) != 0) {
            mtimeNs = from.mtimeNs;
        }
        changed |= mask;
        return 0;
    }
}
