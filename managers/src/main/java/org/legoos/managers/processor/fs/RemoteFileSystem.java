package org.legoos.managers.processor.fs;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final long PAGE_BYTES = 4096;
    /** Of a copy that is executed: whether somebody may was asked before. */
    private static final int COPY_MODE = 0755;

    private record Known(int mode, long ino, long untilNs) {}

    private final Clock clock;
    private final boolean isRamfs;
    private final OwnClient own;
    private final OpenRegistry registry;
    private final DirectoryNames inUse = new DirectoryNames();
    private final ConcurrentHashMap<String, Known> directories = new ConcurrentHashMap<>();

    /** @param newClient makes a client that asks in root's name */
    public RemoteFileSystem(Clock clock, int node, boolean isRamfs, Supplier<FileService> newClient) {
        super("/", isRamfs ? "ramfs" : "legofs");
        this.clock = clock;
        this.isRamfs = isRamfs;
        this.own = new OwnClient(newClient);
        this.registry = new OpenRegistry(node);
    }

    OpenRegistry registry() {
        return registry;
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
        int error = isRamfs || !t.fileService().takeStat(path, to) ? t.fileService().stat(path, false, to) : 0;
        if (error == 0 && FileMode.isDirectory(to.mode)) {
            if (directories.size() >= DIRECTORIES_MAX) {
                directories.clear();
            }
            directories.put(path, new Known(to.mode, to.ino, clock.nowNs() + REMEMBERED_NS));
        }
        if (error == 0 && FileMode.isRegular(to.mode)) {
            FileNode node = registry.findNode(to.dev, to.ino);
            if (node != null && settle(t, node, path)) {
                error = t.fileService().stat(path, false, to);
            }
        }
        return error;
    }

    /** Has the servers know what was written through this node. @return whether they did not yet */
    boolean settle(UserThread t, FileNode node, String path) {
        node.collect(0, Long.MAX_VALUE);
        boolean wasDirty = node.isDirty() && !isRamfs;
        if (wasDirty) {
            node.setDirty(false); // before: a write that comes meanwhile makes it dirty again
            t.fileService().writeBack(node, path, false);
        }
        return wasDirty;
    }

    /** An open file has lost its last descriptor. */
    void closed(RemoteFile file, boolean wasWriter) {
        FileNode node = file.node();
        boolean isGone = registry.closed(file);
        boolean sends = !isRamfs && (isGone || wasWriter && node.isDirty());
        if (sends) {
            node.setDirty(false);
            own.ask(client -> client.writeBack(node, file.path(), isGone));
        }
        if (isGone && own.ask(client -> client.unlink(file.path())) != 0) {
            registry.addUnused(file.path());
        }
        registry.forget(node);
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
    public boolean walksPaths() {
        return !isRamfs;
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
        if ((flags & OpenFlags.O_PATH) != 0) {
            return openPath(t, path, flags);
        }
        FileService.Stat stat = new FileService.Stat();
        // The page cache must know of a truncation, so it is made by a message of its own.
        boolean isTruncating = (flags & OpenFlags.O_TRUNC) != 0;
        boolean onlyReads = (flags & OpenFlags.O_ACCMODE) == OpenFlags.O_RDONLY;
        // It takes the right to write, though, whatever the file is opened for.
        int wanted = isRamfs ? flags : flags & ~OpenFlags.O_TRUNC | (isTruncating && onlyReads ? OpenFlags.O_RDWR : 0);
        SysError.check(t.fileService().open(path, wanted, mode, stat));
        if (FileMode.isDirectory(stat.mode)) {
            if (!onlyReads || isTruncating) {
                throw SysError.of(Errno.EISDIR);
            }
            return new RemoteDirectory(directoryName(path), flags);
        }
        int type = stat.mode & FileMode.S_IFMT;
        if (type != FileMode.S_IFREG) {
            if (type == FileMode.S_IFIFO) {
                return t.process().manager().fifos().open(t, path, flags, stat);
            }
            String device = DeviceNames.of(type, stat.rdev);
            if (device != null) {
                return t.process().manager().vfs().at(device).open(t, device, flags & ~OpenFlags.O_CREAT, 0);
            }
            throw SysError.of(Errno.ENXIO); // a socket, or a device that is not here
        }
        return openFile(t, path, flags, stat);
    }

    /** O_PATH: whatever is there, a symbolic link too. */
    private OpenFile openPath(UserThread t, String path, int flags) {
        FileService.Stat stat = new FileService.Stat();
        statOrThrow(t, path, stat);
        if (FileMode.isDirectory(stat.mode)) {
            return new RemoteDirectory(directoryName(path), flags);
        }
        if ((flags & OpenFlags.O_DIRECTORY) != 0) {
            throw SysError.of(Errno.ENOTDIR);
        }
        return openFile(t, path, flags, stat);
    }

    @Override
    public DirectoryName directoryName(String path) {
        return inUse.get(path);
    }

    private OpenFile openFile(UserThread t, String path, int flags, FileService.Stat stat) {
        FileNode node = registry.node(stat.dev, stat.ino);
        boolean isPath = (flags & OpenFlags.O_PATH) != 0;
        boolean writes = !isPath && (flags & OpenFlags.O_ACCMODE) != OpenFlags.O_RDONLY;
        if (writes && !node.writeCount().allowWriter()) {
            registry.forget(node);
            throw SysError.of(Errno.ETXTBSY);
        }
        if (!node.isDirty()) {
            node.seen(stat.size, stat.mtimeNs);
        }
        RemoteFile file = new RemoteFile(this, node, path, flags, stat);
        node.seenMode(stat.mode);
        if (!isPath && (flags & OpenFlags.O_TRUNC) != 0) {
            dropSetId(t, node, path);
            int error = truncated(t, node, path, stat.size);
            if (error != 0) {
                file.release();
                throw SysError.of(-error);
            }
        }
        return file;
    }

    private int truncated(UserThread t, FileNode node, String path, long sizeBytes) {
        if (!isRamfs && (sizeBytes > 0 || node.isDirty())) {
            return truncate(t, node, path, 0);
        }
        return node.change(0, PAGE_BYTES, true, () -> 0);
    }

    @Override
    public Execution execute(String path, FileService.Stat stat) {
        FileNode node = registry.node(stat.dev, stat.ino);
        if (!node.writeCount().allowExecution()) {
            registry.forget(node);
            return null;
        }
        if (!node.isDirty()) {
            node.seen(stat.size, stat.mtimeNs);
        }
        return new Execution(new RemoteFile(this, node, path, OpenFlags.O_RDONLY, stat), node.writeCount());
    }

    /** A file without a name in the caller's, for him to fill; {@link #execute(UserThread, OpenFile, Execution.Text, String)} ends it. */
    public OpenFile newCopy(UserThread t) {
        return tmpfile(t, mountPoint(), OpenFlags.O_WRONLY | OpenFlags.O_EXCL, COPY_MODE);
    }

    /**
     * Begins the execution of a copy of something that is not in this file system: memory nodes load programs from files.
     *
     * @param copy full, open for writing; is closed here
     * @param text what it is a copy of, with one execution more
     * @param shownPath what /proc shows as its name
     */
    public Execution execute(UserThread t, OpenFile copy, Execution.Text text, String shownPath) {
        RemoteFile file;
        try {
            file = (RemoteFile) open(t, copy.path(), OpenFlags.O_RDONLY, 0);
        } finally {
            copy.release();
        }
        file.showAs(shownPath);
        settle(t, file.node(), file.path());
        return new Execution(file, text);
    }

    @Override
    public int setattr(UserThread t, String path, boolean followLink, int mask, FileService.Stat to) {
        int error = t.fileService().setattr(path, followLink, mask, to);
        if (error == 0 && (mask & FileService.SET_MODE) != 0) {
            SetIdBits.noticeMode(t.fileService(), registry, path, to.mode);
        }
        return error;
    }

    /** Before the thread changes the content. */
    void dropSetId(UserThread t, FileNode node, String path) {
        if (SetIdBits.goBy(t, node)) {
            own.ask(client -> SetIdBits.drop(client, node, path));
        }
    }

    @Override
    public int truncate(UserThread t, String path, long sizeBytes) {
        FileService.Stat stat = new FileService.Stat();
        int error = t.fileService().stat(path, false, stat);
        if (error != 0) {
            return error;
        }
        FileNode node = registry.node(stat.dev, stat.ino);
        node.seenMode(stat.mode);
        try {
            dropSetId(t, node, path);
            return node.writeCount().isExecuting() ? -Errno.ETXTBSY : truncate(t, node, path, sizeBytes);
        } finally {
            registry.forget(node);
        }
    }

    int truncate(UserThread t, FileNode node, String path, long sizeBytes) {
        long cutPage = sizeBytes & -PAGE_BYTES;
        node.takeFresh(); // what was seen at open is not true any more
        return node.change(cutPage, cutPage + PAGE_BYTES, true, () -> t.fileService().truncate(node, path, sizeBytes));
    }

    int fallocate(FileService client, RemoteFile file, int mode, long offset, long lengthBytes) {
        file.node().takeFresh();
        int error = client.holding().fallocate(file.path(), mode, offset, lengthBytes);
        if (error == 0 && !isRamfs) {
            client.dropCache(file.node(), file.path());
        }
        return error;
    }

    /** fsync in nobody's name. */
    int fsync(RemoteFile file) {
        return own.ask(client -> client.fsync(file.node(), file.path(), false));
    }

    /** FALLOC_FL_PUNCH_HOLE in nobody's name. */
    int punch(RemoteFile file, long offset, long lengthBytes) {
        FileNode node = file.node();
        node.collect(0, Long.MAX_VALUE);
        return node.change(offset, offset + lengthBytes, false, () -> own.ask(client -> {
            client.writeBack(node, file.path(), false);
            return fallocate(client, file, PUNCH_HOLE | KEEP_SIZE, offset, lengthBytes);
        }));
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
        FileService.Stat last = new FileService.Stat();
        boolean isInUse = inUse.has(path) && t.fileService().stat(path, false, last) == 0;
        int error = t.fileService().rmdir(path);
        if (error == 0 && isInUse) {
            inUse.removed(path, last);
        }
        return error;
    }

    @Override
    public int unlink(UserThread t, String path) {
        reap(t);
        settleBelow(t, path);
        if (registry.isOpen(path)) {
            return hide(t, path);
        }
        int error = t.fileService().unlink(path);
        forgetRemoved(t, error);
        return error;
    }

    private void forgetRemoved(UserThread t, int error) {
        FileIdentity gone = isRamfs || error != 0 ? null : t.fileService().takeRemoved();
        if (gone != null) {
            t.fileService().forget(gone);
        }
    }

    @Override
    public int rename(UserThread t, String from, String to, int flags) {
        directories.clear();
        reap(t);
        settleBelow(t, from);
        boolean replacesOpen = registry.isOpen(to) && Renames.replaces(t, from, to, flags);
        String hidden = replacesOpen ? registry.hiddenName() : null;
        if (replacesOpen && t.fileService().rename(to, hidden, 0) == 0) {
            moved(t, to, hidden);
        }
        FileService.Stat replaced = new FileService.Stat();
        boolean replacesUsed = inUse.has(to) && t.fileService().stat(to, false, replaced) == 0;
        int error = t.fileService().rename(from, to, flags);
        forgetRemoved(t, error);
        if (error == 0 && flags == Renames.EXCHANGE) {
            registry.exchanged(from, to);
            inUse.exchanged(from, to);
            tellNames(t, from);
            tellNames(t, to);
        } else if (error == 0) {
            if (replacesUsed) {
                inUse.removed(to, replaced);
            }
            inUse.renamed(from, to);
            moved(t, from, to);
        } else if (replacesOpen && t.fileService().rename(hidden, to, 0) == 0) {
            moved(t, hidden, to);
        }
        return error;
    }

    private void moved(UserThread t, String from, String to) {
        registry.renamed(from, to);
        tellNames(t, to);
    }

    /** What is written back later goes to a name: the right one. */
    private void settleBelow(UserThread t, String name) {
        if (!isRamfs) {
            registry.below(name).forEach(file -> settle(t, file.node(), file.path()));
        }
    }

    private void tellNames(UserThread t, String name) {
        if (!isRamfs) {
            registry.below(name).forEach(file -> t.fileService().writeBack(file.node(), file.path(), false));
        }
    }

    /** An open file loses this name but not its content. */
    private int hide(UserThread t, String path) {
        String hidden = registry.hiddenName();
        int error = t.fileService().rename(path, hidden, 0);
        if (error == 0) {
            moved(t, path, hidden);
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
        if (OpenRegistry.isHidden(existing) && !existing.endsWith(OpenRegistry.LINKABLE)) {
            return -Errno.ENOENT; // it lost its last name, and gets none again
        }
        return t.fileService().link(existing, path);
    }

    @Override
    public int symlink(UserThread t, String target, String path) {
        return t.fileService().symlink(target, path);
    }

    @Override
    public boolean hasXattrs() {
        return true;
    }

    @Override
    public FileHandles handles() {
        return registry.handles();
    }

    @Override
    public OpenFile tmpfile(UserThread t, String directory, int flags, int mode) {
        FileService.Stat stat = new FileService.Stat();
        statOrThrow(t, directory, stat);
        if (!FileMode.isDirectory(stat.mode)) {
            throw SysError.of(Errno.ENOTDIR);
        }
        boolean isLinkable = (flags & OpenFlags.O_EXCL) == 0;
        String name = registry.hiddenName() + (isLinkable ? OpenRegistry.LINKABLE : "");
        int wanted = flags & ~(OpenFlags.O_TMPFILE | OpenFlags.O_DIRECTORY) | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
        return open(t, name, wanted, mode);
    }
}
