package org.legoos.managers.memory.ramfs;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.FileStore;
import org.legoos.managers.memory.UserFrames;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatfsRecord;

/**
 * The file system in a memory node (LegoOS's ramfs mode, CONFIG_USE_RAMFS, which knew just one program): a tree of
 * directories, files and symbolic links. File content takes frames of the node; names and inodes take Java memory
 * within a quota. One lock for all of it, held for short copies only (and while a file of the image is read for the
 * first time, on a worker). Results are 0 or more, or negative errnos. What concerns names is in {@link Names}.
 */
public final class Ramfs implements RegularFile.Home, FileStore {
    /** What O_DIRECT asks for. */
    private static final int SECTOR_BYTES = 512;
    private static final long RAMFS_MAGIC = 0x858458f6L;
    private static final long DEVICE = 0x15;
    private static final long MAX_METADATA_BYTES = 64L << 20;
    private static final long MIN_METADATA_BYTES = 1L << 20;
    private static final int METADATA_SHIFT = 4;
    private static final int INODE_COST_BYTES = 512;

    private final ReentrantLock mu = new ReentrantLock();
    private final PhysicalMemory memory;
    private final UserFrames frames;
    private final Clock clock;
    private final long maxPages;
    private final long maxMetadataBytes;
    private final ConcurrentLinkedQueue<RegularFile> unmapped = new ConcurrentLinkedQueue<>();
    private final Directory root;
    private volatile long pageCount; // changed with mu held
    private long metadataBytes; // guarded by mu
    private long nextIno = 1; // guarded by mu

    public Ramfs(PhysicalMemory memory, UserFrames frames, Clock clock) {
        this.memory = memory;
        this.frames = frames;
        this.clock = clock;
        this.maxPages = frames.totalBytes() / PhysicalMemory.PAGE_SIZE / 4 * 3;
        this.maxMetadataBytes =
                Math.clamp(frames.totalBytes() >>> METADATA_SHIFT, MIN_METADATA_BYTES, MAX_METADATA_BYTES);
        this.root = new Directory(nextIno++, 0755, 0, 0, clock.wallTimeNs(), null, "");
    }

    /**
     * Puts a file into the image, with the directories on its way. For the launcher, before anybody uses the file
     * system.
     */
    public int addFile(String guestPath, int permissions, RamfsImage image) {
        mu.lock();
        try {
            String path = asName(guestPath);
            int slash = path.lastIndexOf('/');
            int error = slash > 0 ? addDirectory(path.substring(0, slash), 0755) : 0;
            if (error != 0) {
                return error;
            }
            Names names = names(Caller.ROOT);
            error = names.create(path, permissions);
            if (error == 0) {
                ((RegularFile) names.created()).setImage(image);
            }
            return error;
        } finally {
            mu.unlock();
        }
    }

