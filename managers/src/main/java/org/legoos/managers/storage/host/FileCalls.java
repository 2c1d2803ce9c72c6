package org.legoos.managers.storage.host;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatfsRecord;

/** Calls on files by path: open, stat, attributes, size, content pieces. Results are 0 or more, or negative errnos. */
public final class FileCalls {
    /** open(2)'s numbers, the guest's. */
    private static final int O_ACCMODE = 3;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_TRUNC = 0x200;
    private static final int O_DIRECT = 0x4000;
    private static final int O_DIRECTORY = 0x10000;
    private static final int O_NOFOLLOW = 0x20000;
    private static final int O_PATH = 0x200000;

    private static final int S_ISUID = 04000;
    private static final int S_ISGID = 02000;
    private static final int S_IXGRP = 010;
    /** st_dev of everything in a vNode. */
    public static final long DEVICE = 0x19;

    private static final int NAME_MAX = 255;

    private final HostFiles files;

    FileCalls(HostFiles files) {
        this.files = files;
    }

    /** open(2): checks, makes, truncates. A StatRecord of the file goes to {@code to}. */
    public int open(String path, int flags, int mode, Caller who, MemorySegment to, long at) {
        boolean mayMake = (flags & O_CREAT) != 0 && (flags & O_PATH) == 0;
        boolean onlyReads = isReading(flags);
        for (int attempt = 0; ; attempt++) {
            try (Place place = new Place()) {
                int error = onlyReads ? files.look(path, who, place) : files.find(path, who, place);
                if (error == 0 && !place.exists()) {
                    error = mayMake ? create(path, mode, who, place) : -Errno.ENOENT;
                    if (error == -Errno.EEXIST && (flags & O_EXCL) == 0 && attempt == 0) {
                        continue; // somebody else was quicker
                    }
                } else if (error == 0) {
                    error = mayMake && (flags & O_EXCL) != 0 ? -Errno.EEXIST : openExisting(place, flags, who);
                }
                if (error == 0) {
                    fill(place, to, at);
                }
                return error;
            }
        }
    }

    /** Whether open(2) with these flags changes nothing. */
    public static boolean isReading(int flags) {
        return (flags & (O_ACCMODE | O_CREAT | O_TRUNC)) == 0;
    }

    private int create(String path, int mode, Caller who, Place place) {
        files.lockChanges();
        try {
            place.reset();
            int error = files.names().findFree(path, who, place);
            if (error != 0) {
                return error;
            }
            int flags = HostFs.O_CREAT | HostFs.O_EXCL | HostFs.O_RDWR | HostFs.O_NOFOLLOW;
            int fd = HostFs.openat(place.upperParentFd, place.name, flags, mode & 0777 | 0600);
            HostFs.close(fd);
            return fd < 0 ? fd : files.names().finish(place, mode & FileAttributes.PERMISSIONS, 0, who);
        } finally {
            files.unlockChanges();
        }
    }

    private int openExisting(Place place, int flags, Caller who) {
        HostStat stat = place.stat;
        if ((flags & O_PATH) != 0) {
            return (flags & O_DIRECTORY) != 0 && !stat.isDirectory() ? -Errno.ENOTDIR : 0;
        }
        if (stat.isLink()) {
            return -Errno.ELOOP;
        }
        boolean writes = (flags & O_ACCMODE) != 0 || (flags & O_TRUNC) != 0 && stat.isRegular();
        if (stat.isDirectory() && (writes || (flags & O_CREAT) != 0)) {
            return -Errno.EISDIR;
        }
        if ((flags & O_DIRECTORY) != 0 && !stat.isDirectory()) {
            return -Errno.ENOTDIR;
        }
        int wanted = ((flags & O_ACCMODE) != 1 ? Access.READ : 0) | (writes ? Access.WRITE : 0);
        if (!Access.allows(files.attributes().of(place), who, wanted)) {
            return -Errno.EACCES;
        }
        if (writes && files.isReadOnly() && (stat.isRegular() || stat.isDirectory())) {
            return -Errno.EROFS;
        }
        if (stat.isRegular() && (flags & O_DIRECT) != 0 && !canBeDirect(place)) {
            return -Errno.EINVAL;
        }
        return stat.isRegular() ? openRegular(place, (flags & O_TRUNC) != 0, writes, who) : 0;
    }

    /** Whether the host's file system knows O_DIRECT. */
    private static boolean canBeDirect(Place place) {
        int fd = HostFs.reopen(place.fileFd, HostFs.O_RDONLY | HostFs.O_DIRECT);
        HostFs.close(fd);
        return fd != -Errno.EINVAL;
    }

