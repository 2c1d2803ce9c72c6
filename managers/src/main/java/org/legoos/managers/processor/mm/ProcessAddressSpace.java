package org.legoos.managers.processor.mm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.mmu.PageTables;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheSpace;
import org.legoos.managers.rpc.Opcode;

/**
 * An address space on the ExCache. A call that changes the map holds this object's lock and goes: bar the range from eviction, ask
 * the home node, take over what it did (ranges first, then page-table entries), unbar. Arguments are checked by
 * the home node, except that addresses beyond user space are kept from arithmetic here.
 */
final class ProcessAddressSpace implements AddressSpace {
    private static final String HEAP = "[heap]";

    private final ProcessorMm factory;
    private final MappedObjects objects = new MappedObjects(); // guarded by this
    private final Pcache pcache;
    private final PcacheSpace space;
    private final SpaceTlb tlb;
    final HomeNode home;
    private final FaultPath faults;
    private final int pid;
    private volatile RangeMap ranges = RangeMap.EMPTY; // written under this
    private final AtomicInteger users = new AtomicInteger(1);
    private long heapStart; // guarded by this
    private boolean isDead; // guarded by this
    private final KeptFiles files; // guarded by this
    private final MemoryLocks locks = new MemoryLocks(this);

    ProcessAddressSpace(ProcessorMm factory, Pcache pcache, PcacheSpace space, SpaceTlb tlb, HomeNode home, int pid, Printk log) {
        this.factory = factory;
        this.pcache = pcache;
        this.space = space;
        this.tlb = tlb;
        this.home = home;
        this.pid = pid;
        this.files = new KeptFiles(this, pcache, space);
        this.faults = new FaultPath(this, pcache, space, log);
    }

    int pid() {
        return pid;
    }

    RangeMap ranges() {
        return ranges;
    }

    SpaceTlb tlb() {
        return tlb;
    }

    PcacheSpace pcacheSpace() {
        return space;
    }

    @Override
    public void attach(Cpu cpu) {
        tlb.add(cpu);
        cpu.setPageTableRoot(pageTableRoot());
        cpu.setPageFaultHandler(faults);
    }

    @Override
    public void detach(Cpu cpu) {
        tlb.remove(cpu);
        cpu.setPageFaultHandler(null);
    }

    @Override
    public UserMemory newUserMemory() {
        PageTableUserMemory accessor = new PageTableUserMemory(pcache.memory(), this);
        tlb.add(accessor);
        return accessor;
    }

    @Override
    public void forget(UserMemory accessor) {
        tlb.remove((PageTableUserMemory) accessor);
    }

    @Override
    public long pageTableRoot() {
        return space.tables().rootPa();
    }

    @Override
    public int fault(long guestVa, int access) {
        return faults.fault(guestVa, access);
    }

    @Override
    public long mmap(long addr, long lengthBytes, int prot, int flags, String path, long fileOffset) {
        boolean sharesAnonymous = path == null && (flags & Linux.MAP_TYPE) != Linux.MAP_PRIVATE;
        if (!sharesAnonymous || lengthBytes <= 0 || lengthBytes > Linux.TASK_SIZE) {
            return map(addr, lengthBytes, prot, flags, path, fileOffset, null);
        }
        SharedMemory object = factory.newSharedMemory("/dev/zero (deleted)", Linux.pageUp(lengthBytes));
        if (object == null) {
            return -Errno.ENOMEM;
        }
        long va = mmapShared(addr, lengthBytes, prot, flags, object, 0);
        object.release();
        return va;
    }

    @Override
    public long mmapShared(long addr, long lengthBytes, int prot, int flags, SharedMemory object, long offset) {
        return map(addr, lengthBytes, prot, flags, null, offset, (SharedObject) object);
    }

