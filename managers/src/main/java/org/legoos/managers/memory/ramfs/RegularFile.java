package org.legoos.managers.memory.ramfs;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.UserFrames;
import org.legoos.managers.memory.vm.MappedFile;

/**
 * A regular file: pages in frames of the node, holes where nothing was written. Bytes of the last page behind the
 * end of the file are zero at all times. Guarded by {@link Ramfs}'s lock, which is the lock of {@link MappedFile}.
 */
public final class RegularFile extends Inode implements MappedFile {
    static final long MAX_BYTES = 1L << 44;
    private static final int PAGE = PhysicalMemory.PAGE_SIZE;
    private static final int SEEK_DATA = 3;
    private static final int SECTORS_PER_PAGE = PAGE / 512;

    /** What files need from their file system. */
    interface Home {
        PhysicalMemory memory();

        UserFrames frames();

        ReentrantLock mutex();

        /** A frame for a page, within the file system's limit; 0 when there is none. */
        long allocPage();

        void freePage(long framePa);

        /** How many more pages there may be. */
        long pagesFree();

        /** Called without the lock when the last mapping of a file is gone. */
        void unmapped(RegularFile file);
    }

    private final Home home;
    private final PageMap pages = new PageMap();
    private final AtomicInteger mappings = new AtomicInteger();
    /** Whether it waits for {@link Ramfs#reap}. */
    final AtomicBoolean isQueued = new AtomicBoolean();

    private volatile String path;
    private volatile long sizeBytes;
    private RamfsImage image; // not read yet; null afterwards

    RegularFile(Home home, long ino, int permissions, int uid, int gid, long nowNs, String path) {
        super(ino, S_IFREG | permissions, uid, gid, nowNs);
        this.home = home;
        this.path = path;
    }

    void setImage(RamfsImage newImage) {
        image = newImage;
        sizeBytes = newImage.sizeBytes();
    }

    /** Forgets an image that is about to be overwritten. */
    void dropImage() {
        image = null;
    }

    /** Reads the image, if it was not yet. @return 0 or a negative errno */
    int load() {
        if (image == null) {
            return 0;
        }
        byte[] piece = new byte[PAGE];
        try {
            for (long at = 0; at < sizeBytes; at += PAGE) {
                int length = (int) Math.min(PAGE, sizeBytes - at);
                image.read(at, piece, length);
                long pa = ensurePagePa(at / PAGE);
                if (pa == 0) {
                    pages.removeFrom(0, home::freePage);
                    return -Errno.ENOMEM;
                }
                home.memory().write(pa, piece, 0, length);
            }
        } catch (IOException e) {
            pages.removeFrom(0, home::freePage);
            return -Errno.EIO;
        }
        image = null;
        return 0;
    }

    /** Copies bytes out. @return how many, 0 at the end of the file */
    int read(long offset, long toPa, int lengthBytes) {
        if (offset < 0 || offset >= sizeBytes) {
            return 0;
        }
        int length = (int) Math.min(lengthBytes, sizeBytes - offset);
        int done = 0;
        while (done < length) {
            long at = offset + done;
            int inPage = (int) (at % PAGE);
            int piece = Math.min(PAGE - inPage, length - done);
            long pa = pages.get(at / PAGE);
            if (pa == 0) {
                home.memory().zero(toPa + done, piece);
            } else {
                home.memory().copy(pa + inPage, toPa + done, piece);
            }
            done += piece;
        }
        return length;
    }

    /** Copies bytes in. @return how many, or a negative errno when not a single one fitted */
    int write(long offset, long fromPa, int lengthBytes, long nowNs) {
        if (offset < 0 || offset > MAX_BYTES - lengthBytes) {
            return -Errno.EFBIG;
        }
        int done = 0;
        while (done < lengthBytes) {
            long at = offset + done;
            int inPage = (int) (at % PAGE);
            int piece = Math.min(PAGE - inPage, lengthBytes - done);
            long pa = ensurePagePa(at / PAGE);
            if (pa == 0) {
                break;
            }
            home.memory().copy(fromPa + done, pa + inPage, piece);
            done += piece;
        }
        if (done > 0) {
            sizeBytes = Math.max(sizeBytes, offset + done);
            modified(nowNs);
        }
        return done > 0 || lengthBytes == 0 ? done : -Errno.ENOSPC;
    }

