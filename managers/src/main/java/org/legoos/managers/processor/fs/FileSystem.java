package org.legoos.managers.processor.fs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;

/**
 * A mounted file system. Paths are absolute in the process's name space, without ".", ".." or symbolic
 * links but for the last component. Results are 0 or negative errnos; what a file system cannot do at all
 * is EPERM or EROFS as Linux's pseudo file systems answer.
 */
public abstract class FileSystem {
    private final String mountPoint;
    private final String type;

    protected FileSystem(String mountPoint, String type) {
        this.mountPoint = mountPoint;
        this.type = type;
    }

    /** "/" or "/proc": without a slash at the end but for the root. */
    public final String mountPoint() {
        return mountPoint;
    }

    /** As /proc/mounts shows it. */
    public final String type() {
        return type;
    }

    /** f_type of statfs. */
    public abstract long magic();

    /** statfs(2); sizes are zero for what has none. */
    public int statfs(UserThread t, String path, FileService.StatFs to) {
        to.type = magic();
        to.blockBytes = FileService.Stat.PAGE_BLKSIZE;
        return 0;
    }

    /** lstat(2). @return 0 or a negative errno */
    public abstract int stat(UserThread t, String path, FileService.Stat to);

    /** For path walks: as stat, but only the mode must be filled in, and a short memory is allowed. */
    public int lookup(UserThread t, String path, FileService.Stat to) {
        return stat(t, path, to);
    }

    /** The target of a symbolic link. */
    public abstract String readlink(UserThread t, String path);

    /** Whether opening this link goes to an object and not to a path (/proc/self/fd/3). */
    public boolean isMagicLink(UserThread t, String path) {
        return false;
    }

    /** Opens (and creates) a file; the last component is not a symbolic link, unless it is a magic one. */
    public abstract OpenFile open(UserThread t, String path, int flags, int mode);

    /**
     * Begins the execution of a regular file.
     *
     * @param stat what {@link #stat} says of it
     * @return null while somebody may write to it (ETXTBSY)
     */
    public Execution execute(String path, FileService.Stat stat) {
        throw SysError.of(Errno.EACCES);
    }

    /**
     * What is behind a path that is no path of the root file system: a magic link's object or a file in shared memory.
     *
     * @return null when the path is all there is to it
     */
    public OpenFile openProgram(UserThread t, String path) {
        return null;
    }

    /** Whether {@link FileService#lookup} walks its paths. */
    public boolean walksPaths() {
        return false;
    }

    public int setattr(UserThread t, String path, boolean followLink, int mask, FileService.Stat to) {
        return -Errno.EPERM;
    }

    public int truncate(UserThread t, String path, long sizeBytes) {
        return -Errno.EACCES;
    }

    public int mkdir(UserThread t, String path, int mode) {
        return -Errno.EPERM;
    }

    /** mknod(2) of FIFOs, sockets and devices: {@code mode} has the type, the umask is taken off. */
    public int mknod(UserThread t, String path, int mode, long device) {
        return -Errno.EPERM;
    }

    public int rmdir(UserThread t, String path) {
        return -Errno.EPERM;
    }

    public int unlink(UserThread t, String path) {
        return -Errno.EPERM;
    }

    public int rename(UserThread t, String from, String to, int flags) {
        return -Errno.EPERM;
    }

    public int link(UserThread t, String existing, String path) {
        return -Errno.EPERM;
    }

    public int symlink(UserThread t, String target, String path) {
        return -Errno.EPERM;
    }

    /** Whether files here may have extended attributes, by the file service. */
    public boolean hasXattrs() {
        return false;
    }

    /** What name_to_handle_at(2) has given handles for, or null: files here have none. */
    public FileHandles handles() {
        return null;
    }

    /** Opens a new file that has no name (O_TMPFILE) in a directory. */
    public OpenFile tmpfile(UserThread t, String directory, int flags, int mode) {
        throw SysError.of(Errno.EOPNOTSUPP);
    }

    /** A process has closed its files: what was kept for them may go. */
    public void reap(UserThread t) {}

    /** stat or throw. */
    public final void statOrThrow(UserThread t, String path, FileService.Stat to) {
        SysError.check(stat(t, path, to));
    }

    /** A directory, as what stays of it while it is in use. */
    public DirectoryName directoryName(String path) {
        return new DirectoryName(path);
    }
}
