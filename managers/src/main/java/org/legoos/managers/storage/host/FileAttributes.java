package org.legoos.managers.storage.host;

import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * Type, owner, mode and times of files as programs see them. When LegoOS runs as the host's root they are the host file's own. Else
 * files of the host's user are root's (as in a user namespace), and what the host refuses, another owner, is kept beside the
 * file: in {@link KeptAttributes}, or for what has no attributes in {@link OwnerTable}. Device nodes are kept there always.
 */
final class FileAttributes {
    /** Owner and mode, with the type. */
    record Owned(int mode, int uid, int gid, long rdev) {}

    static final int PERMISSIONS = 07777;
    private static final int HOST_BITS = 0777;

    private final Layers layers;
    private final boolean isNative;
    private final int hostUid;
    private final int hostGid;

    FileAttributes(Layers layers, boolean isNative) {
        this.layers = layers;
        this.isNative = isNative;
        this.hostUid = HostFs.euid();
        this.hostGid = HostFs.egid();
    }

    Owned of(Place place) {
        HostStat stat = place.stat;
        boolean isListed = place.exists() && isListed(stat) && (!isNative || isFifo(stat));
        Owned kept = isListed ? layers.owners(place.isUpper).read(stat) : null;
        boolean isOfThis = kept != null && (isNode(kept.mode) ? isFifo(stat) : ((kept.mode ^ stat.mode()) & HostStat.S_IFMT) == 0);
        if (!isOfThis) {
            return of(place.fileFd, stat);
        }
        int type = kept.mode & HostStat.S_IFMT;
        return isNative ? new Owned(type | stat.mode() & PERMISSIONS, stat.uid(), stat.gid(), kept.rdev) : kept;
    }

    /** Of a regular file or directory; what else there is has what the host says. */
    Owned of(int pathFd, HostStat stat) {
        long rdev = device(stat.rdevMajor(), stat.rdevMinor());
        if (isNative) {
            return new Owned(stat.mode(), stat.uid(), stat.gid(), rdev);
        }
        Owned own = new Owned(stat.mode(), stat.uid() == hostUid ? 0 : stat.uid(), stat.gid() == hostGid ? 0 : stat.gid(), rdev);
        return KeptAttributes.read(pathFd, own);
    }

    /** Whether what the host refuses goes to the table: nothing else can keep it. */
    private static boolean isListed(HostStat stat) {
        int type = stat.mode() & HostStat.S_IFMT;
        return type == HostStat.S_IFLNK || type == HostStat.S_IFIFO || type == HostStat.S_IFSOCK;
    }

    private static boolean isFifo(HostStat stat) {
        return (stat.mode() & HostStat.S_IFMT) == HostStat.S_IFIFO;
    }

    private static boolean isNode(int mode) {
        int type = mode & HostStat.S_IFMT;
        return type == HostStat.S_IFCHR || type == HostStat.S_IFBLK;
    }

    /** A device number as stat(2) shows it (new_encode_dev). */
    static long device(int major, int minor) {
        return minor & 0xffL | (long) (major & 0xfff) << 8 | (minor & 0xfff00L) << 12;
    }

    /**
     * Gives a file of the layer that is written, just made, its owner and mode, whatever the host process's umask made of it.
     *
     * @param made what the host says of it; @param as what it shall be: permissions, owner, number of a device, and for a device
     *     node its type
     */
    int initialise(int pathFd, HostStat made, Owned as) {
        int listed = 0;
        boolean isPlain = as.uid == 0 && as.gid == 0 && (as.mode & PERMISSIONS & ~HOST_BITS) == 0;
        if (isNode(as.mode) || !isNative && isListed(made) && !isPlain) {
            listed = list(made, as);
            listed = made.isLink() ? 0 : listed;
        }
        if (listed != 0) {
            return listed;
        }
        if (isNative) {
            return initialiseNative(pathFd, made, as);
        }
        if (isListed(made)) {
            return made.isLink() ? 0 : HostFs.chmodPath(pathFd, as.mode & HOST_BITS);
        }
        int needs = ownerNeeds(made.mode());
        int error = HostFs.chmodPath(pathFd, as.mode & HOST_BITS | needs);
        boolean isKept = !isPlain || (as.mode & needs) != needs;
        return error != 0 || !isKept ? error : KeptAttributes.change(pathFd, as.mode & PERMISSIONS, as.uid, as.gid);
    }

