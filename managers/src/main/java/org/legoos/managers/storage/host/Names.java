package org.legoos.managers.storage.host;

import java.util.function.ToIntFunction;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/**
 * Calls that make and remove names. In an overlay they change the upper layer only, with the changes lock held from the
 * lookup to the end: what makes a name removes its whiteout, what removes one leaves a whiteout where the lower layer has it.
 * Results are 0 or negative errnos.
 */
public final class Names {
    private static final int S_ISGID = 02000;
    private static final int S_IXGRP = 010;

    private final HostFiles files;
    private final Layers layers;

    Names(HostFiles files) {
        this.files = files;
        this.layers = files.layers();
    }

    /** What makes one file: in a directory, by a name. @return 0 or a negative errno */
    interface Maker {
        int make(int parentFd, String name);
    }

    public int mkdir(String path, int mode, Caller who) {
        return make(path, mode, who, place -> {
            boolean isOpaque = place.isWhiteout;
            int error = HostFs.mkdirat(place.upperParentFd, place.name, 0700);
            if (error != 0 || !isOpaque) {
                return error;
            }
            // Opaque before the whiteout goes: the old entries never show.
            int fd = HostFs.openat(place.upperParentFd, place.name, HostFs.O_PATH | HostFs.O_NOFOLLOW, 0);
            error = fd < 0 ? fd : Whiteouts.makeOpaque(fd);
            HostFs.close(fd);
            return error;
        });
    }

    /**
     * @param mode with the type. A device node is a FIFO on the host's disk, where it would be the host's device to everybody, and
     *     {@link OwnerTable} knows better
     */
    public int mknod(String path, int mode, long rdev, Caller who) {
        int type = mode & HostStat.S_IFMT;
        boolean isDevice = type == HostStat.S_IFCHR || type == HostStat.S_IFBLK;
        boolean isKnown = isDevice || type == HostStat.S_IFIFO || type == HostStat.S_IFSOCK || type == HostStat.S_IFREG || type == 0;
        if (!isKnown) {
            return type == HostStat.S_IFDIR ? -Errno.EPERM : -Errno.EINVAL;
        }
        if (isDevice && !who.has(Caller.CAP_MKNOD)) {
            return -Errno.EPERM;
        }
        int hostType = isDevice ? HostStat.S_IFIFO : type == 0 ? HostStat.S_IFREG : type;
        return make(path, mode, isDevice ? rdev : 0, who,
                place -> HostFs.mknodat(place.upperParentFd, place.name, hostType | 0600, 0));
    }

    public int symlink(String target, String path, Caller who) {
        if (target.isEmpty()) {
            return -Errno.ENOENT;
        }
        return make(path, 0777, who, place -> HostFs.symlinkat(target, place.upperParentFd, place.name));
    }

    private int make(String path, int mode, Caller who, ToIntFunction<Place> maker) {
        return make(path, mode, 0, who, maker);
    }

    private int make(String path, int mode, long rdev, Caller who, ToIntFunction<Place> maker) {
        files.lockChanges();
        try (Place place = new Place()) {
            int error = findFree(path, who, place);
            error = error != 0 ? error : maker.applyAsInt(place);
            if (error == 0) {
                error = finish(place, mode, rdev, who);
            }
            return error;
        } finally {
            files.unlockChanges();
        }
    }

    /** Finds where a new name goes, in a directory of the upper layer. */
    int findFree(String path, Caller who, Place place) {
        int error = files.find(path, who, place);
        if (error != 0) {
            return error;
        }
        if (place.exists() || path.length() == 1) {
            return -Errno.EEXIST;
        }
        if (layers.isReadOnly()) {
            return -Errno.EROFS;
        }
        if (layers.isReserved(Layers.parent(path), place.name) && !HiddenFiles.isHidden(path)) {
            return -Errno.EPERM;
        }
        error = files.access().make(path, who);
        error = error != 0 ? error : files.copyUp().parents(place);
        if (error == 0) {
            files.attributes().openUp(place.upperParentFd); // what cannot be done is the host's to say
        }
        return error;
    }