    int truncate(long newSizeBytes, long nowNs) {
        if (newSizeBytes < 0) {
            return -Errno.EINVAL;
        }
        if (newSizeBytes > MAX_BYTES) {
            return -Errno.EFBIG;
        }
        if (newSizeBytes < sizeBytes) {
            pages.removeFrom((newSizeBytes + PAGE - 1) / PAGE, home::freePage);
            int inPage = (int) (newSizeBytes % PAGE);
            long lastPa = inPage == 0 ? 0 : pages.get(newSizeBytes / PAGE);
            if (lastPa != 0) {
                home.memory().zero(lastPa + inPage, PAGE - inPage);
            }
        }
        sizeBytes = newSizeBytes;
        modified(nowNs);
        return 0;
    }

    long pagesFree() {
        return home.pagesFree();
    }

    int pageCount() {
        return pages.count();
    }

    /** The size is at least this. */
    void grow(long newSizeBytes) {
        sizeBytes = Math.max(sizeBytes, newSizeBytes);
    }

    /** Makes zeros of [offset, end): holes where whole pages are zeros. */
    void zero(long offset, long end) {
        long firstWhole = (offset + PAGE - 1) / PAGE;
        long endWhole = end >= sizeBytes ? (Math.max(end, sizeBytes) + PAGE - 1) / PAGE : end / PAGE;
        if (endWhole > firstWhole) {
            pages.removeRange(firstWhole, endWhole, home::freePage);
        }
        if (offset % PAGE != 0) {
            zeroWithin(offset, Math.min(end, firstWhole * PAGE));
        }
        if (endWhole >= firstWhole && endWhole * PAGE < end) {
            zeroWithin(endWhole * PAGE, end);
        }
    }

    private void zeroWithin(long from, long to) {
        long pa = pages.get(from / PAGE);
        if (pa != 0) {
            home.memory().zero(pa + from % PAGE, (int) (to - from));
        }
    }

    /** SEEK_DATA (3) or SEEK_HOLE (4). @return the offset or -ENXIO */
    long seek(long offset, int whence) {
        if (offset < 0 || offset >= sizeBytes) {
            return -Errno.ENXIO;
        }
        long index = offset / PAGE;
        if (whence == SEEK_DATA) {
            long next = pages.firstFrom(index);
            long at = Math.max(offset, next * PAGE);
            return next < 0 || at >= sizeBytes ? -Errno.ENXIO : at;
        }
        while (index * PAGE < sizeBytes && pages.get(index) != 0) {
            index++;
        }
        return Math.min(sizeBytes, Math.max(offset, index * PAGE));
    }

    void setPath(String newPath) {
        path = newPath;
    }

    /** Whether nobody can reach it any more. */
    boolean isOrphan() {
        return nlink == 0 && mappings.get() == 0;
    }

    void freeAll() {
        pages.removeFrom(0, home::freePage);
        sizeBytes = 0;
        image = null;
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
    long blocks() {
        return image != null ? (sizeBytes + 511) / 512 : (long) pages.count() * SECTORS_PER_PAGE;
    }

    @Override
    public long pagePa(long pageIndex) {
        return pages.get(pageIndex);
    }

    @Override
    public long ensurePagePa(long pageIndex) {
        long pa = pages.get(pageIndex);
        if (pa == 0) {
            pa = home.allocPage();
            if (pa != 0) {
                pages.put(pageIndex, pa);
            }
        }
        return pa;
    }

    @Override
    public boolean tryLock() {
        return home.mutex().tryLock();
    }

    @Override
    public void lock() {
        home.mutex().lock();
    }

    @Override
    public void unlock() {
        home.mutex().unlock();
    }

    @Override
    public void retain() {
        mappings.incrementAndGet();
    }

    @Override
    public void release() {
        if (mappings.decrementAndGet() == 0) {
            home.unmapped(this);
        }
    }
}