    private static int initialiseNative(int pathFd, HostStat made, Owned as) {
        int error = as.uid != made.uid() || as.gid != made.gid() ? HostFs.chown(pathFd, as.uid, as.gid) : 0;
        boolean isAsAsked = (made.mode() & PERMISSIONS) == (as.mode & PERMISSIONS);
        boolean losesBits = (as.mode & ~HOST_BITS & PERMISSIONS) != 0; // by chown
        return error != 0 || made.isLink() || isAsAsked && !losesBits ? error : HostFs.chmodPath(pathFd, as.mode & PERMISSIONS);
    }

    /** In the layer that is written. */
    private int list(HostStat file, Owned as) {
        int type = isNode(as.mode) ? as.mode & HostStat.S_IFMT : file.mode() & HostStat.S_IFMT;
        return layers.owners(true).write(file, new Owned(type | as.mode & PERMISSIONS, as.uid, as.gid, as.rdev));
    }

    /** The file has lost its last name in the layer that is written. */
    void removed(HostStat file) {
        if (isListed(file)) {
            layers.owners(true).remove(file);
            layers.attributeFiles(true).remove(file);
        }
    }

    /** The guest's root may read and write whatever the mode says; the host's user needs the bits. */
    private static int ownerNeeds(int mode) {
        return (mode & HostStat.S_IFMT) == HostStat.S_IFDIR ? 0700 : 0600;
    }

    /**
     * Gives the host's user the rights to a file or directory of his own that the guest's root has whatever the mode says. Programs see
     * the mode that it had.
     *
     * @return 0 when there was nothing to do, too, or a negative errno
     */
    int openUp(int pathFd) {
        HostStat stat = new HostStat();
        int error = isNative ? 0 : HostFs.stat(pathFd, "", stat);
        int needs = ownerNeeds(stat.mode());
        boolean isOurs = stat.uid() == hostUid && (stat.isDirectory() || stat.isRegular());
        if (isNative || error != 0 || !isOurs || (stat.mode() & needs) == needs) {
            return error;
        }
        Owned now = of(pathFd, stat);
        error = HostFs.chmodPath(pathFd, stat.mode() & PERMISSIONS | needs); // before: an attribute takes the right to write
        int kept = error != 0 ? error : KeptAttributes.change(pathFd, now.mode() & PERMISSIONS, now.uid(), now.gid());
        if (error == 0 && kept != 0) {
            HostFs.chmodPath(pathFd, stat.mode() & PERMISSIONS);
        }
        return kept;
    }

    /** @param uid or -1: as it is */
    int chown(Place place, int uid, int gid) {
        if (isNative) {
            return HostFs.chown(place.fileFd, uid, gid);
        }
        Owned now = of(place);
        int newUid = uid == -1 ? now.uid() : uid;
        int newGid = gid == -1 ? now.gid() : gid;
        if (isListed(place.stat)) {
            int error = list(place.stat, new Owned(now.mode, newUid, newGid, now.rdev));
            return place.stat.isLink() ? 0 : error; // nobody asks for the rights of a link's owner
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
        if (isListed(place.stat)) {
            return list(place.stat, new Owned(now.mode & HostStat.S_IFMT | mode & PERMISSIONS, now.uid, now.gid, now.rdev));
        }
        int type = now.mode() & HostStat.S_IFMT;
        int error = HostFs.chmodPath(place.fileFd, mode & HOST_BITS | ownerNeeds(type));
        return error != 0 ? error : KeptAttributes.change(place.fileFd, mode & PERMISSIONS, now.uid(), now.gid());
    }
}