    private int openRegular(Place place, boolean truncates, boolean writes, Caller who) {
        int error = writes ? files.copyUp().file(place, truncates ? 0 : Long.MAX_VALUE) : 0;
        if (error != 0) {
            return error;
        }
        int[] errno = new int[1];
        OpenFiles.Held held = files.open().open(place, writes, errno);
        if (held == null) {
            return errno[0];
        }
        if (truncates) {
            error = HostFs.ftruncate(held.fd(), 0);
            error = error != 0 ? error : HostFs.stat(place.fileFd, "", place.stat);
        }
        files.open().release(held);
        return error;
    }

    public int stat(String path, Caller who, MemorySegment to, long at) {
        try (Place place = new Place()) {
            int error = files.lookExisting(path, who, place);
            if (error == 0) {
                fill(place, to, at);
            }
            return error;
        }
    }

    /** Writes a StatRecord. */
    public void fill(Place place, MemorySegment to, long at) {
        HostStat stat = place.stat;
        FileAttributes.Owned owned = files.attributes().of(place);
        StatRecord.DEV.set(to, at, DEVICE);
        StatRecord.INO.set(to, at, files.ids().of(stat));
        StatRecord.NLINK.set(to, at, stat.links());
        StatRecord.RDEV.set(to, at, owned.rdev());
        StatRecord.SIZE.set(to, at, stat.sizeBytes());
        StatRecord.BLOCKS.set(to, at, stat.blocks());
        StatRecord.ATIME_NS.set(to, at, stat.atimeNs());
        StatRecord.MTIME_NS.set(to, at, stat.mtimeNs());
        StatRecord.CTIME_NS.set(to, at, stat.ctimeNs());
        StatRecord.BTIME_NS.set(to, at, stat.btimeNs());
        StatRecord.MODE.set(to, at, owned.mode());
        StatRecord.UID.set(to, at, owned.uid());
        StatRecord.GID.set(to, at, owned.gid());
        StatRecord.BLKSIZE.set(to, at, stat.blockBytes());
        StatRecord.DIRECT_MEMORY.set(to, at, stat.directMemoryAlignBytes());
        StatRecord.DIRECT_OFFSET.set(to, at, stat.directOffsetAlignBytes());
    }

    public int access(String path, int wanted, Caller who) {
        try (Place place = new Place()) {
            int error = files.lookExisting(path, who, place);
            if (error == 0 && !Access.allows(files.attributes().of(place), who, wanted)) {
                error = -Errno.EACCES;
            }
            boolean changes = (wanted & Access.WRITE) != 0 && (place.stat.isRegular() || place.stat.isDirectory());
            return error == 0 && changes && files.isReadOnly() ? -Errno.EROFS : error;
        }
    }

    /** @return the target, or null with a negative errno in errno[0] */
    public String readlink(String path, Caller who, int[] errno) {
        try (Place place = new Place()) {
            errno[0] = files.lookExisting(path, who, place);
            if (errno[0] == 0 && !place.stat.isLink()) {
                errno[0] = -Errno.EINVAL;
            }
            return errno[0] != 0 ? null : target(place);
        }
    }

    /** The target of a place that is a symbolic link; null when it cannot be read. */
    public static String target(Place place) {
        return HostFs.readlinkat(place.fileFd, "");
    }

    public int setattr(String path, int mask, Caller who, MemorySegment from, long at) {
        try (Place place = new Place()) {
            int error = files.findExisting(path, who, place);
            error = error != 0 ? error : mayChange(place, mask, who, StatRecord.UID.get(from, at), StatRecord.GID.get(from, at));
            error = error != 0 ? error : files.copyUp().file(place, Long.MAX_VALUE);
            if (error == 0 && (mask & (StatRecord.SET_UID | StatRecord.SET_GID)) != 0) {
                error = chown(place, mask, who, from, at);
            }
            if (error == 0 && (mask & StatRecord.SET_MODE) != 0) {
                boolean isForeign = who.losesGroupBit(files.attributes().of(place).gid());
                error = files.attributes().chmod(place, StatRecord.MODE.get(from, at) & (isForeign ? ~S_ISGID : ~0));
            }
            boolean setsTimes = (mask & (StatRecord.SET_ATIME | StatRecord.SET_ATIME_NOW | StatRecord.SET_MTIME | StatRecord.SET_MTIME_NOW)) != 0;
            if (error == 0 && setsTimes) {
                error = HostFs.utimens(place.parentFd(), place.name,
                        StatRecord.ATIME_NS.get(from, at), change(mask, StatRecord.SET_ATIME, StatRecord.SET_ATIME_NOW),
                        StatRecord.MTIME_NS.get(from, at), change(mask, StatRecord.SET_MTIME, StatRecord.SET_MTIME_NOW));
            }
            return error;
        }
    }

    private static HostFs.TimeChange change(int mask, int set, int now) {
        return (mask & now) != 0 ? HostFs.TimeChange.NOW : (mask & set) != 0 ? HostFs.TimeChange.SET : HostFs.TimeChange.KEEP;
    }

