package org.legoos.managers.storage.host;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * Copies what is about to change from the lower to the upper layer: first aside, complete with its attributes, then in one
 * rename to its place, so that a crash leaves the old file or the new one. Directories are made without their entries.
 */
final class CopyUp {
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int RENAME_NOREPLACE = 1;
    private static final int O_NOATIME = 0x40000;

    private final Layers layers;
    private final FileIds ids;
    private final Xattrs xattrs;
    private final FileAttributes attributes;
    private final ReentrantLock changes;
    private final Consumer<String> onCopied;
    private final AtomicLong serial = new AtomicLong();

    /**
     * @param changes the lock under which names of the upper layer change; @param onCopied is told each path that another
     *     file of the host holds now
     */
    CopyUp(Layers layers, FileIds ids, Xattrs xattrs, FileAttributes attributes, ReentrantLock changes, Consumer<String> onCopied) {
        this.layers = layers;
        this.ids = ids;
        this.xattrs = xattrs;
        this.attributes = attributes;
        this.changes = changes;
        this.onCopied = onCopied;
    }

    /**
     * Makes sure that a place's file is in the layer that is written, and with it its directory.
     *
     * @param sizeBytes at most so much of the content is copied (0 when it is truncated at once)
     * @return 0, -EROFS when nothing is written, or another negative errno
     */
    int file(Place place, long sizeBytes) {
        if (layers.isReadOnly()) {
            return -Errno.EROFS;
        }
        if (place.isUpper) {
            return 0;
        }
        int error = parents(place);
        String temporary = "copy-" + serial.incrementAndGet();
        error = error != 0 ? error : copyAside(place, temporary, sizeBytes);
        return error != 0 ? error : commit(place, temporary);
    }

    /** Makes sure that the directory of a place is in the layer that is written, and opens it. */
    int parents(Place place) {
        if (layers.isReadOnly()) {
            return -Errno.EROFS;
        }
        if (place.upperParentFd >= 0) {
            return 0;
        }
        int error = directory(Layers.parent(place.path));
        if (error == 0) {
            place.upperParentFd = layers.upper.openDirectory(Layers.parent(place.path));
            error = Math.min(0, place.upperParentFd);
        }
        return error;
    }

    private int directory(String path) {
        try (Place place = new Place()) {
            int error = layers.find(path, place);
            if (error != 0 || place.isUpper) {
                return error;
            }
            return place.exists() ? file(place, 0) : -Errno.ENOENT;
        }
    }

    private int commit(Place place, String temporary) {
        int aside = layers.hidden().directoryFd();
        changes.lock();
        try {
            boolean isGone = Whiteouts.exists(place.upperParentFd, place.name, new HostStat());
            int error = isGone ? -Errno.ENOENT
                    : HostFs.renameat2(aside, temporary, place.upperParentFd, place.name, RENAME_NOREPLACE);
            if (error != 0) {
                HostFs.unlinkat(aside, temporary, place.stat.isDirectory() ? HostFs.AT_REMOVEDIR : 0);
            }
            if (error != 0 && error != -Errno.EEXIST) {
                return error;
            }
            long before = ids.of(place.stat);
            boolean isDirectory = place.stat.isDirectory();
            HostFs.close(place.fileFd);
            place.fileFd = HostFs.openat(place.upperParentFd, place.name, HostFs.O_PATH | HostFs.O_NOFOLLOW, 0);
            place.isUpper = true;
            onCopied.accept(place.path);
            error = place.fileFd < 0 ? place.fileFd : HostFs.stat(place.fileFd, "", place.stat);
            if (error == 0) {
                ids.copied(before, place.stat);
                if (isDirectory) {
                    layers.forgetOne(place.path);
                }
            }
            return error;
        } finally {
            changes.unlock();
        }
    }

    private int copyAside(Place place, String temporary, long sizeBytes) {
        HostStat stat = place.stat;
        int aside = layers.hidden().directoryFd();
        int type = stat.mode() & HostStat.S_IFMT;
        int error = switch (type) {
            case HostStat.S_IFDIR -> HostFs.mkdirat(aside, temporary, 0700);
            case HostStat.S_IFLNK -> {
                String target = HostFs.readlinkat(place.fileFd, "");
                yield target == null ? -Errno.EIO : HostFs.symlinkat(target, aside, temporary);
            }
            case HostStat.S_IFREG -> content(place, aside, temporary, Math.min(sizeBytes, stat.sizeBytes()));
            case HostStat.S_IFSOCK -> HostFs.mknodat(aside, temporary, HostStat.S_IFSOCK | 0600, 0);
            default -> HostFs.mknodat(aside, temporary, HostStat.S_IFIFO | 0600, 0); // devices, too
        };
        return error != 0 ? error : attributes(place, aside, temporary);
    }

    private int attributes(Place place, int aside, String temporary) {
        HostStat stat = place.stat;
        int fd = HostFs.openat(aside, temporary, HostFs.O_PATH | HostFs.O_NOFOLLOW, 0);
        if (fd < 0) {
            return fd;
        }
        try {
            if (stat.isRegular() || stat.isDirectory()) {
                xattrs.copy(place.fileFd, fd);
            }
            HostStat made = new HostStat();
            int error = HostFs.stat(fd, "", made);
            if (error == 0) {
                xattrs.copyBeside(place, made);
            }
            error = error != 0 ? error : attributes.initialise(fd, made, attributes.of(place));
            return error != 0 ? error : HostFs.utimens(aside, temporary, stat.atimeNs(), HostFs.TimeChange.SET,
                    stat.mtimeNs(), HostFs.TimeChange.SET);
        } finally {
            HostFs.close(fd);
        }
    }

    private static int content(Place place, int aside, String temporary, long sizeBytes) {
        int from = HostFs.reopen(place.fileFd, HostFs.O_RDONLY | O_NOATIME);
        from = from == -Errno.EPERM ? HostFs.reopen(place.fileFd, HostFs.O_RDONLY) : from;
        int to = from < 0 ? from : HostFs.openat(aside, temporary, HostFs.O_CREAT | HostFs.O_EXCL | HostFs.O_WRONLY, 0600);
        try {
            if (to < 0) {
                return to;
            }
            int error = HostFs.ftruncate(to, sizeBytes);
            for (long at = 0; at < sizeBytes && error == 0; ) {
                long data = HostFs.lseek(from, at, SEEK_DATA);
                if (data < 0 || data >= sizeBytes) {
                    error = data == -Errno.ENXIO || data >= 0 ? 0 : (int) data;
                    break;
                }
                long hole = Math.min(sizeBytes, HostFs.lseek(from, data, SEEK_HOLE));
                error = hole <= data ? -Errno.EIO : extent(from, to, data, hole);
                at = hole;
            }
            return error;
        } finally {
            HostFs.close(from);
            HostFs.close(to);
        }
    }

    private static int extent(int from, int to, long startAt, long endAt) {
        long at = startAt;
        while (at < endAt) {
            long done = HostFs.copyRange(from, at, to, at, endAt - at);
            if (done == -Errno.EXDEV || done == -Errno.EINVAL || done == -Errno.EOPNOTSUPP || done == -Errno.ENOSYS) {
                done = ContentCopy.piece(from, to, at, endAt - at);
            }
            if (done <= 0) {
                return done == 0 ? 0 : (int) done; // it has become shorter meanwhile
            }
            at += done;
        }
        return 0;
    }
}