    private synchronized long map(long addr, long lengthBytes, int prot, int flags, String path, long fileOffset, SharedObject object) {
        boolean fixed = (flags & Linux.MAP_FIXED) != 0 && Linux.isUserRange(addr, lengthBytes);
        long endVa = fixed ? Linux.pageUp(addr + lengthBytes) : 0;
        pcache.bar(space, fixed ? addr : 0, endVa, 0, 0);
        files.writeBack(ranges, fixed ? addr : 0, endVa);
        int homeFlags = object == null ? flags : flags & ~Linux.NEVER_WRITABLE | Linux.MAP_ANONYMOUS | Linux.MAP_NORESERVE;
        long va = home.mmap(addr, lengthBytes, prot, homeFlags, path, object == null ? fileOffset : 0);
        if (va >= 0 && Linux.isUserRange(va, lengthBytes)) {
            int lasting = (flags | locks.ofNew()) & (Linux.MAP_LASTING | Linux.NEVER_WRITABLE) & ~Linux.MAP_TYPE;
            int type = (flags & Linux.MAP_TYPE) == Linux.MAP_PRIVATE ? Linux.MAP_PRIVATE : Linux.MAP_SHARED;
            long offset = path == null && object == null ? 0 : fileOffset;
            long end = Linux.pageUp(va + lengthBytes);
            objects.use(object);
            ranges = ranges.with(new Range(va, end, prot & Linux.PROT_ALL, lasting | type, offset, path, SharedObject.rangeName(object), object));
            if (fixed) {
                pcache.drop(space, va, end);
                objects.releaseUnused(ranges);
                files.release(ranges);
            }
        } else if (va >= 0) {
            va = -Errno.EIO;
        }
        pcache.unbar(space);
        return va;
    }

    @Override
    public synchronized long munmap(long addr, long lengthBytes) {
        if (!Linux.isUserRange(addr, lengthBytes)) {
            return -Errno.EINVAL;
        }
        long endVa = Linux.pageUp(addr + lengthBytes);
        pcache.bar(space, addr, endVa, 0, 0);
        files.writeBack(ranges, addr, endVa);
        long result = home.onRange(Opcode.P2M_MUNMAP, addr, lengthBytes, 0);
        if (result == 0) {
            unmapped(addr, endVa);
        }
        pcache.unbar(space);
        return result;
    }

    @Override
    public boolean keep(String path, FileMapping mapping) {
        synchronized (this) {
            return !isDead && files.add(path, mapping);
        }
    }

    @Override
    public synchronized void share(String path, FileMemory memory) {
        ranges = objects.share(ranges, path, (SharedObject) memory);
    }

    @Override
    public synchronized void syncFile(String path, long fromOffset, long toOffset, boolean drop) {
        files.sync(ranges, path, fromOffset, toOffset, drop);
    }

    /** Takes over that the home node has unmapped a range, which is barred. */
    private void unmapped(long startVa, long endVa) {
        ranges = ranges.without(startVa, endVa);
        pcache.drop(space, startVa, endVa);
        files.release(ranges);
        faults.whileIdle(() -> space.tables().freeEmpty(startVa, endVa, tlb::invalidateAll));
        objects.releaseUnused(ranges);
    }

    @Override
    public synchronized long brk(long addr) {
        if (addr < 0 || addr > Linux.TASK_SIZE) {
            return home.brk(0);
        }
        Range heap = ranges.lastNamed(HEAP);
        long oldEnd = heap == null ? 0 : heap.endVa();
        long from = Linux.pageUp(addr);
        pcache.bar(space, from, Math.max(from, oldEnd), 0, 0);
        long now = home.brk(addr);
        if (now == addr) {
            moveBreak(heap, from, oldEnd);
        }
        pcache.unbar(space);
        return now;
    }

    @Override
    public synchronized long heapStart() {
        return heapStart;
    }

    private void moveBreak(Range heap, long newEnd, long oldEnd) {
        if (heap != null && newEnd < oldEnd) {
            unmapped(Math.max(newEnd, heap.startVa()), oldEnd);
        } else if (newEnd > oldEnd) {
            long start = heap == null ? heapStart : oldEnd;
            if (start < newEnd) {
                int prot = Linux.PROT_READ | Linux.PROT_WRITE;
                int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | locks.ofNew();
                ranges = ranges.with(new Range(start, newEnd, prot, flags, 0, null, HEAP));
            }
        }
    }

