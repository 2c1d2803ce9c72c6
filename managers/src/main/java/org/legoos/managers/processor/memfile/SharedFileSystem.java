package org.legoos.managers.processor.memfile;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.FileSystem;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.mm.SharedMemory;

/** The tmpfs at /dev/shm: one directory of files, as shm_open(3) and sem_open(3) need it. Thread-safe. */
public final class SharedFileSystem extends FileSystem {
    private static final long TMPFS_MAGIC = 0x01021994;
    private static final int DEVICE = 20;
    private static final int ROOT_INO = 1;
    private static final int ROOT_MODE = FileMode.S_IFDIR | 01777;
    private static final int NAME_MAX = 255;
    private static final int R_OK = 4;
    private static final int W_OK = 2;

    /** Files there can be: more are ENOSPC. */
    private static final int FILES_MAX = 8192;
    private static final int RENAME_NOREPLACE = 1;

    private final TreeMap<String, MemoryInode> files = new TreeMap<>(); // guarded by this

    public SharedFileSystem() {
        super("/dev/shm", "tmpfs");
    }

    @Override
    public long magic() {
        return TMPFS_MAGIC;
    }

    /** As Linux's tmpfs: half of the memory at most. */
    @Override
    public int statfs(UserThread t, String path, FileService.StatFs to) {
        super.statfs(t, path, to);
        long used = 0;
        synchronized (this) {
            for (MemoryInode file : files.values()) {
                used += file.memory().residentBytes();
            }
            to.files = FILES_MAX;
            to.filesFree = FILES_MAX - files.size();
        }
        to.blocks = t.kernel().memory().sizeBytes() / 2 / to.blockBytes;
        long freeBytes = Math.min(to.blocks * to.blockBytes - used, t.kernel().frames().freeBytes());
        to.blocksFree = Math.max(0, freeBytes / to.blockBytes);
        return 0;
    }

    private boolean isRoot(String path) {
        return path.length() <= mountPoint().length();
    }

    private String nameOf(String path) {
        String name = path.substring(mountPoint().length() + 1);
        if (name.indexOf('/') >= 0) {
            throw SysError.of(find(name.substring(0, name.indexOf('/'))) == null ? Errno.ENOENT : Errno.ENOTDIR);
        }
        if (name.length() > NAME_MAX) {
            throw SysError.of(Errno.ENAMETOOLONG);
        }
        return name;
    }

    private synchronized MemoryInode find(String name) {
        return files.get(name);
    }

    private MemoryInode findPath(String path) {
        MemoryInode inode = find(nameOf(path));
        if (inode == null) {
            throw SysError.of(Errno.ENOENT);
        }
        return inode;
    }

    @Override
    public int stat(UserThread t, String path, FileService.Stat to) {
        if (isRoot(path)) {
            to.dev = DEVICE;
            to.ino = ROOT_INO;
            to.nlink = 2;
            to.mode = ROOT_MODE;
            to.uid = to.gid = 0;
            to.rdev = to.size = to.blocks = 0;
            to.blksize = FileService.Stat.PAGE_BLKSIZE;
            to.atimeNs = to.mtimeNs = to.ctimeNs = t.kernel().clock().wallTimeNs();
            return 0;
        }
        try {
            findPath(path).stat(to);
            return 0;
        } catch (SysError e) {
            return -e.errno();
        }
    }

    @Override
    public String readlink(UserThread t, String path) {
        throw SysError.of(Errno.EINVAL);
    }

    @Override
    public OpenFile open(UserThread t, String path, int flags, int mode) {
        boolean isPathOnly = (flags & OpenFlags.O_PATH) != 0;
        int access = flags & OpenFlags.O_ACCMODE;
        if (isRoot(path)) {
            if (access != OpenFlags.O_RDONLY && !isPathOnly || (flags & OpenFlags.O_CREAT) != 0) {
                throw SysError.of(Errno.EISDIR);
            }
            return new SharedDirectory(this, path, flags);
        }
        MemoryFile file = new MemoryFile(findOrMake(t, path, flags, mode), path, flags);
        boolean isTruncating = (flags & OpenFlags.O_TRUNC) != 0;
        int wanted = isPathOnly ? 0 : (access != OpenFlags.O_WRONLY ? R_OK : 0) | (access != OpenFlags.O_RDONLY || isTruncating ? W_OK : 0);
        FileService.Stat stat = new FileService.Stat();
        file.inode().stat(stat);
        boolean isNew = stat.nlink == 0;
        if (!isNew && !stat.allows(t.process().credentials(), wanted)) {
            file.release();
            throw SysError.of(Errno.EACCES);
        }
        if (isNew && !publish(nameOf(path), file)) {
            file.release();
            return open(t, path, flags, mode); // somebody was faster
        }
        if (isTruncating && !isPathOnly) {
            file.inode().resize(t, 0);
        }
        return file;
    }

