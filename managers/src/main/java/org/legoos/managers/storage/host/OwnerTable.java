package org.legoos.managers.storage.host;

import java.util.concurrent.atomic.AtomicLong;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * What the host does not keep of one layer's symbolic links, FIFOs and sockets, which have no extended attributes (xattr(7)): type,
 * mode, owner, and the number of device nodes, which are FIFOs on the host. A directory of symbolic links: the name is inode number and
 * birth time, which no two files share, the target "MODE UID GID DEVICE" with the mode in octal. A record is replaced by a rename,
 * so that after a crash the old one or the new one is there. Thread-safe.
 */
final class OwnerTable implements AutoCloseable {
    static final String NAME = "owners";
    private static final int OPEN = HostFs.O_RDONLY | HostFs.O_DIRECTORY | HostFs.O_NOFOLLOW;
    private static final AtomicLong SERIAL = new AtomicLong();

    private final int parentFd;
    private final String ownDirectory;
    private volatile int fd = Place.NONE; // written with this held

    /** @param parentFd is not closed here; @param ownDirectory the directory in it that holds the table, or empty */
    OwnerTable(int parentFd, String ownDirectory) {
        this.parentFd = parentFd;
        this.ownDirectory = ownDirectory;
        fd = openIn(parentFd, ownDirectory, NAME, false);
    }

    /** Component by component: a tree from elsewhere may have links there. */
    static int openIn(int parentFd, String ownDirectory, String name, boolean isMade) {
        String own = ownDirectory.isEmpty() ? "." : ownDirectory;
        if (isMade) {
            HostFs.mkdirat(parentFd, own, 0700);
        }
        int ownFd = HostFs.openat(parentFd, own, OPEN, 0);
        if (isMade && ownFd >= 0) {
            HostFs.mkdirat(ownFd, name, 0700);
        }
        int opened = ownFd < 0 ? ownFd : HostFs.openat(ownFd, name, OPEN, 0);
        HostFs.close(ownFd);
        return opened;
    }

    static String record(HostStat file) {
        return Long.toHexString(file.inode()) + "-" + Long.toHexString(file.btimeNs());
    }

    /** What is kept of a file, or null. */
    FileAttributes.Owned read(HostStat file) {
        if (fd < 0) {
            return null;
        }
        String text = HostFs.readlinkat(fd, record(file));
        try {
            String[] words = text == null ? null : text.split(" ");
            return words == null ? null : new FileAttributes.Owned(Integer.parseInt(words[0], 8), Integer.parseUnsignedInt(words[1]),
                    Integer.parseUnsignedInt(words[2]), Long.parseLong(words[3]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return null; // somebody else wrote it
        }
    }

    /** @return 0 or a negative errno: -EPERM where files have no birth time */
    int write(HostStat file, FileAttributes.Owned owned) {
        int table = file.btimeNs() == 0 ? -Errno.EPERM : make();
        if (table < 0) {
            return table;
        }
        String text = Integer.toOctalString(owned.mode()) + " " + Integer.toUnsignedString(owned.uid()) + " "
                + Integer.toUnsignedString(owned.gid()) + " " + owned.rdev();
        String made = "new-" + ProcessHandle.current().pid() + "-" + SERIAL.incrementAndGet();
        int error = HostFs.symlinkat(text, table, made);
        return error != 0 ? error : HostFs.renameat2(table, made, table, record(file), 0);
    }

    private synchronized int make() {
        if (fd < 0) {
            fd = openIn(parentFd, ownDirectory, NAME, true);
        }
        return fd;
    }

    /** The file has lost its last name. */
    void remove(HostStat file) {
        if (fd >= 0) {
            HostFs.unlinkat(fd, record(file), 0);
        }
    }

    @Override
    public synchronized void close() {
        HostFs.close(fd);
        fd = Place.NONE;
    }
}
