package org.legoos.managers.memory.pgcache;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.legoos.fit.Ibapi;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.FileStore;
import org.legoos.managers.memory.UserFrames;

/**
 * The page cache of a memory node (managers/memory/pgcache in the original): content of a storage node's files, which
 * read, write and mappings share. It lives on this one node only. Lines of 256 KiB are replaced by LIRS with the
 * original's numbers, within half of the node's memory. What is written stays here until fsync, close, the background
 * write-back or memory pressure sends it to the storage node.
 *
 * <p>Locks: a file's lock, then this object's; never two files' locks but by tryLock.
 */
public final class PageCache implements FileStore {
    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFREG = 0100000;

    /** The original's numbers of lines. */
    private static final int LIR_LINES = 15_872;

    private static final int HIR_LINES = 512;
    private static final int GHOST_LINES = LIR_LINES;
    /** Files that it knows, with or without content. */
    private static final int FILES_MAX = 65_536;
    /** Lines that eviction looks at before it gives up. */
    private static final int CANDIDATES = 16;
    /** More lines than FIT can have replies under way: freed frames may still be on their way out. */
    private static final int RESTING_LINES = 16;

    private final PhysicalMemory memory;
    private final UserFrames frames;
    private final Kernel kernel;
    private final StorageClient storage;
    private final PageCacheCounters counters;
    private final Fetches fetches;
    private final WaitQueue fetched = new WaitQueue();
    private final boolean readsAhead;
    private final long maxBytes;
    private final Map<FileId, CachedFile> files = new ConcurrentHashMap<>();
    private final Lirs<CacheLine> lirs = new Lirs<>(LIR_LINES, GHOST_LINES); // guarded by this
    private final ArrayDeque<long[]> resting = new ArrayDeque<>(); // {pa, pages}; guarded by this
    private int restingPages; // guarded by this
    private long usedBytes; // guarded by this
    private final AtomicLong dirtyPages = new AtomicLong();

    public PageCache(Kernel kernel, Ibapi ibapi, UserFrames frames) {
        this.kernel = kernel;
        this.memory = kernel.memory();
        this.frames = frames;
        this.storage = new StorageClient(kernel, ibapi);
        this.counters = new PageCacheCounters(kernel.counters());
        this.fetches = new Fetches(this, kernel);
        this.readsAhead = kernel.config().bool("MEM_PREFETCH");
        this.maxBytes = frames.totalBytes() / 2;
    }

    PhysicalMemory memory() {
        return memory;
    }

    StorageClient storage() {
        return storage;
    }

    PageCacheCounters counters() {
        return counters;
    }

    public Fetches fetches() {
        return fetches;
    }

    /** Where those wait who need a file that something is on its way to. */
    WaitQueue fetched() {
        return fetched;
    }

    void awaitFetched(BooleanSupplier isSo) {
        fetched.await(kernel.clock(), isSo, WaitQueue.BRIEF_SPIN_NS, WaitQueue.FOREVER);
    }

    boolean readsAhead() {
        return readsAhead;
    }

    /** A file that the cache knows, or null. */
    public CachedFile find(int vnode, long dev, long ino) {
        return files.get(new FileId(vnode, dev, ino));
    }

    /** As open, for those who must not wait: null when others would have to go first. */
    public CachedFile openNow(int vnode, long dev, long ino, String path, long sizeBytes, long mtimeNs) {
        return files.size() >= FILES_MAX ? null : open(vnode, dev, ino, path, sizeBytes, mtimeNs);
    }

    /** The file by that number, taken in if need be. @return null when too many files have content */
    public CachedFile open(int vnode, long dev, long ino, String path, long sizeBytes, long mtimeNs) {
        if (files.size() >= FILES_MAX) {
            forgetIdle();
        }
        return files.computeIfAbsent(
                new FileId(vnode, dev, ino), id -> new CachedFile(this, id, path, sizeBytes, mtimeNs));
    }

    /** Asks the storage node about a path. @return the file, or a negative errno in {@code errno[0]} and null */
    public CachedFile openByPath(int vnode, String path, int[] errno) {
        StorageClient.Attributes seen = storage.stat(vnode, path);
        errno[0] = seen.errno();
        if (seen.errno() == 0 && (seen.mode() & S_IFMT) != S_IFREG) {
            errno[0] = (seen.mode() & S_IFMT) == S_IFDIR ? -Errno.EISDIR : -Errno.EACCES;
        }
        if (errno[0] != 0) {
            return null;
        }
        CachedFile file = open(vnode, seen.dev(), seen.ino(), path, seen.sizeBytes(), seen.mtimeNs());
        file.lock();
        try {
            file.setPath(path);
            if (!file.isAsSeen(seen.sizeBytes(), seen.mtimeNs())) {
                settle(file); // what was seen may be older than what others have written back since
            }
        } finally {
            file.unlock();
        }
        return file;
    }

    @Override
    public Found find(int vnode, String path, boolean forExec) {
        int[] errno = new int[1];
        CachedFile file = openByPath(vnode, path, errno);
        if (file == null) {
            return Found.failed(forExec && errno[0] == -Errno.EISDIR ? -Errno.EACCES : errno[0]);
        }
        file.retain();
        return new Found(file, 0);
    }

    /** Files without content or mappings cost memory all the same. */
    private void forgetIdle() {
        for (CachedFile file : files.values()) {
            if (!file.isMapped() && file.tryLockWhole()) {
                try {
                    if (!file.isDirty() && !file.isMapped()) {
                        files.remove(file.id, file);
                        file.discard();
                    }
                } finally {
                    file.unlock();
                }
            }
        }
    }

    /** The line was used. Precondition: it has frames. */
    synchronized void used(CacheLine line) {
        lirs.access(line);
    }