    @Override
    public OpenFile openProgram(UserThread t, String path) {
        return isRoot(path) ? null : open(t, path, OpenFlags.O_PATH, 0);
    }

    private MemoryInode findOrMake(UserThread t, String path, int flags, int mode) {
        MemoryInode found = find(nameOf(path));
        boolean isMaking = (flags & OpenFlags.O_CREAT) != 0;
        if (found != null) {
            if (isMaking && (flags & OpenFlags.O_EXCL) != 0) {
                throw SysError.of(Errno.EEXIST);
            }
            if ((flags & OpenFlags.O_DIRECTORY) != 0) {
                throw SysError.of(Errno.ENOTDIR);
            }
            return found;
        }
        if (!isMaking) {
            throw SysError.of(Errno.ENOENT);
        }
        SharedMemory memory = t.process().manager().spaces().newSharedMemory(path, 0);
        if (memory == null) {
            throw SysError.of(Errno.ENOMEM);
        }
        return new MemoryInode(t, memory, DEVICE, mode, MemoryInode.F_SEAL_SEAL);
    }

    /** Gives a new file its name. @return false when the name is taken already */
    private boolean publish(String name, MemoryFile file) {
        boolean isFull;
        synchronized (this) {
            isFull = files.size() >= FILES_MAX;
            if (!isFull && files.putIfAbsent(name, file.inode()) != null) {
                return false;
            }
            if (!isFull) {
                file.inode().use(true);
            }
        }
        if (isFull) {
            file.release();
            throw SysError.of(Errno.ENOSPC);
        }
        return true;
    }

    @Override
    public int setattr(UserThread t, String path, boolean followLink, int mask, FileService.Stat to) {
        return isRoot(path) ? -Errno.EPERM : findPath(path).setattr(t, mask, to);
    }

    @Override
    public int truncate(UserThread t, String path, long sizeBytes) {
        return isRoot(path) ? -Errno.EISDIR : findPath(path).resize(t, sizeBytes);
    }

    /** The directory is sticky: a name is its file's owner's, and root's. */
    private static boolean mayRemove(UserThread t, MemoryInode inode) {
        FileService.Stat stat = new FileService.Stat();
        inode.stat(stat);
        Credentials who = t.process().credentials();
        return who.fsuid == stat.uid || who.fsuid == 0 || who.has(Capability.CAP_FOWNER);
    }

    @Override
    public int unlink(UserThread t, String path) {
        String name = nameOf(path);
        MemoryInode inode = find(name);
        if (inode == null) {
            return -Errno.ENOENT;
        }
        if (!mayRemove(t, inode)) {
            return -Errno.EPERM;
        }
        synchronized (this) {
            if (!files.remove(name, inode)) {
                return -Errno.ENOENT; // somebody was faster
            }
        }
        inode.drop(true);
        return 0;
    }

    @Override
    public int link(UserThread t, String existing, String path) {
        MemoryInode inode = findPath(existing);
        synchronized (this) {
            if (files.putIfAbsent(nameOf(path), inode) != null) {
                return -Errno.EEXIST;
            }
            inode.use(true);
        }
        return 0;
    }

    @Override
    public int rename(UserThread t, String from, String to, int flags) {
        MemoryInode replaced;
        synchronized (this) {
            MemoryInode inode = findPath(from);
            replaced = files.get(nameOf(to));
            if (!mayRemove(t, inode) || replaced != null && !mayRemove(t, replaced)) {
                return -Errno.EPERM;
            }
            if (replaced == inode || (flags & ~RENAME_NOREPLACE) != 0) {
                return flags > RENAME_NOREPLACE ? -Errno.EINVAL : 0;
            }
            if (replaced != null && flags == RENAME_NOREPLACE) {
                return -Errno.EEXIST;
            }
            files.remove(nameOf(from));
            files.put(nameOf(to), inode);
        }
        if (replaced != null) {
            replaced.drop(true);
        }
        return 0;
    }

    synchronized List<String> names() {
        return new ArrayList<>(files.keySet());
    }
}