    /** Owner and mode of what was just made, and away with the whiteout. @param rdev of a device, which mode has the type of */
    int finish(Place place, int mode, long rdev, Caller who) {
        place.fileFd = HostFs.openat(place.upperParentFd, place.name, HostFs.O_PATH | HostFs.O_NOFOLLOW, 0);
        int error = place.fileFd < 0 ? place.fileFd : HostFs.stat(place.fileFd, "", place.stat);
        if (error != 0) {
            return error;
        }
        place.isUpper = true;
        files.ids().removed(place.stat);
        int gid = who.gid();
        FileAttributes.Owned parent = files.parent(place);
        if (!HiddenFiles.isHidden(place.path) && (parent.mode() & S_ISGID) != 0) {
            gid = parent.gid();
            boolean isForeign = who.losesGroupBit(gid) && (mode & S_IXGRP) != 0;
            mode = place.stat.isDirectory() ? mode | S_ISGID : isForeign ? mode & ~S_ISGID : mode; // mode_strip_sgid of Linux
        }
        error = files.attributes().initialise(place.fileFd, place.stat, new FileAttributes.Owned(mode, who.uid(), gid, rdev));
        if (error == 0 && place.isWhiteout) {
            error = Whiteouts.remove(place.upperParentFd, place.name);
        }
        return error != 0 ? error : HostFs.stat(place.fileFd, "", place.stat);
    }

    public int link(String existing, String path, Caller who) {
        files.lockChanges();
        try (Place from = new Place(); Place to = new Place()) {
            int error = files.findExisting(existing, who, from);
            error = error != 0 ? error : from.stat.isDirectory() ? -Errno.EPERM : findFree(path, who, to);
            error = error != 0 ? error : files.copyUp().file(from, Long.MAX_VALUE);
            error = error != 0 ? error : HostFs.linkat(from.upperParentFd, from.name, to.upperParentFd, to.name, 0);
            return error == 0 && to.isWhiteout ? Whiteouts.remove(to.upperParentFd, to.name) : error;
        } finally {
            files.unlockChanges();
        }
    }

    /** @param gone gets in [0] the inode number of the regular file whose last name it was, else 0 */
    public int unlink(String path, Caller who, long[] gone) {
        return remove(path, who, place -> {
            if (place.stat.isDirectory()) {
                return -Errno.EISDIR;
            }
            int error = place.isUpper ? HostFs.unlinkat(place.upperParentFd, place.name, 0) : 0;
            if (error == 0) {
                gone[0] = files.lastName(place);
                files.forgetOpen(place);
            }
            return error;
        });
    }

    public int rmdir(String path, Caller who) {
        if (path.length() == 1) {
            return -Errno.EBUSY;
        }
        return remove(path, who, place -> {
            if (!place.stat.isDirectory()) {
                return -Errno.ENOTDIR;
            }
            if (!layers.isOverlay()) {
                return HostFs.unlinkat(place.upperParentFd, place.name, HostFs.AT_REMOVEDIR);
            }
            if (!files.listing().isEmpty(path)) {
                return -Errno.ENOTEMPTY;
            }
            int error = place.isUpper ? removeUpperDirectory(place) : 0;
            layers.forgetTree(path);
            return error;
        });
    }

    /** A directory that looks empty may hold whiteouts. */
    private static int removeUpperDirectory(Place place) {
        int fd = HostFs.reopen(place.fileFd, HostFs.O_RDONLY | HostFs.O_DIRECTORY);
        if (fd < 0) {
            return fd;
        }
        Listing.removeWhiteouts(fd);
        HostFs.close(fd);
        return HostFs.unlinkat(place.upperParentFd, place.name, HostFs.AT_REMOVEDIR);
    }

    private int remove(String path, Caller who, ToIntFunction<Place> remover) {
        files.lockChanges();
        try (Place place = new Place()) {
            int error = files.findExisting(path, who, place);
            error = error != 0 ? error : layers.isReadOnly() ? -Errno.EROFS : files.access().remove(place, who);
            boolean isBelow = error == 0 && isInLower(place);
            error = error != 0 || !isBelow ? error : files.copyUp().parents(place);
            if (error == 0 && place.upperParentFd >= 0) {
                files.attributes().openUp(place.upperParentFd);
            }
            if (error == 0 && isBelow && place.isUpper) {
                // The upper file still covers the whiteout; after a crash here nothing has happened yet.
                error = place.stat.isDirectory() ? 0 : Whiteouts.make(place.upperParentFd, place.name);
            }
            error = error != 0 ? error : remover.applyAsInt(place);
            if (error == 0 && isBelow) {
                error = Whiteouts.make(place.upperParentFd, place.name);
            }
            return error;
        } finally {
            files.unlockChanges();
        }
    }

    /** Whether the lower layer has the name too. */
    boolean isInLower(Place place) {
        return layers.isOverlay() && place.lowerParentFd >= 0 && HostFs.stat(place.lowerParentFd, place.name, new HostStat()) == 0;
    }
}
