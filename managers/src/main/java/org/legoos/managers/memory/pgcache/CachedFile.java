package org.legoos.managers.memory.pgcache;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.vm.MappedFile;
import org.legoos.managers.rpc.MessageReader;

/**
 * The cached content of one file of a storage node. Its lock guards everything and is held while the storage node is asked, but not
 * by a {@link Fetch}: whoever must not wait asks {@link #isReady} first, and {@link #lock} also waits for the end of all fetches, so that
 * its holder alone changes what is there. Bytes of the last page behind the end of the file are zero at all times.
 */
public final class CachedFile implements MappedFile {
    private static final int PAGE = CacheLine.PAGE;

    final FileId id;
    private final PageCache cache;
    private final ReentrantLock mu = new ReentrantLock();
    private final Map<Long, CacheLine> lines = new HashMap<>();
    private final AtomicInteger mappings = new AtomicInteger();
    private volatile String path;
    private volatile long sizeBytes;
    /** How far the storage node has content: nothing needs to be read beyond. */
    private long storedBytes;
    /** mtime at the storage node when content was last known to be alike; -1 when not known. */
    private long storedMtimeNs;
    private int dirtyPages;
    /** First error of a write-back that nobody was told of yet; a negative errno or 0. */
    private int error;
    private final ReadAhead readAhead;
    /** Fetches under way; changed with the lock. */
    private volatile int fetches;
    /** Who waits for their end; guarded by the lock. */
    private int waiting;

    CachedFile(PageCache cache, FileId id, String path, long sizeBytes, long mtimeNs) {
        this.cache = cache;
        this.id = id;
        this.path = path;
        this.sizeBytes = sizeBytes;
        this.storedBytes = sizeBytes;
        this.storedMtimeNs = mtimeNs;
        this.readAhead = new ReadAhead(cache.readsAhead());
    }

    /** The name to ask the storage node by; the processor says when it changes. */
    public void setPath(String newPath) {
        if (!path.equals(newPath)) {
            path = newPath;
        }
    }

    /**
     * What the storage node has said of the file just now. Content that somebody else has changed there is forgotten, but not
     * what was written here.
     */
    public void sawAttributes(long newSizeBytes, long newMtimeNs) {
        boolean isSame = newSizeBytes == storedBytes && newMtimeNs == storedMtimeNs;
        if (!isSame && dirtyPages == 0 && !(storedMtimeNs < 0 && newSizeBytes == storedBytes)) {
            forgetContent(0, Long.MAX_VALUE);
            sizeBytes = newSizeBytes;
            storedBytes = newSizeBytes;
        }
        if (dirtyPages == 0) {
            storedMtimeNs = newMtimeNs;
        }
    }

    /** Whether the storage node's attributes are those that the content goes with. */
    public boolean isAsSeen(long seenSizeBytes, long seenMtimeNs) {
        return dirtyPages > 0 || seenSizeBytes == storedBytes && seenMtimeNs == storedMtimeNs;
    }

    /** Whether lengthBytes in memory are the file's path. */
    public boolean hasPath(MemorySegment memory, long at, int lengthBytes) {
        return MessageReader.isAt(memory, at, lengthBytes, path);
    }

    /** Forgets content of pages [fromPage, toPage) that is not dirty. */
    public void forgetContent(long fromPage, long toPage) {
        for (CacheLine line : lines.values()) {
            long first = line.index * CacheLine.PAGES;
            line.forgetClean(Math.clamp(fromPage - first, 0, CacheLine.PAGES), Math.clamp(toPage - first, 0, CacheLine.PAGES));
            if (line.isEmpty()) {
                cache.release(line);
            }
        }
    }

    /** Nobody can reach the file any more: also forgets what is dirty. */
    public void discard() {
        for (CacheLine line : lines.values()) {
            drop(line, 0);
            cache.forget(line);
        }
        lines.clear();
    }

    private void drop(CacheLine line, int fromPage) {
        int before = line.dirtyPages();
        line.forget(fromPage);
        countDirty(line.dirtyPages() - before);
    }

