package org.legoos.managers.storage.host;

import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * Owner, mode and times of files as programs see them. When LegoOS runs as the host's root they are the host file's own. Else
 * files of the host's user are root's (as in a user namespace), and what the host refuses, another owner, is kept beside the
 * file in {@link KeptAttributes}.
 */
final class FileAttributes {
    /** Owner and mode, with the type. */
    record Owned(int mode, int uid, int gid, long rdev) {}

    static final int PERMISSIONS = 07777;
    private static final int HOST_BITS = 0777;

    private final boolean isNative;
    private final int hostUid;
    private final int hostGid;

    FileAttributes(boolean isNative) {
        this.isNative = isNative;
        this.hostUid = HostFs.euid();
        this.hostGid = HostFs.egid();
    }

    Owned of(Place place) {
        return of(place.fileFd, place.stat);
    }

    Owned of(int pathFd, HostStat stat) {
        long rdev = device(stat.rdevMajor(), stat.rdevMinor());
        if (isNative) {
            return new Owned(stat.mode(), stat.uid(), stat.gid(), rdev);
        }
        Owned own = new Owned(stat.mode(), stat.uid() == hostUid ? 0 : stat.uid(), stat.gid() == hostGid ? 0 : stat.gid(), rdev);
        return KeptAttributes.read(pathFd, own);
    }

    /** A device number as stat(2) shows it (new_encode_dev). */
    static long device(int major, int minor) {
        return minor & 0xffL | (long) (major & 0xfff) << 8 | (minor & 0xfff00L) << 12;
    }

    /**
     * Gives a file that was just made its owner and the mode that was asked for, whatever the host process's umask made of it.
     *
     * @param made what the host says of it; @param mode permissions; ignored for symbolic links
     */
    int initialise(int pathFd, HostStat made, int mode, int uid, int gid) {
        boolean isLink = made.isLink();
        if (isNative) {
            if (uid != made.uid() || gid != made.gid()) {
                int error = HostFs.chown(pathFd, uid, gid);
                if (error != 0) {
                    return error;
                }
            }
            boolean isAsAsked = (made.mode() & PERMISSIONS) == (mode & PERMISSIONS);
            return isLink || isAsAsked ? 0 : HostFs.chmodPath(pathFd, mode & PERMISSIONS);
        }
        int error = isLink ? 0 : HostFs.chmodPath(pathFd, mode & HOST_BITS | ownerNeeds(made.mode()));
        boolean isPlain = uid == 0 && gid == 0 && (mode & PERMISSIONS & ~HOST_BITS) == 0;
        return error != 0 || isPlain || isLink ? error : KeptAttributes.change(pathFd, mode & PERMISSIONS, uid, gid);
    }

    /** The guest's root may read and write whatever the mode says; the host's user needs the bits. */
    private static int ownerNeeds(int mode) {
        return (mode & HostStat.S_IFMT) == HostStat.S_IFDIR ? 0700 : 0600;
    }

    /** @param uid or -1: as it is */
    int chown(Place place, int uid, int gid) {
        if (isNative) {
            return HostFs.chown(place.fileFd, uid, gid);
        }
        Owned now = of(place);
        int newUid = uid == -1 ? now.uid() : uid;
        int newGid = gid == -1 ? now.gid() : gid;
        if (place.stat.isLink()) {
            return 0; // a link has no attributes of its own to keep it in; nobody asks for its owner's rights
        }
        return KeptAttributes.change(place.fileFd, now.mode() & PERMISSIONS, newUid, newGid);
    }

    int chmod(Place place, int mode) {
        if (place.stat.isLink()) {
            return -Errno.EOPNOTSUPP;
        }
        if (isNative) {
            return HostFs.chmodPath(place.fileFd, mode & PERMISSIONS);
        }
        Owned now = of(place);
        int type = now.mode() & HostStat.S_IFMT;
        int error = HostFs.chmodPath(place.fileFd, mode & HOST_BITS | ownerNeeds(type));
        return error != 0 ? error : KeptAttributes.change(place.fileFd, mode & PERMISSIONS, now.uid(), now.gid());
    }
}
