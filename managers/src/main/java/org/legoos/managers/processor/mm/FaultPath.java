package org.legoos.managers.processor.mm;

import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.isa.cpu.PageFaultCode;
import org.legoos.isa.cpu.PageFaultHandler;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.PageTables;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.isa.mmu.Pte;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheSpace;
import org.legoos.managers.processor.pcache.SoftPte;

/**
 * Page faults of one address space, on the faulting thread, several at a time. Allocates nothing. A range is looked up without a
 * lock: after the entry has been claimed the map must still be the same, and calls that change it wait for
 * claimed entries.
 */
final class FaultPath implements PageFaultHandler, PageCounts {
    /** What one page table of the lowest level maps. */
    private static final long TABLE_BYTES = 512 * Linux.PAGE_BYTES;

    private final ProcessAddressSpace owner;
    private final Pcache pcache;
    private final PcacheSpace space;
    private final PhysicalMemory memory;
    private final Printk log;
    private final AtomicInteger active = new AtomicInteger();
    private volatile boolean paused;
    private long minorFaults;
    private long majorFaults;

    FaultPath(ProcessAddressSpace owner, Pcache pcache, PcacheSpace space, Printk log) {
        this.owner = owner;
        this.pcache = pcache;
        this.space = space;
        this.memory = pcache.memory();
        this.log = log;
    }

    @Override
    public boolean handle(long guestVa, int errorCode) {
        int access = (errorCode & PageFaultCode.WRITE) != 0
                ? PageWalker.WRITE
                : (errorCode & PageFaultCode.INSTRUCTION_FETCH) != 0 ? PageWalker.FETCH : PageWalker.READ;
        return (errorCode & PageFaultCode.RESERVED_BIT) == 0 && fault(guestVa, access) == 0;
    }

    /** Pages whose content comes from another node. */
    @Override
    public boolean mayTakeLong(long guestVa) {
        long ptePa = space.tables().ptePa(guestVa);
        long pte = ptePa == 0 ? 0 : memory.getLongAcquire(ptePa);
        if (SoftPte.isPresent(pte) || SoftPte.isBusy(pte)) {
            return false;
        }
        Range range = SoftPte.isRemote(pte) ? null : owner.ranges().find(guestVa);
        return SoftPte.isRemote(pte) || range != null && range.isOfFile();
    }

    @Override
    public boolean isResident(long guestVa) {
        enter();
        long ptePa = space.tables().ptePa(guestVa);
        boolean isPresent = ptePa != 0 && SoftPte.isPresent(memory.getLongAcquire(ptePa));
        active.decrementAndGet();
        return isPresent;
    }

    @Override
    public void count(long startVa, long endVa, long[] to) {
        long va = startVa;
        while (va < endVa) {
            enter();
            try {
                long tableEnd = Math.min(endVa, (va | TABLE_BYTES - 1) + 1);
                boolean hasTable = space.tables().ptePa(va) != 0;
                for (; hasTable && va < tableEnd; va += Linux.PAGE_BYTES) {
                    long pte = memory.getLongAcquire(space.tables().ptePa(va));
                    to[0] += SoftPte.isPresent(pte) ? 1 : 0;
                    to[1] += SoftPte.isPresent(pte) && (pte & Pte.DIRTY) != 0 ? 1 : 0;
                }
                va = tableEnd;
            } finally {
                active.decrementAndGet();
            }
        }
    }

    @Override
    public void resetPeak() {
        space.resetPeak();
    }

    @Override
    public long peakResidentBytes() {
        return space.peakResidentBytes();
    }

    @Override
    public long minorFaults() {
        return minorFaults;
    }

    @Override
    public long majorFaults() {
        return majorFaults;
    }

    /** Threads may count at the same time, and then lose one. */
    private void count(Range range, long pte) {
        if (SoftPte.isRemote(pte) || range.isOfFile()) {
            majorFaults++;
        } else {
            minorFaults++;
        }
    }

    int fault(long guestVa, int access) {
        long faultNs = pcache.faultTime();
        pcache.countFault(access);
        if (guestVa < 0 || guestVa >= PageTables.END_VA) {
            return AddressSpace.FAULT_MAPERR;
        }
        if (space.hasLostData()) {
            return AddressSpace.FAULT_BUS;
        }
        enter();
        int result = resolve(guestVa, access, faultNs);
        active.decrementAndGet();
        return result;
    }

    private void enter() {
        while (true) {
            active.incrementAndGet();
            if (!paused) {
                return;
            }
            active.decrementAndGet();
            while (paused) {
                Thread.onSpinWait();
            }
        }
    }

    /** Runs the action if no fault is under way, and lets none begin meanwhile (it frees page tables). */
    void whileIdle(Runnable action) {
        paused = true;
        if (active.get() == 0) {
            action.run();
        }
        paused = false;
    }