    /**
     * Has frames for the first pages of a line; content that is there stays. Precondition: the file's lock.
     *
     * @param mayWait whether the storage node may be asked, to make room
     * @return 0 or -ENOMEM
     */
    int reserve(CacheLine line, int pages, boolean mayWait) {
        if (line.basePa != 0 && line.capacity >= pages) {
            return 0;
        }
        if (line.isFetching()) {
            return -Errno.ENOMEM; // its frames stay where they are
        }
        int capacity = line.index > 0 ? CacheLine.PAGES : Math.max(1, Integer.highestOneBit(2 * pages - 1));
        long pa = allocate(capacity, line, mayWait);
        if (pa == 0) {
            return -Errno.ENOMEM;
        }
        if (line.basePa != 0) {
            memory.copy(line.basePa, pa, (long) line.capacity * CacheLine.PAGE);
            rest(line.basePa, line.capacity);
        }
        line.basePa = pa;
        line.capacity = capacity;
        return 0;
    }

    private long allocate(int pages, CacheLine keep, boolean mayWait) {
        for (int tries = 0; tries < CANDIDATES; tries++) {
            long pa = 0;
            synchronized (this) {
                boolean hasRoom = usedBytes + (long) pages * CacheLine.PAGE <= maxBytes
                        && lirs.residentCount() < LIR_LINES + HIR_LINES;
                if (hasRoom) {
                    pa = frames.allocContiguousUncleared(pages); // a page is filled before it is valid
                    usedBytes += pa == 0 ? 0 : (long) pages * CacheLine.PAGE;
                }
            }
            if (pa != 0) {
                return pa;
            }
            if (!evictOne(keep, mayWait)) {
                return 0;
            }
        }
        return 0;
    }

    /** The oldest lines may all be of one file that somebody has locked: then any line will do, at the latest the caller's own. */
    private boolean evictOne(CacheLine keep, boolean mayWait) {
        return evictOne(keep, mayWait, CANDIDATES) || mayWait && evictOne(keep, true, LIR_LINES + HIR_LINES) || wakeResting();
    }

    private boolean evictOne(CacheLine keep, boolean mayWait, int count) {
        List<CacheLine> candidates;
        synchronized (this) {
            candidates = lirs.victims(count);
        }
        for (CacheLine line : candidates) {
            if (line != keep && line.file.tryLockWhole()) {
                try {
                    if (line.basePa != 0 && (mayWait || !line.isDirty())) {
                        if (line.isDirty()) {
                            line.file.writeBack(line);
                        }
                        release(line);
                        counters.evicted();
                        wakeResting();
                        return true;
                    }
                } finally {
                    line.file.unlock();
                }
            }
        }
        return false;
    }

    /** Takes the frames of a line that is not dirty. Precondition: the file's lock. */
    void release(CacheLine line) {
        line.forget(0);
        synchronized (this) {
            lirs.evicted(line);
            if (line.basePa != 0) {
                rest(line.basePa, line.capacity);
            }
        }
        line.basePa = 0;
        line.capacity = 0;
    }

    /** As release, and the line will not come back. */
    void forget(CacheLine line) {
        release(line);
        synchronized (this) {
            lirs.forget(line);
        }
    }

    private synchronized void rest(long pa, int pages) {
        resting.add(new long[] {pa, pages});
        restingPages += pages;
        usedBytes -= (long) pages * CacheLine.PAGE;
        if (resting.size() > RESTING_LINES) {
            free(resting.remove());
        }
    }

    /** Gives frames back at once when memory is short. @return whether there were any */
    private synchronized boolean wakeResting() {
        boolean any = !resting.isEmpty();
        for (long[] line = resting.poll(); line != null; line = resting.poll()) {
            free(line);
        }
        return any;
    }

    private synchronized void free(long[] line) {
        frames.freeContiguous(line[0], (int) line[1]);
        restingPages -= (int) line[1];
    }

    /** Pages whose frames are given back but still rest. */
    public synchronized int restingPages() {
        return restingPages;
    }

    void countDirty(int pages) {
        dirtyPages.addAndGet(pages);
    }

    /** Content that only this node has. */
    public long dirtyBytes() {
        return dirtyPages.get() * CacheLine.PAGE;
    }

    /** Whether writers should wait for the storage node now. */
    public boolean isTooDirty() {
        return dirtyBytes() > maxBytes / 2;
    }

    public synchronized long usedBytes() {
        return usedBytes;
    }

    void writeBackFailed(String path, int errno) {
        counters.failed();
        kernel.log().once(LogLevel.ERR, "pgcache-" + errno, "pgcache: cannot write %s: errno %d", path, -errno);
    }

    /** Sends everything that is dirty to the storage node. */
    public void writeBackAll() {
        for (CachedFile file : files.values()) {
            if (file.isDirty() && storage.isConnected()) {
                file.lock();
                try {
                    file.writeBack();
                } finally {
                    file.unlock();
                }
            }
        }
    }

    /** drop_page_cache: gives back everything that is not dirty. */
    public void dropClean() {
        for (CachedFile file : files.values()) {
            file.lock();
            try {
                file.forgetContent(0, Long.MAX_VALUE);
            } finally {
                file.unlock();
            }
        }
    }

    /** TRUNCATE and FSYNC at the storage node. */
    public int atStorage(int opcode, CachedFile file, int flags, long value) {
        return storage.path(opcode, file.id.vnode(), file.path(), flags, value);
    }

    /** A file's attributes changed by what was written back: what they are now counts as known. */
    public void settle(CachedFile file) {
        StorageClient.Attributes seen = storage.stat(file.id.vnode(), file.path());
        if (seen.errno() == 0 && seen.ino() == file.id.ino()) {
            file.sawAttributes(seen.sizeBytes(), seen.mtimeNs());
        }
    }
}
