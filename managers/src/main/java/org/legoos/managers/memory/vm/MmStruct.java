package org.legoos.managers.memory.vm;

import java.util.concurrent.locks.ReentrantLock;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.UserFrames;
import org.legoos.managers.rpc.PcacheMiss;

/**
 * The authoritative address space of a process at its home node: ranges and pages, after Linux's mm_struct. Holds
 * its own lock, which is never held while waiting for anything but a file's lock. Every method but {@link #tryLock}
 * and {@link #lock} needs it. The calls that change ranges are in {@link MapCalls}.
 */
public final class MmStruct {
    /** {@link #missPage}: the file is locked; ask again where waiting is allowed. */
    public static final long MUST_WAIT = Long.MIN_VALUE;

    /**
     * @param stackTopVa end of the stack's range
     * @param stackLimitBytes RLIMIT_STACK: how far it grows
     * @param mmapRandomBytes page-aligned displacement of mappings
     */
    public record Layout(long stackTopVa, long stackLimitBytes, long mmapRandomBytes) {}

    private final ReentrantLock mu = new ReentrantLock();
    private final PhysicalMemory memory;
    private final UserFrames frames;
    private final long zeroPagePa;
    private final long stackLimitBytes;
    private final Layout layout;
    final VmaSet vmas;
    final Pages pages;
    final long mmapBaseVa;
    long brkStartVa;
    volatile long brkVa;
    private boolean isDead;

    private MmStruct(PhysicalMemory memory, UserFrames frames, Pages pages, long zeroPagePa, Layout layout) {
        this.memory = memory;
        this.frames = frames;
        this.vmas = new VmaSet(frames);
        this.pages = pages;
        this.zeroPagePa = zeroPagePa;
        this.stackLimitBytes = layout.stackLimitBytes();
        this.layout = layout;
        this.mmapBaseVa = MmapPlace.mmapBase(layout.stackLimitBytes(), layout.mmapRandomBytes());
    }

    /** An empty address space, or null when out of memory. @param zeroPagePa a page of zeros that nobody writes */
    public static MmStruct create(PhysicalMemory memory, UserFrames frames, long zeroPagePa, Layout layout) {
        Pages pages = Pages.create(memory, frames);
        return pages == null ? null : new MmStruct(memory, frames, pages, zeroPagePa, layout);
    }

    /**
     * fork(2): the same ranges, and the same pages, each of which is copied when one of the two is about to write to it.
     *
     * @return the child's, or null when out of memory
     */
    public MmStruct fork() {
        Pages copy = isDead ? null : Pages.create(memory, frames);
        if (copy == null) {
            return null;
        }
        MmStruct child = new MmStruct(memory, frames, copy, zeroPagePa, layout);
        child.brkStartVa = brkStartVa;
        child.brkVa = brkVa;
        if (!child.vmas.copyFrom(vmas) || !copy.shareAll(pages)) {
            child.destroy();
            return null;
        }
        return child;
    }

    public boolean tryLock() {
        return mu.tryLock();
    }

    public void lock() {
        mu.lock();
    }

    public void unlock() {
        mu.unlock();
    }

    public VmaSet vmas() {
        return vmas;
    }

    public long brkVa() {
        return brkVa;
    }

    public void setBrkStart(long va) {
        brkStartVa = va;
        brkVa = va;
    }

    long nodeBytes() {
        return frames.totalBytes();
    }

    public long residentPages() {
        return pages.count();
    }

    public int tableCount() {
        return pages.tableCount();
    }

    public boolean isDead() {
        return isDead;
    }

    /** Gives everything back. */
    public void destroy() {
        if (!isDead) {
            isDead = true;
            vmas.remove(0, VmFlags.TASK_SIZE);
            pages.destroy();
        }
    }

    /**
     * The page for a miss: guestPa of what to send (never to be written through), or a negative errno, or MUST_WAIT.
     *
     * @param access PcacheMiss.ACCESS_*
     * @param mayWait whether a file's lock may be waited for
     */
    public long missPage(long va, int access, boolean mayWait) {
        Vma vma = isDead ? null : vmas.find(va);
        if (vma == null) {
            vma = isDead ? null : growStack(va);
        }
        if (vma == null || !allows(vma.prot(), access)) {
            return -Errno.EFAULT;
        }
        long pageVa = va & -VmFlags.PAGE_SIZE;
        if (vma.file() == null) {
            return anonymousPage(pageVa, access);
        }
        long ownPa = vma.isShared() ? 0 : pages.find(pageVa);
        return ownPa != 0 ? ownPa : filePage(vma, pageVa, access, mayWait);
    }

    private static boolean allows(int prot, int access) {
        return switch (access) {
            case PcacheMiss.ACCESS_WRITE -> (prot & VmFlags.PROT_WRITE) != 0;
            case PcacheMiss.ACCESS_FETCH -> (prot & VmFlags.PROT_EXEC) != 0;
            default -> (prot & VmFlags.PROT_ALL) != 0; // on x86, what can be written or executed can be read
        };
    }

