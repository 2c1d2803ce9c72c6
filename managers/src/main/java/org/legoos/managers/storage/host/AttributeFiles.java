package org.legoos.managers.storage.host;

import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * What carries the extended attributes of a layer's symbolic links, FIFOs, sockets and device nodes, which can have none of those
 * that are kept as user.* (xattr(7)): an empty regular file for each, beside the table of owners and named as there. Thread-safe.
 */
final class AttributeFiles implements AutoCloseable {
    static final String NAME = "xattrs";
    private static final int OPEN = HostFs.O_RDONLY | HostFs.O_DIRECTORY | HostFs.O_NOFOLLOW;

    private final int parentFd;
    private final String ownDirectory;
    private volatile int fd = Place.NONE; // written with this held

    /** @param parentFd is not closed here; @param ownDirectory the directory in it that holds the files, or empty */
    AttributeFiles(int parentFd, String ownDirectory) {
        this.parentFd = parentFd;
        this.ownDirectory = ownDirectory;
        fd = OwnerTable.openIn(parentFd, ownDirectory, NAME, false);
    }

    /** @param isMade whether there shall be one; @return an O_PATH descriptor for the caller to close, or -ENOENT and other errnos */
    int open(HostStat file, boolean isMade) {
        if (isMade && file.btimeNs() == 0) {
            return -Errno.EPERM; // nothing tells it from a later file of the same number
        }
        int directory = isMade ? make() : fd;
        if (directory < 0) {
            return -Errno.ENOENT;
        }
        String name = OwnerTable.record(file);
        if (isMade) {
            HostFs.close(HostFs.openat(directory, name, HostFs.O_CREAT | HostFs.O_RDWR | HostFs.O_NOFOLLOW, 0600));
        }
        return HostFs.openat(directory, name, HostFs.O_PATH | HostFs.O_NOFOLLOW, 0);
    }

    private synchronized int make() {
        if (fd < 0) {
            fd = OwnerTable.openIn(parentFd, ownDirectory, NAME, true);
        }
        return fd;
    }

    /** The file has lost its last name. */
    void remove(HostStat file) {
        if (fd >= 0) {
            HostFs.unlinkat(fd, OwnerTable.record(file), 0);
        }
    }

    @Override
    public synchronized void close() {
        HostFs.close(fd);
        fd = Place.NONE;
    }
}
