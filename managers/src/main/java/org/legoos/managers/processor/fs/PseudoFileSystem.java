package org.legoos.managers.processor.fs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;

/** A read-only tree of {@link PseudoNode}s under a mount point. */
public final class PseudoFileSystem extends FileSystem {
    private static final String PROC = "/proc/";

    private final PseudoNode.Directory root;
    private final long magic;
    private final int device;

    public PseudoFileSystem(String mountPoint, String type, long magic, int device, PseudoNode.Directory root) {
        super(mountPoint, type);
        this.magic = magic;
        this.device = device;
        this.root = root;
    }

    @Override
    public long magic() {
        return magic;
    }

    /** The node, or ENOENT, ENOTDIR. */
    PseudoNode find(UserThread t, String path) {
        PseudoNode node = root;
        for (String name : path.substring(mountPoint().length()).split("/")) {
            if (name.isEmpty()) {
                continue;
            }
            if (!(node instanceof PseudoNode.Directory directory)) {
                throw SysError.of(Errno.ENOTDIR);
            }
            node = directory.lookup(t, name);
            if (node == null) {
                throw SysError.of(Errno.ENOENT);
            }
        }
        return node;
    }

    @Override
    public int stat(UserThread t, String path, FileService.Stat to) {
        try {
            fill(t, path, find(t, path), to);
            return 0;
        } catch (SysError e) {
            return -e.errno();
        }
    }

    void fill(UserThread t, String path, PseudoNode node, FileService.Stat to) {
        Credentials owner = ownerOf(t, path);
        to.dev = device;
        to.ino = 1 + (path.hashCode() & 0x7fffffffL);
        to.mode = node.mode();
        to.nlink = node instanceof PseudoNode.Directory ? 2 : 1;
        to.uid = owner == null ? 0 : owner.euid;
        to.gid = owner == null ? 0 : owner.egid;
        to.rdev = node instanceof PseudoNode.Device deviceNode ? deviceNode.rdev() : 0;
        to.size = 0;
        to.blocks = 0;
        to.blksize = FileService.Stat.PAGE_BLKSIZE;
        to.atimeNs = to.mtimeNs = to.ctimeNs = t.kernel().clock().wallTimeNs();
        if (node instanceof PseudoNode.Device deviceNode) {
            deviceNode.attributes().fill(to);
        }
    }

    /** Whose /proc/PID a path is below; null for root's. A process that may not be looked into is root's (PR_SET_DUMPABLE). */
    private static Credentials ownerOf(UserThread t, String path) {
        if (!path.startsWith(PROC)) {
            return null;
        }
        int end = path.indexOf('/', PROC.length());
        String number = path.substring(PROC.length(), end < 0 ? path.length() : end);
        boolean isNumber = !number.isEmpty() && number.length() <= 6 && number.chars().allMatch(c -> c >= '0' && c <= '9');
        Process process = isNumber ? t.process().manager().find(Integer.parseInt(number)) : null;
        boolean isOwned = process != null && (process.flags().isDumpable() || end < 0);
        return isOwned ? process.credentials() : null;
    }

    @Override
    public String readlink(UserThread t, String path) {
        if (find(t, path) instanceof PseudoNode.Link link) {
            return link.target().apply(t);
        }
        throw SysError.of(Errno.EINVAL);
    }

    @Override
    public boolean isMagicLink(UserThread t, String path) {
        return find(t, path) instanceof PseudoNode.Link link && link.jump() != null;
    }

    @Override
    public OpenFile openProgram(UserThread t, String path) {
        return isMagicLink(t, path) ? open(t, path, OpenFlags.O_PATH, 0) : null;
    }

    @Override
    public OpenFile open(UserThread t, String path, int flags, int mode) {
        PseudoNode node = findOrRefuse(t, path, flags);
        boolean isPathOnly = (flags & OpenFlags.O_PATH) != 0;
        boolean isWrite = (flags & OpenFlags.O_ACCMODE) != OpenFlags.O_RDONLY && !isPathOnly;
        if ((flags & OpenFlags.O_DIRECTORY) != 0 && !(node instanceof PseudoNode.Directory)) {
            throw SysError.of(Errno.ENOTDIR);
        }
        return switch (node) {
            case PseudoNode.Directory directory -> {
                if (isWrite) {
                    throw SysError.of(Errno.EISDIR);
                }
                yield new PseudoDirectoryFile(this, directory, path, flags);
            }
            case PseudoNode.Text text -> {
                if (isWrite && (text.permissions() & 0222) == 0) {
                    throw SysError.of(Errno.EACCES);
                }
                yield new PseudoTextFile(this, text, path, flags, isPathOnly ? new byte[0] : text.content().apply(t));
            }
            case PseudoNode.Link link -> {
                if (link.jump() == null) {
                    throw SysError.of(Errno.ELOOP);
                }
                yield link.jump().open(t, path, flags);
            }
            case PseudoNode.Made made -> made.opener().open(t, path, flags);
            case PseudoNode.Device deviceNode -> deviceNode.opener().open(t, path, flags);
        };
    }

    private PseudoNode findOrRefuse(UserThread t, String path, int flags) {
        try {
            PseudoNode node = find(t, path);
            if ((flags & (OpenFlags.O_CREAT | OpenFlags.O_EXCL)) == (OpenFlags.O_CREAT | OpenFlags.O_EXCL)) {
                throw SysError.of(Errno.EEXIST);
            }
            return node;
        } catch (SysError e) {
            boolean isMaking = e.errno() == Errno.ENOENT && (flags & OpenFlags.O_CREAT) != 0;
            throw isMaking ? SysError.of(Errno.EACCES) : e;
        }
    }

    /** Nothing can be made here; Linux's proc has no such operation and says ENOENT for names that are not there. */
    @Override
    public int mkdir(UserThread t, String path, int mode) {
        return mountPoint().equals("/proc") ? -Errno.ENOENT : -Errno.EPERM;
    }

    /** Of a device; or chmod("/proc/self/fd/3"): of what is open there, as tar and glibc's fchmodat do it. */
    @Override
    public int setattr(UserThread t, String path, boolean followLink, int mask, FileService.Stat to) {
        if (find(t, path) instanceof PseudoNode.Device deviceNode) {
            return deviceNode.attributes().set(t.process().credentials(), mask, to);
        }
        if (!isMagicLink(t, path)) {
            return super.setattr(t, path, followLink, mask, to);
        }
        OpenFile file = open(t, path, OpenFlags.O_PATH, 0);
        try {
            return file.setattr(t, mask, to);
        } finally {
            file.release();
        }
    }

    @Override
    public int truncate(UserThread t, String path, long sizeBytes) {
        if (!isMagicLink(t, path)) {
            return super.truncate(t, path, sizeBytes);
        }
        OpenFile file = open(t, path, OpenFlags.O_WRONLY, 0);
        try {
            return file.truncate(t, sizeBytes);
        } finally {
            file.release();
        }
    }
}
