package org.legoos.managers.processor.fs;

import java.util.concurrent.ConcurrentHashMap;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;

/**
 * The root file system: every call is a request to the node that holds the files. Path walks ask about the
 * same few directories again and again, so what was a directory a moment ago is remembered for a short
 * time, and forgotten when this node changes a name.
 */
public final class RemoteFileSystem extends FileSystem {
    private static final long RAMFS_MAGIC = 0x858458f6L;

    /** Other nodes may change names too: a stale answer lives no longer than this. */
    private static final long REMEMBERED_NS = 100_000_000;
    private static final int DIRECTORIES_MAX = 256;
    private static final int RENAME_EXCHANGE = 2;

    private record Known(int mode, long ino, long untilNs) {}

    private final Clock clock;
    private final OpenRegistry registry = new OpenRegistry();
    private final ConcurrentHashMap<String, Known> directories = new ConcurrentHashMap<>();

    public RemoteFileSystem(Clock clock) {
        super("/", "ramfs");
        this.clock = clock;
    }

    @Override
    public long magic() {
        return RAMFS_MAGIC;
    }

    @Override
    public int statfs(UserThread t, String path, FileService.StatFs to) {
        return t.fileService().statfs(path, to);
    }

    @Override
    public int stat(UserThread t, String path, FileService.Stat to) {
        int error = t.fileService().stat(path, false, to);
        if (error == 0 && FileMode.isDirectory(to.mode)) {
            if (directories.size() >= DIRECTORIES_MAX) {
                directories.clear();
            }
            directories.put(path, new Known(to.mode, to.ino, clock.nowNs() + REMEMBERED_NS));
        }
        return error;
    }

    @Override
    public int lookup(UserThread t, String path, FileService.Stat to) {
        Known known = directories.get(path);
        if (known != null && known.untilNs > clock.nowNs()) {
            to.mode = known.mode;
            to.ino = known.ino;
            return 0;
        }
        return stat(t, path, to);
    }

    @Override
    public String readlink(UserThread t, String path) {
        String target = t.fileService().readlink(path);
        if (target == null) {
            throw SysError.of(Math.abs(t.fileService().lastErrno()));
        }
        return target;
    }

    @Override
    public OpenFile open(UserThread t, String path, int flags, int mode) {
        if ((flags & OpenFlags.O_CREAT) != 0) {
            directories.remove(path);
        }
        SysError.check(t.fileService().open(path, flags, mode));
        FileService.Stat stat = new FileService.Stat();
        statOrThrow(t, path, stat);
        if (FileMode.isDirectory(stat.mode)) {
            if ((flags & OpenFlags.O_ACCMODE) != OpenFlags.O_RDONLY && (flags & OpenFlags.O_PATH) == 0) {
                throw SysError.of(Errno.EISDIR);
            }
            return new RemoteDirectory(path, flags);
        }
        int type = stat.mode & FileMode.S_IFMT;
        if (type != FileMode.S_IFREG && (flags & OpenFlags.O_PATH) == 0) {
            if (type == FileMode.S_IFIFO) {
                return t.process().manager().fifos().open(t, path, flags, stat);
            }
            throw SysError.of(Errno.ENXIO); // a socket, or a device that is not in /dev
        }
        return new RemoteFile(registry, path, flags);
    }

    @Override
    public int setattr(UserThread t, String path, boolean followLink, int mask, FileService.Stat to) {
        return t.fileService().setattr(path, followLink, mask, to);
    }

    @Override
    public int truncate(UserThread t, String path, long sizeBytes) {
        return t.fileService().truncate(path, sizeBytes);
    }

    @Override
    public int mkdir(UserThread t, String path, int mode) {
        return t.fileService().mkdir(path, mode);
    }

    @Override
    public int mknod(UserThread t, String path, int mode, long device) {
        return t.fileService().mknod(path, mode, device);
    }

    @Override
    public int rmdir(UserThread t, String path) {
        directories.clear();
        return t.fileService().rmdir(path);
    }

    @Override
    public int unlink(UserThread t, String path) {
        reap(t);
        return registry.isOpen(path) ? hide(t, path) : t.fileService().unlink(path);
    }

    @Override
    public int rename(UserThread t, String from, String to, int flags) {
        directories.clear();
        reap(t);
        boolean replacesOpen = flags == 0 && registry.isOpen(to) && replaces(t, from, to);
        String hidden = replacesOpen ? registry.hiddenName() : null;
        if (replacesOpen && t.fileService().rename(to, hidden, 0) == 0) {
            registry.renamed(to, hidden);
        }
        int error = t.fileService().rename(from, to, flags);
        if (error == 0 && flags != RENAME_EXCHANGE) {
            registry.renamed(from, to);
        } else if (replacesOpen && t.fileService().rename(hidden, to, 0) == 0) {
            registry.renamed(hidden, to);
        }
        return error;
    }

    /** Whether rename will really put one file in another's place. */
    private static boolean replaces(UserThread t, String from, String to) {
        FileService.Stat source = new FileService.Stat();
        FileService.Stat target = new FileService.Stat();
        return t.fileService().stat(from, false, source) == 0 && t.fileService().stat(to, false, target) == 0
                && !FileMode.isDirectory(source.mode) && source.ino != target.ino;
    }

    /** An open file loses this name but not its content. */
    private int hide(UserThread t, String path) {
        String hidden = registry.hiddenName();
        int error = t.fileService().rename(path, hidden, 0);
        if (error == 0) {
            registry.renamed(path, hidden);
        }
        return error;
    }

    @Override
    public void reap(UserThread t) {
        for (String path = registry.pollUnused(); path != null; path = registry.pollUnused()) {
            t.fileService().unlink(path);
        }
    }

    @Override
    public int link(UserThread t, String existing, String path) {
        return t.fileService().link(existing, path);
    }

    @Override
    public int symlink(UserThread t, String target, String path) {
        return t.fileService().symlink(target, path);
    }
}