    /** A read of what was never written needs no memory: the page of zeros does. */
    private long anonymousPage(long pageVa, int access) {
        if (access != PcacheMiss.ACCESS_WRITE) {
            long pa = pages.find(pageVa);
            return pa != 0 ? pa : zeroPagePa;
        }
        long pa = pages.ensure(pageVa);
        return pa != 0 ? pa : -Errno.ENOMEM;
    }

    private long filePage(Vma vma, long pageVa, int access, boolean mayWait) {
        MappedFile file = vma.file();
        if (mayWait) {
            file.lock();
        } else if (!file.tryLock()) {
            return MUST_WAIT;
        }
        try {
            long offset = vma.fileOffset() + (pageVa - vma.startVa());
            if (offset >= file.sizeBytes()) {
                return -Errno.EIO;
            }
            boolean isWrite = access == PcacheMiss.ACCESS_WRITE;
            long index = offset / VmFlags.PAGE_SIZE;
            if (!mayWait && !file.isReady(index)) {
                return MUST_WAIT;
            }
            long filePa = isWrite && vma.isShared() ? file.ensurePagePa(index) : file.pagePa(index);
            if (filePa < 0) {
                return filePa;
            }
            if (isWrite && !vma.isShared()) {
                return privateCopy(pageVa, filePa);
            }
            if (filePa != 0) {
                return filePa;
            }
            return isWrite ? -Errno.ENOMEM : zeroPagePa;
        } finally {
            file.unlock();
        }
    }

    private long privateCopy(long pageVa, long filePa) {
        long pa = pages.ensure(pageVa);
        if (pa == 0) {
            return -Errno.ENOMEM;
        }
        if (filePa != 0) {
            memory.copy(filePa, pa, VmFlags.PAGE_SIZE);
        }
        return pa;
    }

    /** Linux's expand_stack: an access below a range that grows down, within the limit and the guard gap. */
    private Vma growStack(long va) {
        int index = vmas.firstEndingAfter(va);
        if (index == vmas.count() || !vmas.get(index).growsDown()) {
            return null;
        }
        Vma stack = vmas.get(index);
        long newStartVa = va & -VmFlags.PAGE_SIZE;
        if (newStartVa < VmFlags.MIN_VA || stackLimitBytes >= 0 && stack.endVa() - newStartVa > stackLimitBytes) {
            return null;
        }
        if (index > 0 && newStartVa - vmas.get(index - 1).endVa() < VmFlags.GUARD_GAP_BYTES) {
            return null;
        }
        vmas.remove(stack.startVa(), stack.endVa());
        Vma grown = new Vma(
                newStartVa, stack.endVa(), stack.prot(), stack.flags(), stack.file(), stack.fileOffset(), stack.name());
        vmas.insert(grown);
        return grown;
    }

    /**
     * The page that a flushed line belongs into, for writing: guestPa, or a negative errno, or MUST_WAIT.
     * Protection does not matter any more: the line was written while it was allowed. Of a shared file's page only the bytes up to
     * the file's end count: {@link #flush} copies no others.
     */
    public long flushPage(long va, boolean mayWait) {
        Vma vma = isDead ? null : vmas.find(va);
        if (vma == null) {
            return -Errno.EFAULT;
        }
        long pageVa = va & -VmFlags.PAGE_SIZE;
        if (vma.file() == null || !vma.isShared()) {
            long pa = pages.ensure(pageVa);
            return pa != 0 ? pa : -Errno.ENOMEM;
        }
        return filePage(vma, pageVa, PcacheMiss.ACCESS_WRITE, mayWait);
    }

    /**
     * Takes a line home: copies it from fromPa to where it belongs. What lies behind the end of a shared file is nobody's.
     *
     * @return 0, a negative errno, or MUST_WAIT
     */
    public long flush(long va, long fromPa, boolean mayWait) {
        Vma vma = isDead ? null : vmas.find(va);
        if (vma != null && vma.isShared() && vma.file() != null) {
            return flushToFile(vma, va & -VmFlags.PAGE_SIZE, fromPa, mayWait);
        }
        long page = flushPage(va, mayWait);
        if (page > 0) {
            memory.copy(fromPa, page, (int) VmFlags.PAGE_SIZE);
        }
        return Math.min(page, 0);
    }

    private long flushToFile(Vma vma, long pageVa, long fromPa, boolean mayWait) {
        MappedFile file = vma.file();
        if (mayWait) {
            file.lock();
        } else if (!file.tryLock()) {
            return MUST_WAIT;
        }
        try {
            long offset = vma.fileOffset() + (pageVa - vma.startVa());
            int bytes = (int) Math.clamp(file.sizeBytes() - offset, 0, VmFlags.PAGE_SIZE);
            long index = offset / VmFlags.PAGE_SIZE;
            if (bytes == 0) {
                return 0;
            }
            if (!mayWait && !file.isReady(index)) {
                return MUST_WAIT;
            }
            long pa = file.ensurePagePa(index);
            if (pa <= 0) {
                return pa == 0 ? -Errno.ENOMEM : pa;
            }
            memory.copy(fromPa, pa, bytes);
            file.wrote(index);
            return 0;
        } finally {
            file.unlock();
        }
    }

    /** A page of the process's own for the loader and for zero-fill notices; 0 when out of memory. */
    public long ensurePage(long va) {
        return pages.ensure(va & -VmFlags.PAGE_SIZE);
    }
}