    @Override
    public synchronized long mremap(
            long oldAddr, long oldLengthBytes, long newLengthBytes, int flags, long newAddr) {
        if (!Linux.isUserRange(oldAddr, oldLengthBytes) || newLengthBytes <= 0 || newLengthBytes > Linux.TASK_SIZE) {
            return -Errno.EINVAL;
        }
        long oldEnd = Linux.pageUp(oldAddr + oldLengthBytes);
        long newLength = Linux.pageUp(newLengthBytes);
        boolean fixed = (flags & Linux.MREMAP_FIXED) != 0 && Linux.isUserRange(newAddr, newLength);
        pcache.bar(space, oldAddr, oldEnd, fixed ? newAddr : 0, fixed ? newAddr + newLength : 0);
        files.writeBack(ranges, oldAddr, oldEnd);
        files.writeBack(ranges, fixed ? newAddr : 0, fixed ? newAddr + newLength : 0);
        long result = pcache.settle(space, oldAddr, oldEnd);
        if (result == 0) {
            result = home.mremap(oldAddr, oldLengthBytes, newLengthBytes, flags, newAddr);
        }
        if (result >= 0) {
            remapped(oldAddr, oldEnd, result, newLength, (flags & Linux.MREMAP_DONTUNMAP) != 0);
        } else if (fixed && result == -Errno.ENOMEM) {
            unmapped(newAddr, newAddr + newLength); // as on Linux, the target goes before the move can fail
        }
        pcache.unbar(space);
        return result;
    }

    private void remapped(long oldVa, long oldEnd, long newVa, long newLength, boolean staysMapped) {
        long oldLength = oldEnd - oldVa;
        long kept = Math.min(oldLength, newLength);
        if (kept < oldLength) {
            unmapped(oldVa + kept, oldEnd);
        }
        Range old = ranges.find(oldVa);
        if (old == null) {
            return; // the home node mapped what we do not know: it will answer for it
        }
        Range like = old.part(oldVa, Math.max(oldVa + 1, Math.min(old.endVa(), oldVa + kept)));
        Range moved = like.movedTo(newVa, newVa + newLength);
        if (newVa == oldVa) {
            ranges = ranges.with(moved);
            return;
        }
        unmapped(newVa, newVa + newLength);
        pcache.bar(space, oldVa, oldEnd, 0, 0); // lines that have moved may be evicted to make room
        ranges = ranges.without(oldVa, oldVa + kept); // faults stay out of both until the pages have moved
        if (like.object() != null && like.isShared()) {
            pcache.drop(space, oldVa, oldVa + kept); // the content is in no place of this address space
        } else if (pcache.makeTables(space, newVa, newVa + kept)) {
            pcache.move(space, oldVa, oldVa + kept, newVa);
        } else {
            pcache.drop(space, oldVa, oldVa + kept);
            space.loseData();
        }
        ranges = (staysMapped ? ranges.with(like.withFlags(like.flags() & ~Linux.MAP_LOCKED)) : ranges).with(moved);
        faults.whileIdle(() -> space.tables().freeEmpty(oldVa, oldVa + kept, tlb::invalidateAll));
    }

    @Override
    public synchronized long mprotect(long addr, long lengthBytes, int prot) {
        boolean isUser = Linux.isUserRange(addr, lengthBytes);
        if ((prot & Linux.PROT_WRITE) != 0 && isUser && ranges.isNeverWritable(addr, Linux.pageUp(addr + lengthBytes))) {
            return -Errno.EACCES;
        }
        long result = home.onRange(Opcode.P2M_MPROTECT, addr, lengthBytes, prot);
        if ((result == 0 || result == -Errno.ENOMEM) && isUser) {
            int newProt = prot & Linux.PROT_ALL;
            long endVa = ranges.coveredUntil(addr, Linux.pageUp(addr + lengthBytes));
            ranges = ranges.withProt(addr, endVa, newProt);
            pcache.protect(space, addr, endVa, Range.rights(newProt) & ranges.withoutCopy(addr, endVa));
        }
        return result;
    }

    @Override
    public synchronized long madvise(long addr, long lengthBytes, int advice) {
        long result = Advice.give(this, pcache, addr, lengthBytes, advice);
        ranges = result == 0 || result == -Errno.ENOMEM ? Advice.kept(ranges, addr, lengthBytes, advice) : ranges;
        return result;
    }

    @Override
    public long msync(long addr, long lengthBytes, int flags) {
        long endVa = Linux.isUserRange(addr, lengthBytes) ? Linux.pageUp(addr + lengthBytes) : addr;
        long result;
        RangeMap now;
        synchronized (this) {
            if (endVa > addr && pcache.clean(space, addr, endVa) < 0) {
                return -Errno.EIO;
            }
            result = home.onRange(Opcode.P2M_MSYNC, addr, lengthBytes, flags);
            now = ranges;
        }
        int error = FileObject.collect(now, addr, endVa, (flags & Linux.MS_SYNC) != 0);
        return result == 0 ? error : result;
    }

