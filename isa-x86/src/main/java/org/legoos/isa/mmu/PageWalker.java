package org.legoos.isa.mmu;

import org.legoos.isa.cpu.PageFaultCode;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * The MMU: translates guest-virtual to guest-physical addresses through 4-level tables in guest memory,
 * sets Accessed and Dirty bits as hardware does, and tells faults exactly (Intel SDM vol. 3, 4.5 to 4.8,
 * with CR0.WP, EFER.NXE and 4-level paging on; no SMEP, SMAP, PKU). Engine, kernel uaccess and debugger
 * all use this one walker. Allocates nothing; see {@link Walk} for the packed result.
 *
 * <p>Accessed is set in every table entry that a walk passes, and in the leaf when the access is allowed;
 * always by compare-and-set, so that an entry which another thread clears or replaces meanwhile is looked
 * at again and never comes back. An entry that points outside RAM counts as one with reserved bits set,
 * as on a processor whose physical-address width is just the RAM.
 */
public final class PageWalker {
    /** User-mode access for data read. */
    public static final int READ = 0;

    /** User-mode access for data write. */
    public static final int WRITE = 1;

    /** User-mode instruction fetch. */
    public static final int FETCH = 2;

    static final int TOP_SHIFT = 39;
    static final int INDEX_BITS = 9;
    static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final int CANONICAL_BITS = 48;

    private PageWalker() {}

    /**
     * Translates one user-mode access. A non-canonical address gives the code of a page that is not
     * present (hardware raises #GP instead; to a program both are SIGSEGV).
     *
     * @param access READ, WRITE or FETCH
     * @return a {@link Walk} word: the page's guestPa and its effective permissions, or a fault code
     */
    public static long walk(PhysicalMemory memory, long pml4Pa, long guestVa, int access) {
        if (guestVa << (Long.SIZE - CANONICAL_BITS) >> (Long.SIZE - CANONICAL_BITS) != guestVa) {
            return Walk.fault(faultCode(access));
        }
        long ramSizeBytes = memory.sizeBytes();
        long tablePa = Pte.frame(pml4Pa);
        if (tablePa >= ramSizeBytes) {
            return reservedFault(access);
        }
        long allOf = Pte.WRITABLE | Pte.USER; // permissions that every level gives
        long anyOf = 0; // NX when some level takes execution away
        int shift = TOP_SHIFT;
        while (true) {
            long entryPa = tablePa + ((guestVa >>> shift & INDEX_MASK) << 3);
            long entry = memory.getLongAcquire(entryPa);
            if ((entry & Pte.PRESENT) == 0) {
                return Walk.fault(faultCode(access));
            }
            if (hasReservedBits(entry, shift, ramSizeBytes)) {
                return reservedFault(access);
            }
            if (isLeaf(entry, shift)) {
                if (!allows(entry & allOf, (entry | anyOf) & Pte.NO_EXECUTE, access)) {
                    return Walk.fault(PageFaultCode.PRESENT | faultCode(access));
                }
                long marked = entry | Pte.ACCESSED | (access == WRITE ? Pte.DIRTY : 0);
                if (marked == entry || memory.compareAndSetLong(entryPa, entry, marked)) {
                    return translation(marked, allOf, anyOf, shift, guestVa);
                }
                continue; // the entry changed under us: look at it again
            }
            if ((entry & Pte.ACCESSED) == 0 && !memory.compareAndSetLong(entryPa, entry, entry | Pte.ACCESSED)) {
                continue;
            }
            allOf &= entry;
            anyOf |= entry;
            tablePa = Pte.frame(entry);
            shift -= INDEX_BITS;
        }
    }

    private static boolean isLeaf(long entry, int shift) {
        return shift == PhysicalMemory.PAGE_SHIFT || (entry & Pte.LARGE) != 0;
    }

    /** PS in a PML4 entry, low frame bits of a large page (but bit 12, its PAT), frames outside RAM. */
    private static boolean hasReservedBits(long entry, int shift, long ramSizeBytes) {
        if (shift == PhysicalMemory.PAGE_SHIFT || (entry & Pte.LARGE) == 0) {
            return Pte.frame(entry) >= ramSizeBytes;
        }
        if (shift == TOP_SHIFT) {
            return true;
        }
        long framePa = Pte.frame(entry) & ~Pte.LARGE_PAT;
        long sizeBytes = 1L << shift;
        return (framePa & (sizeBytes - 1)) != 0 || framePa > ramSizeBytes - sizeBytes;
    }

    private static boolean allows(long granted, long noExecute, int access) {
        return switch (access) {
            case WRITE -> granted == (Pte.WRITABLE | Pte.USER);
            case FETCH -> (granted & Pte.USER) != 0 && noExecute == 0;
            default -> (granted & Pte.USER) != 0;
        };
    }

    private static long translation(long leaf, long allOf, long anyOf, int shift, long guestVa) {
        long pagePa = Pte.frame(leaf);
        if (shift != PhysicalMemory.PAGE_SHIFT) {
            long inPage = guestVa & ((1L << shift) - 1) & Pte.FRAME_MASK;
            pagePa = (pagePa & ~Pte.LARGE_PAT) | inPage;
        }
        int permissions = Walk.R;
        if ((leaf & allOf & Pte.WRITABLE) != 0 && (leaf & Pte.DIRTY) != 0) {
            permissions |= Walk.W;
        }
        if (((leaf | anyOf) & Pte.NO_EXECUTE) == 0) {
            permissions |= Walk.X;
        }
        return Walk.ok(pagePa, permissions);
    }

    private static long reservedFault(int access) {
        return Walk.fault(PageFaultCode.PRESENT | PageFaultCode.RESERVED_BIT | faultCode(access));
    }

    private static int faultCode(int access) {
        return switch (access) {
            case WRITE -> PageFaultCode.USER | PageFaultCode.WRITE;
            case FETCH -> PageFaultCode.USER | PageFaultCode.INSTRUCTION_FETCH;
            default -> PageFaultCode.USER;
        };
    }
}
