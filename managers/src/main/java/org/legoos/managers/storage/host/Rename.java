package org.legoos.managers.storage.host;

import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;

/**
 * renameat2(2). In an overlay a directory that is in the lower layer cannot be renamed: -EXDEV, as Linux's overlayfs answers,
 * upon which mv copies it.
 */
public final class Rename {
    static final int NOREPLACE = 1;
    static final int EXCHANGE = 2;
    static final int WHITEOUT = 4;

    private final HostFiles files;
    private final Layers layers;
    private final Names names;

    Rename(HostFiles files, Names names) {
        this.files = files;
        this.layers = files.layers();
        this.names = names;
    }

    /** @param gone gets in [0] the inode number of the regular file that was replaced and had no other name, else 0 */
    public int rename(String fromPath, String toPath, int flags, Caller who, long[] gone) {
        if (flags != EXCHANGE && (flags & ~(NOREPLACE | WHITEOUT)) != 0) {
            return -Errno.EINVAL;
        }
        if ((flags & WHITEOUT) != 0 && !who.has(Caller.CAP_MKNOD)) {
            return -Errno.EPERM;
        }
        if (fromPath.length() == 1 || toPath.length() == 1) {
            return -Errno.EBUSY;
        }
        if (toPath.startsWith(fromPath + "/")) {
            return -Errno.EINVAL;
        }
        files.lockChanges();
        try (Place from = new Place(); Place to = new Place()) {
            int error = check(fromPath, toPath, flags, who, from, to);
            if (error != 0) {
                return error;
            }
            boolean isSame = to.exists() && from.stat.device() == to.stat.device() && from.stat.inode() == to.stat.inode();
            boolean isReplacing = to.exists() && !isSame && flags != EXCHANGE;
            long replaced = isReplacing ? files.lastName(to) : 0;
            openUp(from);
            openUp(to);
            error = layers.isOverlay() ? overlay(from, to, flags)
                    : HostFs.renameat2(from.upperParentFd, from.name, to.upperParentFd, to.name, flags & ~WHITEOUT);
            if (error == 0) {
                gone[0] = replaced;
                if (isReplacing && to.isUpper && to.stat.links() == 1) {
                    files.attributes().removed(to.stat);
                }
                files.renamed(from, to);
                if ((flags & WHITEOUT) != 0 && !isSame) {
                    error = names.mknod(fromPath, HostStat.S_IFCHR, 0, who); // as any device node here; its number is 0, 0
                }
            }
            return error;
        } finally {
            files.unlockChanges();
        }
    }

    private void openUp(Place place) {
        if (place.upperParentFd >= 0) {
            files.attributes().openUp(place.upperParentFd);
        }
    }

    private int check(String fromPath, String toPath, int flags, Caller who, Place from, Place to) {
        int error = files.findExisting(fromPath, who, from);
        error = error != 0 ? error : files.find(toPath, who, to);
        if (error != 0) {
            return error;
        }
        if (layers.isReadOnly()) {
            return -Errno.EROFS;
        }
        if ((flags & NOREPLACE) != 0 && to.exists()) {
            return -Errno.EEXIST;
        }
        if (flags == EXCHANGE && !to.exists()) {
            return -Errno.ENOENT;
        }
        if (!to.exists() && layers.isReserved(Layers.parent(toPath), to.name)) {
            return -Errno.EPERM;
        }
        if (to.exists() && flags != EXCHANGE && from.stat.isDirectory() != to.stat.isDirectory()) {
            return to.stat.isDirectory() ? -Errno.EISDIR : -Errno.ENOTDIR;
        }
        error = files.access().remove(from, who);
        return error != 0 ? error : to.exists() ? files.access().remove(to, who) : files.access().make(toPath, who);
    }

    private int overlay(Place from, Place to, int flags) {
        boolean isSame = to.exists() && from.stat.device() == to.stat.device() && from.stat.inode() == to.stat.inode();
        if (isSame) {
            return 0; // two names of one file: rename(2) does nothing
        }
        boolean fromBelow = names.isInLower(from);
        boolean toBelow = names.isInLower(to);
        if (from.stat.isDirectory() && !isPure(from) || flags == EXCHANGE && to.stat.isDirectory() && !isPure(to)) {
            return -Errno.EXDEV;
        }
        int error = files.copyUp().file(from, Long.MAX_VALUE);
        error = error != 0 ? error : flags == EXCHANGE ? files.copyUp().file(to, Long.MAX_VALUE) : files.copyUp().parents(to);
        if (error == 0 && flags != EXCHANGE && to.exists() && to.stat.isDirectory()) {
            error = makeRoom(to);
        }
        if (error == 0 && from.stat.isDirectory() && toBelow) {
            error = Whiteouts.makeOpaque(from.fileFd);
        }
        if (error == 0 && flags == EXCHANGE && to.stat.isDirectory() && fromBelow) {
            error = Whiteouts.makeOpaque(to.fileFd);
        }
        error = error != 0 ? error : HostFs.renameat2(from.upperParentFd, from.name, to.upperParentFd, to.name, flags & EXCHANGE);
        if (error == 0 && to.isWhiteout) {
            error = Whiteouts.remove(to.upperParentFd, to.name);
        }
        return error == 0 && fromBelow && flags != EXCHANGE ? Whiteouts.make(from.upperParentFd, from.name) : error;
    }

    /** Whether a directory is wholly in the upper layer. */
    private boolean isPure(Place directory) {
        return layers.where(directory.path, new HostStat()) == Layers.Where.UPPER;
    }

    /** A directory that is to be replaced must be empty, and free of whiteouts. */
    private int makeRoom(Place to) {
        if (!files.listing().isEmpty(to.path)) {
            return -Errno.ENOTEMPTY;
        }
        if (!to.isUpper) {
            return 0;
        }
        int fd = HostFs.reopen(to.fileFd, HostFs.O_RDONLY | HostFs.O_DIRECTORY);
        if (fd < 0) {
            return fd;
        }
        Listing.removeWhiteouts(fd);
        HostFs.close(fd);
        return 0;
    }
}
