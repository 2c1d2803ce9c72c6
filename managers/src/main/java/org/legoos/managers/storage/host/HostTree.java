package org.legoos.managers.storage.host;

import java.util.Set;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.kernel.syscall.Errno;

/**
 * A directory of the host and what is below it; nothing else can be reached through it. Directories are opened by full
 * path, anew for every request, without following any symbolic link, so that no descriptor outlives a directory's
 * being moved elsewhere by somebody on the host: by openat2(RESOLVE_BENEATH) where the kernel has it, else component
 * by component with O_NOFOLLOW. Paths are absolute in the tree ("/" is the directory itself) and hold no "." or "..".
 *
 * <p>File systems that show the host's kernel (proc, sysfs, cgroups ...) appear as empty directories, and so does a /dev that
 * is mounted: a vNode has its own.
 */
public final class HostTree implements AutoCloseable {
    private static final int OPEN_DIRECTORY = HostFs.O_PATH | HostFs.O_DIRECTORY | HostFs.O_NOFOLLOW;
    private static final int BENEATH =
            HostFs.RESOLVE_BENEATH | HostFs.RESOLVE_NO_SYMLINKS | HostFs.RESOLVE_NO_MAGICLINKS;

    /** f_type of file systems that are windows to the kernel (linux/magic.h). */
    private static final Set<Long> KERNEL_FILE_SYSTEMS = Set.of(
            0x9fa0L, // proc
            0x62656572L, // sysfs
            0x64626720L, // debugfs
            0x74726163L, // tracefs
            0x73636673L, // securityfs
            0x27e0ebL, // cgroup
            0x63677270L, // cgroup2
            0x1cd1L, // devpts
            0x6165676cL, // pstore
            0xde5e81e4L, // efivarfs
            0xcafe4a11L, // bpf
            0x62656570L, // configfs
            0x19800202L, // mqueue
            0xf97cff8cL, // selinuxfs
            0x42494e4dL, // binfmt_misc
            0x65735543L, // fusectl
            0x6e736673L); // nsfs
    private static final String MOUNTED_DEV = "/dev";

    /** How paths are opened; WALK is for hosts without openat2. */
    public enum Method { OPENAT2, WALK }

    private final int rootFd;
    private final long device;
    private final boolean hidesDev;
    private volatile Method method;

    private HostTree(int rootFd, long device, Method method) {
        this.rootFd = rootFd;
        this.device = device;
        this.method = method;
        HostStat dev = new HostStat();
        this.hidesDev = HostFs.stat(rootFd, "dev", dev) == 0 && dev.isDirectory() && dev.device() != device;
    }

    /** @param directory its path on the host, links followed. @return the tree, or null with errno[0] set */
    public static HostTree open(String directory, Method method, int[] errno) {
        int fd = HostFs.openat(HostFs.AT_FDCWD, directory, HostFs.O_PATH | HostFs.O_DIRECTORY, 0);
        HostStat stat = new HostStat();
        int error = fd < 0 ? fd : HostFs.stat(fd, "", stat);
        if (error < 0) {
            HostFs.close(fd);
            errno[0] = -error;
            return null;
        }
        return new HostTree(fd, stat.device(), method);
    }

    /** The device that the tree's directory lies on. */
    public long device() {
        return device;
    }

    public int rootFd() {
        return rootFd;
    }

    /**
     * Opens a directory with O_PATH.
     *
     * @return a descriptor that the caller closes, or -ENOENT, -ENOTDIR, -ELOOP (a symbolic link on the way or at the
     *     end), -EACCES, -ENAMETOOLONG; -ENOENT for what must appear empty and what is in it
     */
    public int openDirectory(String path) {
        if (path.length() <= 1) {
            return HostFs.openat(rootFd, ".", OPEN_DIRECTORY, 0);
        }
        if (method == Method.OPENAT2) {
            int fd = HostFs.openat2(rootFd, path.substring(1), OPEN_DIRECTORY, 0, BENEATH | HostFs.RESOLVE_NO_XDEV);
            if (fd != -Errno.ENOSYS && fd != -Errno.EPERM && fd != -Errno.EXDEV && fd != -Errno.EAGAIN) {
                return fd == -Errno.ENOTDIR ? notDirectory(path) : fd;
            }
            if (fd == -Errno.ENOSYS || fd == -Errno.EPERM) { // an old kernel, or a sandbox that forbids what it does not know
                method = Method.WALK;
            }
        }
        return walk(path);
    }

    /** Opens whatever is there with O_PATH, in one call. @return a descriptor, or a negative errno, also where {@link #openDirectory} must look */
    int openPath(String path) {
        return method != Method.OPENAT2 ? -Errno.ENOSYS
                : HostFs.openat2(rootFd, path.substring(1), HostFs.O_PATH | HostFs.O_NOFOLLOW, 0, BENEATH | HostFs.RESOLVE_NO_XDEV);
    }

    /** openat2 says ENOTDIR for a symbolic link where a directory must be. */
    private int notDirectory(String path) {
        int slash = path.lastIndexOf('/');
        int parentFd = HostFs.openat2(rootFd, slash == 0 ? "." : path.substring(1, slash), OPEN_DIRECTORY, 0, BENEATH);
        HostStat stat = new HostStat();
        boolean isLink = parentFd >= 0 && HostFs.stat(parentFd, path.substring(slash + 1), stat) == 0 && stat.isLink();
        HostFs.close(parentFd);
        return isLink ? -Errno.ELOOP : -Errno.ENOTDIR;
    }

    private int walk(String path) {
        int fd = HostFs.openat(rootFd, ".", OPEN_DIRECTORY, 0);
        HostStat stat = new HostStat();
        long at = device;
        int start = 1;
        while (start <= path.length() && fd >= 0) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            int next = step(fd, path.substring(start, end));
            HostFs.close(fd);
            fd = next;
            if (fd >= 0 && HostFs.stat(fd, "", stat) == 0 && stat.device() != at) {
                at = stat.device();
                if (isKernels(fd) || hidesDev && path.substring(0, end).equals(MOUNTED_DEV)) {
                    HostFs.close(fd);
                    return -Errno.ENOENT;
                }
            }
            start = end + 1;
        }
        return fd;
    }

    private static int step(int fd, String name) {
        int next = HostFs.openat(fd, name, OPEN_DIRECTORY, 0);
        if (next == -Errno.ENOTDIR || next == -Errno.ELOOP) {
            HostStat stat = new HostStat();
            return HostFs.stat(fd, name, stat) == 0 && stat.isLink() ? -Errno.ELOOP : -Errno.ENOTDIR;
        }
        return next;
    }

    /** Whether what is open lies on a file system that shows the host's kernel. */
    static boolean isKernels(int fd) {
        long[] statfs = new long[1];
        return HostFs.statfs(fd, statfs) == 0 && KERNEL_FILE_SYSTEMS.contains(statfs[0]);
    }

    /** Whether a file lies on another file system than its layer. */
    static boolean isForeign(Layers layers, HostStat stat) {
        return (layers.upper == null || stat.device() != layers.upper.device)
                && (layers.lower == null || stat.device() != layers.lower.device);
    }

    @Override
    public void close() {
        HostFs.close(rootFd);
    }
}
