package org.legoos.managers.storage.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.PathRequest;

/**
 * The storage manager's own directory beside a vNode's files, made when it is first needed: files that lost their last
 * name while they are open, and copies that are not complete yet. It holds a directory for each run that uses the layer, with
 * a lock; one whose run has ended is removed with all that is in it.
 */
final class HiddenFiles implements AutoCloseable {
    private static final int OPEN = HostFs.O_RDONLY | HostFs.O_DIRECTORY | HostFs.O_NOFOLLOW;
    private static final int LIST_BYTES = 64 << 10;
    private static final int ATTEMPTS = 8;

    private final int parentFd;
    private final String name;
    private final String run;
    private int ownFd = Place.NONE; // the directory of all runs; guarded by this
    private int runFd = Place.NONE; // of this run, and its lock; guarded by this

    /** @param parentFd is not closed here; @param name of the directory in it; @param run a name that no other run has */
    HiddenFiles(int parentFd, String name, String run) {
        this.parentFd = parentFd;
        this.name = name;
        this.run = run;
        if (HostFs.stat(parentFd, name, new HostStat()) == 0) {
            directoryFd(); // away with what earlier runs left
        }
    }

    static boolean isHidden(String path) {
        return path.startsWith(PathRequest.HIDDEN);
    }

    /** The directory of this run, or a negative errno. */
    synchronized int directoryFd() {
        if (runFd >= 0) {
            return runFd;
        }
        int made = HostFs.mkdirat(parentFd, name, 0700);
        ownFd = made == 0 || made == -Errno.EEXIST ? HostFs.openat(parentFd, name, OPEN, 0) : made;
        if (ownFd < 0) {
            return ownFd;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) { // another run may remove it before it is locked
            HostFs.mkdirat(ownFd, run, 0700);
            int fd = HostFs.openat(ownFd, run, OPEN, 0);
            if (fd >= 0 && HostFs.lockExclusively(fd) == 0 && HostFs.stat(ownFd, run, new HostStat()) == 0) {
                runFd = fd;
                removeStale();
                return fd;
            }
            HostFs.close(fd);
        }
        HostFs.close(ownFd);
        return -Errno.EIO;
    }

    private void removeStale() {
        try (Arena arena = Arena.ofConfined()) {
            for (DirectoryReader.Entry entry : DirectoryReader.read(ownFd, arena.allocate(LIST_BYTES, Long.BYTES))) {
                if (!entry.name().equals(run) && !entry.name().equals(OwnerTable.NAME) && !entry.name().equals(AttributeFiles.NAME)) {
                    int fd = HostFs.openat(ownFd, entry.name(), OPEN, 0);
                    if (fd >= 0 && HostFs.lockExclusively(fd) == 0) {
                        empty(fd, arena);
                        HostFs.unlinkat(ownFd, entry.name(), HostFs.AT_REMOVEDIR);
                    }
                    HostFs.close(fd);
                }
            }
        }
    }

    private static void empty(int fd, Arena arena) {
        MemorySegment buffer = arena.allocate(LIST_BYTES, Long.BYTES);
        for (DirectoryReader.Entry entry : DirectoryReader.read(fd, buffer)) {
            if (HostFs.unlinkat(fd, entry.name(), 0) < 0) {
                HostFs.unlinkat(fd, entry.name(), HostFs.AT_REMOVEDIR); // a directory on its way up is always empty
            }
        }
    }

    /** The name that a processor's hidden path has here. */
    static String nameOf(String path) {
        return "open-" + path.substring(PathRequest.HIDDEN.length()).replace('/', '_');
    }

    /** A descriptor of its own of this run's directory, or a negative errno. */
    int openDirectory() {
        int fd = directoryFd();
        return fd < 0 ? fd : HostFs.openat(fd, ".", HostFs.O_PATH | HostFs.O_DIRECTORY, 0);
    }

    @Override
    public synchronized void close() {
        if (runFd < 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            HostFs.lseek(runFd, 0, 0);
            empty(runFd, arena);
        }
        HostFs.unlinkat(ownFd, run, HostFs.AT_REMOVEDIR);
        HostFs.close(runFd);
        HostFs.close(ownFd);
        runFd = Place.NONE;
        HostFs.unlinkat(parentFd, name, HostFs.AT_REMOVEDIR); // when no other run uses it
    }
}