    /**
     * fork(2): makes a new, empty address space a copy of this one, with private pages shared until one of the two writes.
     *
     * @return 0 or a negative errno, and the child is to be destroyed
     */
    synchronized long forkInto(ProcessAddressSpace child) {
        pcache.bar(space, 0, PageTables.END_VA, 0, 0);
        files.writeBack(ranges, 0, PageTables.END_VA);
        long result = pcache.settle(space, 0, PageTables.END_VA);
        if (result == 0) {
            result = child.home.forkOf(home.number());
        }
        RangeMap now = ranges;
        for (int i = 0; i < now.count() && result == 0; i++) {
            Range range = now.get(i);
            if (!range.isShared()) {
                result = pcache.share(space, child.space, range.startVa(), range.endVa());
            }
        }
        tlb.invalidateAll();
        pcache.unbar(space);
        child.begin(now, heapStart);
        Advice.forked(child);
        files.all().forEach(mapping -> mapping.inherited(child));
        return result;
    }

    private synchronized void begin(RangeMap forked, long heap) {
        for (int i = 0; i < forked.count(); i++) {
            objects.use(forked.get(i).object());
        }
        ranges = locks.forked(forked);
        heapStart = heap;
    }

    /** The stack has grown to a page, at its home too. */
    synchronized void growDown(Range stack, long pageVa) {
        Range now = ranges.find(stack.endVa() - 1);
        if (now != null && now.growsDown() && pageVa < now.startVa() && ranges.find(pageVa) == null) {
            ranges = ranges.with(now.movedTo(pageVa, now.endVa()));
        }
    }

    /** Rights were given by a map that is not valid any more: gives those of the map that is. */
    void takeBackRights(RangeMap usedMap, long pageVa) {
        RangeMap now = ranges;
        if (now != usedMap) {
            Range range = now.find(pageVa);
            long rights = Range.rights(range == null ? 0 : range.prot()) & now.withoutCopy(pageVa, pageVa + Linux.PAGE_BYTES);
            pcache.protect(space, pageVa, pageVa + Linux.PAGE_BYTES, rights);
        }
    }

    /** Changes what only this node knows of ranges. */
    synchronized void change(UnaryOperator<RangeMap> edit) {
        ranges = edit.apply(ranges);
    }

    @Override
    public MemoryLocks locks() {
        return locks;
    }

    synchronized void setHeapStart(long va) {
        heapStart = Linux.pageUp(va);
    }

    /** What the loader wrote. @return false without memory for tables */
    boolean markRemote(long startVa, long endVa) {
        return pcache.markRemote(space, Linux.pageDown(startVa), endVa);
    }

    @Override
    public Object objectAt(long guestVa) {
        return ranges.objectAt(guestVa, this);
    }

    @Override
    public long objectOffset(long guestVa) {
        return ranges.objectOffset(guestVa);
    }

    @Override
    public PageCounts pages() {
        return faults;
    }

    @Override
    public boolean isMapped(long guestVa) {
        return ranges.find(guestVa) != null;
    }

    @Override
    public boolean sharesWritable() {
        return ranges.sharesWritable();
    }

    @Override
    public void forEachRange(RangeVisitor visitor) {
        ranges.forEach(visitor);
    }

    @Override
    public long residentBytes() {
        return space.residentBytes();
    }

    @Override
    public long mappedBytes() {
        return ranges.sizeBytes();
    }

    @Override
    public void retain() {
        users.incrementAndGet();
    }

    @Override
    public boolean isShared() {
        return users.get() > 1;
    }

    @Override
    public void release() {
        if (users.decrementAndGet() == 0) {
            destroy();
        }
    }

    /** Without asking who uses it. */
    synchronized void destroy() {
        if (isDead) {
            return;
        }
        isDead = true;
        files.writeBack(ranges, 0, PageTables.END_VA);
        ranges = RangeMap.EMPTY;
        pcache.bar(space, 0, PageTables.END_VA, 0, 0);
        home.exit();
        pcache.destroySpace(space);
        home.close();
        objects.releaseUnused(RangeMap.EMPTY);
        files.release(ranges);
    }
}