    /** chown(2) takes set-user-ID and set-group-ID from files. */
    private int chown(Place place, int mask, Caller who, MemorySegment from, long at) {
        FileAttributes.Owned owned = files.attributes().of(place);
        int before = owned.mode();
        int uid = (mask & StatRecord.SET_UID) != 0 ? StatRecord.UID.get(from, at) : -1;
        int gid = (mask & StatRecord.SET_GID) != 0 ? StatRecord.GID.get(from, at) : -1;
        int error = files.attributes().chown(place, uid, gid);
        boolean losesGroup = (before & S_IXGRP) != 0 || who.losesGroupBit(owned.gid());
        int lost = S_ISUID | (losesGroup ? S_ISGID : 0);
        boolean keeps = (mask & StatRecord.SET_MODE) != 0 || !place.stat.isRegular() || (before & lost) == 0;
        return error != 0 || keeps ? error : files.attributes().chmod(place, before & ~lost);
    }

    private int mayChange(Place place, int mask, Caller who, int uid, int gid) {
        FileAttributes.Owned now = files.attributes().of(place);
        boolean onlyTouches = mask == (StatRecord.SET_ATIME_NOW | StatRecord.SET_MTIME_NOW);
        if (!who.actsFor(now.uid()) && onlyTouches) {
            return Access.allows(now, who, Access.WRITE) ? 0 : -Errno.EACCES;
        }
        int newUid = (mask & StatRecord.SET_UID) != 0 ? uid : -1;
        int newGid = (mask & StatRecord.SET_GID) != 0 ? gid : -1;
        boolean changesRest = (mask & ~(StatRecord.SET_UID | StatRecord.SET_GID)) != 0;
        boolean mayOwners = newUid == -1 && newGid == -1 || who.mayChown(now.uid(), now.gid(), newUid, newGid);
        return mayOwners && (!changesRest || who.actsFor(now.uid())) ? 0 : -Errno.EPERM;
    }

    public int truncate(String path, long sizeBytes, Caller who) {
        if (sizeBytes < 0) {
            return -Errno.EINVAL;
        }
        int[] errno = new int[1];
        OpenFiles.Held held = files.open().acquire(path, true, errno);
        if (held == null) {
            return errno[0];
        }
        int error = HostFs.ftruncate(held.fd(), sizeBytes);
        files.open().release(held);
        return error;
    }

    /** The processor has walked to it already. */
    public int statfs(String path, MemorySegment to, long at) {
        try (Place place = new Place()) {
            int error = files.findExisting(path, Caller.ROOT, place);
            long[] host = new long[7];
            error = error != 0 ? error : HostFs.statfs(place.fileFd, host);
            if (error == 0) {
                StatfsRecord.TYPE.set(to, at, host[0]);
                StatfsRecord.BLOCK_SIZE.set(to, at, host[1]);
                StatfsRecord.BLOCKS.set(to, at, host[2]);
                StatfsRecord.BLOCKS_FREE.set(to, at, host[4]);
                StatfsRecord.FILES.set(to, at, host[5]);
                StatfsRecord.FILES_FREE.set(to, at, host[6]);
                StatfsRecord.NAME_LENGTH.set(to, at, NAME_MAX);
            }
            return error;
        }
    }

    /**
     * fsync(2), fdatasync(2) of a file or a directory. A name in an overlay may be new all the way up: what leads to it in
     * the upper layer is on the disk too when this returns.
     */
    public int fsync(String path, boolean dataOnly, Caller who) {
        try (Place place = new Place()) {
            int error = files.findExisting(path, who, place);
            if (error != 0 || files.isReadOnly() || !place.isUpper) {
                return error; // nothing of ours to write
            }
            boolean canOpen = place.stat.isRegular() || place.stat.isDirectory();
            int fd = !canOpen ? 0 : HostFs.reopen(place.fileFd, HostFs.O_RDONLY);
            if (!canOpen || fd < 0) {
                return fd;
            }
            error = HostFs.fsync(fd, dataOnly);
            HostFs.close(fd);
            return error != 0 || !files.layers().isOverlay() || HiddenFiles.isHidden(path) ? error : syncParents(path);
        }
    }

    private int syncParents(String path) {
        for (String at = Layers.parent(path); ; at = Layers.parent(at)) {
            int pathFd = files.layers().upper.openDirectory(at);
            int fd = pathFd < 0 ? pathFd : HostFs.reopen(pathFd, HostFs.O_RDONLY | HostFs.O_DIRECTORY);
            int error = fd < 0 ? fd : HostFs.fsync(fd, false);
            HostFs.close(fd);
            HostFs.close(pathFd);
            if (error != 0 || at.length() == 1) {
                return error;
            }
        }
    }

    public int syncfs() {
        if (files.isReadOnly()) {
            return 0;
        }
        int fd = HostFs.reopen(files.layers().upper.rootFd(), HostFs.O_RDONLY | HostFs.O_DIRECTORY);
        int error = fd < 0 ? fd : HostFs.syncfs(fd);
        HostFs.close(fd);
        return error;
    }
}