    private int resolve(long guestVa, int access, long faultNs) {
        long pageVa = Linux.pageDown(guestVa);
        while (true) {
            RangeMap ranges = owner.ranges();
            Range range = ranges.find(guestVa);
            boolean grows = range == null;
            if (grows) {
                range = growable(ranges, pageVa);
                if (range == null) {
                    return AddressSpace.FAULT_MAPERR;
                }
            }
            if (!range.allows(access)) {
                return AddressSpace.FAULT_ACCERR;
            }
            long ptePa = space.tables().ensurePtePa(pageVa);
            if (ptePa == 0) {
                return AddressSpace.FAULT_OOM;
            }
            long pte = memory.getLongAcquire(ptePa);
            long rights = Range.rights(range.prot());
            if (SoftPte.isPresent(pte)) {
                if (!SoftPte.hasRights(pte, rights)) {
                    minorFaults++;
                    boolean isCopy = range.object() != null && !range.isShared();
                    int result = pcache.giveRights(space, pageVa, ptePa, rights, access == PageWalker.WRITE, isCopy);
                    owner.takeBackRights(ranges, pageVa);
                    return result == 0 ? 0 : faultOf(result, pageVa);
                }
                return 0;
            }
            if (SoftPte.isBusy(pte)) {
                pcache.awaitFilled(ptePa);
            } else if (pcache.claim(ptePa, pte)) {
                count(range, pte);
                boolean isOfObject = range.object() != null && (range.isShared() || !SoftPte.isRemote(pte));
                int result = isOfObject
                        ? mapObject(ranges, range, pageVa, ptePa, pte, access)
                        : fill(ranges, range, pageVa, ptePa, pte, access, faultNs, grows);
                if (result <= 0) {
                    return result == 0 ? 0 : faultOf(result, pageVa);
                }
            }
        }
    }

    /** @return 0, a positive number to look again, or a negative errno */
    private int fill(
            RangeMap ranges, Range range, long pageVa, long ptePa, long pte, int access, long faultNs, boolean grows) {
        if (owner.ranges() != ranges) {
            pcache.release(ptePa, pte);
            return 1;
        }
        boolean zeros = range.isAnonymous() && !grows; // the home grows its stack by the miss
        long rights = Range.rights(range.prot());
        int result = pcache.fill(space, pageVa, ptePa, pte, zeros, rights, access, faultNs);
        if (result == 0 && grows) {
            owner.growDown(range, pageVa);
        }
        return result;
    }

    /** Maps the line of the shared memory's page, which is filled if it must be. Results as of {@link #fill}. */
    private int mapObject(RangeMap ranges, Range range, long pageVa, long ptePa, long pte, int access) {
        if (owner.ranges() != ranges) {
            pcache.release(ptePa, pte);
            return 1;
        }
        ProcessAddressSpace backing = range.object().backing();
        long objectVa = range.objectVa(pageVa);
        long rights = Range.rights(range.prot()) & (range.isShared() ? -1 : ~Pte.WRITABLE);
        int result = 1;
        while (result > 0) {
            int fault = backing.fault(objectVa, range.isShared() ? access : PageWalker.READ);
            if (fault != 0) {
                result = fault == AddressSpace.FAULT_OOM ? -Errno.ENOMEM : -Errno.EIO; // behind its end: SIGBUS
            } else {
                long objectPtePa = backing.pcacheSpace().tables().ptePa(objectVa);
                result = objectPtePa == 0 ? 1 : pcache.mapShared(objectPtePa, space, pageVa, ptePa, rights);
            }
        }
        if (result < 0) {
            pcache.release(ptePa, pte);
        }
        return result;
    }

    /** The stack above a page that belongs to nobody, if it may grow down to it (Linux's expand_stack), or null. */
    private static Range growable(RangeMap ranges, long pageVa) {
        int above = ranges.firstEndingAfter(pageVa);
        if (above == ranges.count() || !ranges.get(above).growsDown()) {
            return null;
        }
        Range stack = ranges.get(above);
        if (stack.endVa() - pageVa > Linux.STACK_LIMIT_BYTES) {
            return null;
        }
        boolean isTooClose = above > 0 && pageVa - ranges.get(above - 1).endVa() < Linux.STACK_GUARD_BYTES;
        return isTooClose ? null : stack;
    }

    private int faultOf(int errno, long pageVa) {
        return switch (-errno) {
            case Errno.EFAULT -> AddressSpace.FAULT_MAPERR;
            case Errno.ENOMEM -> AddressSpace.FAULT_OOM;
            case Errno.EIO -> AddressSpace.FAULT_BUS;
            default -> {
                log.once(
                        LogLevel.ERR,
                        "pcache-miss" + errno + owner.pid(),
                        "pcache: pid %d: miss of 0x%x failed: errno %d",
                        owner.pid(),
                        pageVa,
                        -errno);
                yield AddressSpace.FAULT_BUS;
            }
        };
    }
}