    /** Makes a directory and those above it; one that exists is fine. */
    public int addDirectory(String guestPath, int permissions) {
        mu.lock();
        try {
            String path = asName(guestPath);
            for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
                int error = names(Caller.ROOT).mkdir(path.substring(0, end), 0755);
                if (error != 0 && error != -Errno.EEXIST) {
                    return error;
                }
            }
            int error = names(Caller.ROOT).mkdir(path, permissions);
            return error == -Errno.EEXIST ? 0 : error;
        } finally {
            mu.unlock();
        }
    }

    /** A Java string as this file system keeps names: one char per byte. */
    private static String asName(String path) {
        return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    public int open(String path, int flags, int mode, Caller who) {
        return locked(() -> new OpenCall(this, who).open(path, flags, mode));
    }

    public int stat(String path, boolean follow, Caller who, MemorySegment to, long at) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, who);
            int error = existing(lookup, path, follow);
            if (error == 0) {
                fillStat(lookup.inode, to, at);
            }
            return error;
        });
    }

    private static void fillStat(Inode inode, MemorySegment to, long at) {
        StatRecord.DEV.set(to, at, DEVICE);
        StatRecord.INO.set(to, at, inode.ino);
        StatRecord.NLINK.set(to, at, inode.nlink);
        StatRecord.RDEV.set(to, at, inode instanceof SpecialFile special ? special.device : 0);
        StatRecord.SIZE.set(to, at, inode.sizeBytes());
        StatRecord.BLOCKS.set(to, at, inode.blocks());
        StatRecord.ATIME_NS.set(to, at, inode.atimeNs);
        StatRecord.MTIME_NS.set(to, at, inode.mtimeNs);
        StatRecord.CTIME_NS.set(to, at, inode.ctimeNs);
        StatRecord.MODE.set(to, at, inode.mode);
        StatRecord.UID.set(to, at, inode.uid);
        StatRecord.GID.set(to, at, inode.gid);
        StatRecord.BTIME_NS.set(to, at, inode.btimeNs);
        StatRecord.BLKSIZE.set(to, at, PhysicalMemory.PAGE_SIZE);
        StatRecord.DIRECT_MEMORY.set(to, at, SECTOR_BYTES); // as a disk's files: programs see their mistakes
        StatRecord.DIRECT_OFFSET.set(to, at, SECTOR_BYTES);
    }

    public int access(String path, int wanted, Caller who) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, who);
            int error = existing(lookup, path, true);
            return error != 0 || lookup.inode.allows(who, wanted) ? error : -Errno.EACCES;
        });
    }

    /** Reads as somebody who has the file open: no permission check. */
    public int read(String path, long offset, long toPa, int lengthBytes) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, Caller.ROOT);
            int error = regular(lookup, path);
            if (error != 0) {
                return error;
            }
            lookup.inode.atimeNs = clock.wallTimeNs();
            return ((RegularFile) lookup.inode).read(offset, toPa, lengthBytes);
        });
    }

    /**
     * @param append write at the end whatever offset says; @param newOffset gets the offset behind what was written
     * in [0]
     */
    public int write(String path, long offset, boolean append, long fromPa, int lengthBytes, long[] newOffset) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, Caller.ROOT);
            int error = regular(lookup, path);
            if (error != 0) {
                return error;
            }
            RegularFile file = (RegularFile) lookup.inode;
            long at = append ? file.sizeBytes() : offset;
            int written = file.write(at, fromPa, lengthBytes, clock.wallTimeNs());
            newOffset[0] = at + Math.max(0, written);
            return written;
        });
    }

    public int truncate(String path, long sizeBytes) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, Caller.ROOT);
            int error = regular(lookup, path);
            return error != 0 ? error : ((RegularFile) lookup.inode).truncate(sizeBytes, clock.wallTimeNs());
        });
    }

    /** @param nextPosition gets where to go on in [0]; @return bytes, or -EINVAL when not even one entry fits */
    public int getdents(String path, long position, MemorySegment to, long at, int lengthBytes, long[] nextPosition) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, Caller.ROOT);
            int error = existing(lookup, path, true);
            if (error != 0) {
                return error;
            }
            return lookup.inode instanceof Directory directory
                    ? Dirents.fill(directory, position, to, at, lengthBytes, nextPosition)
                    : -Errno.ENOTDIR;
        });
    }

    /** The target of a symbolic link, or null. */
    public String readlink(String path, Caller who) {
        mu.lock();
        try {
            Lookup lookup = new Lookup(root, who);
            return existing(lookup, path, false) == 0 && lookup.inode instanceof SymbolicLink link ? link.target : null;
        } finally {
            mu.unlock();
        }
    }

    public int setattr(String path, boolean follow, int mask, Caller who, MemorySegment from, long at) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, who);
            int error = existing(lookup, path, follow);
            return error != 0 ? error : Attributes.set(lookup.inode, mask, who, from, at, clock.wallTimeNs());
        });
    }

    /** A call on a file's extended attributes, made as a user. */
    public interface XattrCall {
        int run(Xattrs xattrs);
    }

    /** @param path without symbolic links but as last component, which is not followed */
    public int xattr(String path, Caller who, XattrCall call) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, who);
            int error = existing(lookup, path, false);
            return error != 0 ? error : call.run(new Xattrs(this, lookup.inode, who));
        });
    }

    /** SEEK_DATA and SEEK_HOLE of lseek(2). @param found gets the offset in [0] */
    public int seek(String path, long offset, int whence, long[] found) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, Caller.ROOT);
            int error = regular(lookup, path);
            found[0] = error != 0 ? error : ((RegularFile) lookup.inode).seek(offset, whence);
            return (int) Math.min(0, found[0]);
        });
    }

    /** @param mode FALLOC_FL_* */
    public int fallocate(String path, int mode, long offset, long lengthBytes) {
        return locked(() -> {
            Lookup lookup = new Lookup(root, Caller.ROOT);
            int error = regular(lookup, path);
            return error != 0 ? error
                    : new Allocation((RegularFile) lookup.inode).run(mode, offset, lengthBytes, clock.wallTimeNs());
        });
    }

    public int statfs(String path, MemorySegment to, long at) {
        return locked(() -> {
            int error = existing(new Lookup(root, Caller.ROOT), path, true);
            StatfsRecord.TYPE.set(to, at, RAMFS_MAGIC);
            StatfsRecord.BLOCK_SIZE.set(to, at, PhysicalMemory.PAGE_SIZE);
            StatfsRecord.BLOCKS.set(to, at, maxPages);
            StatfsRecord.BLOCKS_FREE.set(
                    to, at, Math.min(maxPages - pageCount, frames.freeBytes() / PhysicalMemory.PAGE_SIZE));
            StatfsRecord.FILES.set(to, at, maxMetadataBytes / INODE_COST_BYTES);
            StatfsRecord.FILES_FREE.set(to, at, (maxMetadataBytes - metadataBytes) / INODE_COST_BYTES);
            StatfsRecord.NAME_LENGTH.set(to, at, Lookup.MAX_NAME);
            return error;
        });
    }

    /** A call that changes names, made as a user. */
    public interface NameCall {
        int run(Names names);
    }

    public int names(Caller who, NameCall call) {
        return locked(() -> call.run(names(who)));
    }

    /** Looks up a regular file to map or execute, and reads its image in. */
    @Override
    public Found find(int vnode, String path, boolean forExec) {
        mu.lock();
        try {
            Lookup lookup = new Lookup(root, Caller.ROOT);
            int error = regular(lookup, path);
            if (error == 0 && forExec && !lookup.inode.allows(Caller.ROOT, Inode.MAY_EXEC)) {
                error = -Errno.EACCES;
            }
            if (error != 0) {
                return Found.failed(forExec && error == -Errno.EISDIR ? -Errno.EACCES : error);
            }
            RegularFile file = (RegularFile) lookup.inode;
            file.retain();
            return new Found(file, 0);
        } finally {
            mu.unlock();
        }
    }

    private interface Body {
        int run();
    }

    private int locked(Body body) {
        mu.lock();
        try {
            reap();
            return body.run();
        } finally {
            mu.unlock();
        }
    }

    Names names(Caller who) {
        return new Names(this, who);
    }

    Directory root() {
        return root;
    }

    Clock clock() {
        return clock;
    }

    /** Walks to something that must exist. */
    static int existing(Lookup lookup, String path, boolean follow) {
        int error = lookup.walk(path, follow);
        return error == 0 && lookup.inode == null ? -Errno.ENOENT : error;
    }

    /** Walks to a regular file and has its content in memory. */
    static int regular(Lookup lookup, String path) {
        int error = existing(lookup, path, true);
        if (error != 0) {
            return error;
        }
        return switch (lookup.inode) {
            case RegularFile file -> file.load();
            case Directory directory -> -Errno.EISDIR;
            case SymbolicLink link -> -Errno.ELOOP;
            case SpecialFile special -> -Errno.ENXIO;
        };
    }

    /** Takes quota for an inode or a name. */
    boolean charge(int lengthBytes) {
        if (metadataBytes + INODE_COST_BYTES + lengthBytes > maxMetadataBytes) {
            return false;
        }
        metadataBytes += INODE_COST_BYTES + lengthBytes;
        return true;
    }

    boolean hasRoom(int lengthBytes) {
        return metadataBytes + lengthBytes <= maxMetadataBytes;
    }

    /** Takes quota for what an inode keeps beside its name; less when negative. */
    boolean chargeMore(int lengthBytes) {
        boolean fits = lengthBytes <= 0 || hasRoom(lengthBytes);
        metadataBytes += fits ? lengthBytes : 0;
        return fits;
    }

    void uncharge(int lengthBytes) {
        metadataBytes -= INODE_COST_BYTES + lengthBytes;
    }

    long newIno() {
        return nextIno++;
    }

    /** An inode has lost a name. */
    void dropped(Inode inode) {
        inode.nlink -= inode instanceof Directory ? 2 : 1; // a directory goes with its "."
        inode.ctimeNs = clock.wallTimeNs();
        if (inode.nlink <= 0) {
            Xattrs.free(this, inode);
        }
        if (inode instanceof RegularFile file && file.isOrphan()) {
            file.freeAll();
        }
    }

    /** Frees deleted files whose last mapping is gone. */
    public void reap() {
        if (!unmapped.isEmpty() && mu.tryLock()) { // else somebody is at work here, and the next one reaps
            reapLocked();
        }
    }

    private void reapLocked() {
        try {
            for (RegularFile file = unmapped.poll(); file != null; file = unmapped.poll()) {
                file.isQueued.set(false);
                if (file.isOrphan()) {
                    file.freeAll();
                }
            }
        } finally {
            mu.unlock();
        }
    }

    public long fileBytes() {
        return pageCount * PhysicalMemory.PAGE_SIZE;
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public UserFrames frames() {
        return frames;
    }

    @Override
    public ReentrantLock mutex() {
        return mu;
    }

    @Override
    public long allocPage() {
        long pa = pageCount < maxPages ? frames.allocFrame() : 0;
        pageCount = pageCount + (pa != 0 ? 1 : 0);
        return pa;
    }

    @Override
    public void freePage(long framePa) {
        pageCount = pageCount - 1;
        frames.freeFrame(framePa);
    }

    @Override
    public long pagesFree() {
        return Math.min(maxPages - pageCount, frames.freeBytes() / PhysicalMemory.PAGE_SIZE);
    }

    @Override
    public void unmapped(RegularFile file) {
        if (file.isQueued.compareAndSet(false, true)) {
            unmapped.add(file);
        }
    }
}