    private void countDirty(int change) {
        dirtyPages += change;
        cache.countDirty(change);
    }

    public boolean isDirty() {
        return dirtyPages > 0;
    }

    private CacheLine line(long lineIndex) {
        return lines.computeIfAbsent(lineIndex, i -> new CacheLine(this, i));
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public boolean isReady(long pageIndex) {
        CacheLine line = lines.get(pageIndex / CacheLine.PAGES);
        return line != null && line.isValid((int) (pageIndex % CacheLine.PAGES));
    }

    /** guestPa of a page with its content, read in if need be; a negative errno when that fails. */
    @Override
    public long pagePa(long pageIndex) {
        CacheLine line = line(pageIndex / CacheLine.PAGES);
        int page = (int) (pageIndex % CacheLine.PAGES);
        int error = line.isValid(page) ? 0 : load(line, page, page + 1);
        if (error < 0) {
            return error;
        }
        cache.used(line);
        return line.pagePa(page);
    }

    @Override
    public long ensurePagePa(long pageIndex) {
        return pagePa(pageIndex);
    }

    @Override
    public void wrote(long pageIndex) {
        setDirty(line(pageIndex / CacheLine.PAGES), (int) (pageIndex % CacheLine.PAGES));
    }

    private void setDirty(CacheLine line, int page) {
        int before = line.dirtyPages();
        line.setDirty(page);
        countDirty(line.dirtyPages() - before);
    }

    /** Has pages [from, to) of a line in memory, and more behind them when the file is read in order. @return 0 or errno */
    private int load(CacheLine line, int from, int to) {
        int filePages = pagesIn(line, to);
        int error = cache.reserve(line, filePages, true);
        if (error < 0) {
            return error;
        }
        int ahead = readAhead.pagesFor(line.index * CacheLine.PAGES + from, to - from);
        int end = Math.clamp(from + (long) ahead, to, filePages);
        for (int at = from; at < end;) {
            if (line.isValid(at)) {
                at++;
                continue;
            }
            int until = line.nextValid(at, end);
            error = fetch(line, at, until);
            if (error < 0) {
                return error;
            }
            at = until;
        }
        return 0;
    }

    /** How many pages of a line the file has, if they are more than atLeast. */
    private int pagesIn(CacheLine line, int atLeast) {
        return Math.clamp((sizeBytes - line.offset() + PAGE - 1) / PAGE, atLeast, CacheLine.PAGES);
    }

    /** Has the missing pages of a read count as on their way. @return false when they cannot come that way; {@code to} says which they are */
    boolean planFetch(long offset, int lengthBytes, Fetch to) {
        CacheLine line = line(offset / CacheLine.BYTES);
        int inLine = (int) (offset % CacheLine.BYTES);
        int first = inLine / PAGE;
        int last = (inLine + lengthBytes - 1) / PAGE + 1;
        int from = line.nextMissing(first, last);
        int filePages = pagesIn(line, last);
        if (waiting > 0 || line.nextTaken(from, last) == from || cache.reserve(line, filePages, false) < 0) {
            return false;
        }
        int ahead = readAhead.pagesFor(line.index * CacheLine.PAGES + from, last - from);
        int until = line.nextTaken(from, Math.clamp(from + (long) ahead, last, filePages));
        long wanted = Math.min(storedBytes - line.offset() - (long) from * PAGE, (long) (until - from) * PAGE);
        if (wanted <= 0 || until < last && !line.areValid(until, last)) {
            return false;
        }
        to.file = this;
        to.line = line;
        to.from = from;
        to.to = until;
        to.wantedBytes = (int) wanted;
        line.setFetching(from, until);
        fetches = fetches + 1;
        cache.used(line);
        return true;
    }

    /** @param gotBytes what has come, -1: nothing */
    void endFetch(Fetch fetch, int gotBytes) {
        CacheLine line = fetch.line;
        line.endFetching(fetch.from, fetch.to);
        if (gotBytes >= 0) {
            cache.counters().fill(gotBytes);
            cache.memory().zero(line.pagePa(fetch.from) + gotBytes, (long) (fetch.to - fetch.from) * PAGE - gotBytes);
            line.setValid(fetch.from, fetch.to);
        }
        fetches = fetches - 1;
        if (fetches == 0 && waiting > 0) {
            cache.fetched().wakeAll();
        }
    }

    private int fetch(CacheLine line, int from, int to) {
        long offset = line.offset() + (long) from * PAGE;
        int wanted = (int) Math.clamp(storedBytes - offset, 0, (long) (to - from) * PAGE);
        int got = 0;
        if (wanted > 0) {
            got = cache.storage().read(id.vnode(), path, offset, wanted, line.pagePa(from));
            cache.counters().fill(got);
            if (got < 0) {
                return got;
            }
        }
        cache.memory().zero(line.pagePa(from) + got, (long) (to - from) * PAGE - got);
        line.setValid(from, to);
        return 0;
    }

    /**
     * Where bytes of the file lie, for sending them from there: as many as are in one line.
     *
     * @param lengthBytes how many are wanted
     * @param mayWait whether the storage node may be asked
     * @return guestPa; {@link Long#MIN_VALUE} when it must be; another negative number is an errno. {@link #pieceBytes} says how many
     */
    public long bytesPa(long offset, int lengthBytes, boolean mayWait) {
        CacheLine line = line(offset / CacheLine.BYTES);
        int inLine = (int) (offset % CacheLine.BYTES);
        int piece = pieceBytes(offset, lengthBytes);
        int from = inLine / PAGE;
        int to = (inLine + piece - 1) / PAGE + 1;
        if (!line.areValid(from, to)) {
            if (!mayWait) {
                return Long.MIN_VALUE;
            }
            cache.counters().miss();
            int error = load(line, from, to);
            if (error < 0) {
                return error;
            }
        } else {
            cache.counters().hit();
        }
        cache.used(line);
        return line.basePa + inLine;
    }

    /** How much of what is wanted at an offset is there, in one line; 0 at the end of the file. */
    public int pieceBytes(long offset, int lengthBytes) {
        long inLine = CacheLine.BYTES - offset % CacheLine.BYTES;
        return (int) Math.clamp(sizeBytes - offset, 0, Math.min(lengthBytes, inLine));
    }

    /** Whether a write needs nothing from the storage node and no memory. */
    public boolean canWriteNow(long offset, int lengthBytes) {
        CacheLine line = lines.get(offset / CacheLine.BYTES);
        int inLine = (int) (offset % CacheLine.BYTES);
        return line != null && lengthBytes > 0 && inLine + lengthBytes <= (long) line.capacity * PAGE
                && line.areValid(inLine / PAGE, (inLine + lengthBytes - 1) / PAGE + 1);
    }

    /** Copies bytes in. @return how many, or a negative errno when not a single one was taken */
    public int write(long offset, long fromPa, int lengthBytes) {
        int done = 0;
        while (done < lengthBytes) {
            long at = offset + done;
            int inPage = (int) (at % PAGE);
            int piece = Math.min(PAGE - inPage, lengthBytes - done);
            CacheLine line = line(at / CacheLine.BYTES);
            int page = (int) (at % CacheLine.BYTES / PAGE);
            int error = line.isValid(page) ? 0 : prepare(line, page, at, piece, lengthBytes - done);
            if (error < 0) {
                return done > 0 ? done : error;
            }
            cache.memory().copy(fromPa + done, line.pagePa(page) + inPage, piece);
            setDirty(line, page);
            cache.used(line);
            done += piece;
            sizeBytes = Math.max(sizeBytes, at + piece);
        }
        return done;
    }

    /** A page that is about to be written gets frames, and content unless all of it is overwritten. */
    private int prepare(CacheLine line, int page, long at, int pieceBytes, int restBytes) {
        long pageOffset = at - at % PAGE;
        boolean needsContent = pageOffset < storedBytes && pieceBytes < Math.min(PAGE, storedBytes - pageOffset);
        if (needsContent) {
            return load(line, page, page + 1);
        }
        int end = (int) Math.min(CacheLine.PAGES, page + ((long) restBytes + PAGE - 1) / PAGE);
        int error = cache.reserve(line, Math.max(page + 1, end), true);
        if (error == 0 && pieceBytes < PAGE) {
            cache.memory().zero(line.pagePa(page), PAGE);
        }
        return error;
    }

    /** The file ends elsewhere now, at the storage node too. */
    public void truncated(long newSizeBytes) {
        if (newSizeBytes < sizeBytes) {
            int inPage = (int) (newSizeBytes % PAGE);
            long firstGone = (newSizeBytes + PAGE - 1) / PAGE;
            for (CacheLine line : lines.values()) {
                long first = firstGone - line.index * CacheLine.PAGES;
                if (first < CacheLine.PAGES) {
                    drop(line, (int) Math.max(0, first));
                }
            }
            long lastPage = newSizeBytes / PAGE;
            if (inPage != 0 && isReady(lastPage)) {
                CacheLine line = line(lastPage / CacheLine.PAGES);
                cache.memory().zero(line.pagePa((int) (lastPage % CacheLine.PAGES)) + inPage, PAGE - inPage);
            }
        }
        sizeBytes = newSizeBytes;
        storedBytes = newSizeBytes;
        storedMtimeNs = -1;
    }

    /** Sends all that is dirty to the storage node. @return 0 or the first error of this or an earlier write-back */
    public int writeBack() {
        if (dirtyPages > 0) {
            for (CacheLine line : lines.values()) {
                if (line.isDirty()) {
                    writeBack(line);
                }
            }
            storedMtimeNs = -1;
        }
        return error;
    }

    /** What {@link #writeBack} has answered counts as told. */
    public int takeError() {
        int told = error;
        error = 0;
        return told;
    }

    void writeBack(CacheLine line) {
        for (int from = line.nextDirty(0); from < CacheLine.PAGES;) {
            int to = line.nextNotDirty(from);
            long offset = line.offset() + (long) from * PAGE;
            int length = (int) Math.clamp(sizeBytes - offset, 0, (long) (to - from) * PAGE);
            int failed = send(line.pagePa(from), offset, length);
            error = error == 0 ? failed : error;
            from = line.nextDirty(to);
        }
        // Also what could not be written: Linux forgets it too, and fsync says so.
        countDirty(-line.dirtyPages());
        line.cleaned();
        storedMtimeNs = -1;
    }

    private int send(long fromPa, long offset, int lengthBytes) {
        int done = 0;
        while (done < lengthBytes) {
            int wrote = cache.storage().write(id.vnode(), path, offset + done, lengthBytes - done, fromPa + done);
            if (wrote <= 0) {
                cache.writeBackFailed(path, wrote);
                return wrote < 0 ? wrote : -Errno.EIO;
            }
            cache.counters().writeBack(wrote);
            done += wrote;
            storedBytes = Math.max(storedBytes, offset + done);
        }
        return 0;
    }

    @Override
    public boolean tryLock() {
        return mu.tryLock();
    }

    /** As tryLock, and nothing is on its way. */
    public boolean tryLockWhole() {
        boolean isLocked = mu.tryLock();
        if (isLocked && fetches > 0) {
            mu.unlock();
            return false;
        }
        return isLocked;
    }

    /** While something is on its way: nobody who holds the lock then waits for anything. */
    void lockBriefly() {
        mu.lock();
    }

    @Override
    public void lock() {
        mu.lock();
        while (fetches > 0) {
            waiting++;
            mu.unlock();
            cache.awaitFetched(() -> fetches == 0);
            mu.lock();
            waiting--;
        }
    }

    @Override
    public void unlock() {
        mu.unlock();
    }

    @Override
    public void retain() {
        mappings.incrementAndGet();
    }

    @Override
    public void release() {
        mappings.decrementAndGet();
    }

    boolean isMapped() {
        return mappings.get() > 0;
    }
}
