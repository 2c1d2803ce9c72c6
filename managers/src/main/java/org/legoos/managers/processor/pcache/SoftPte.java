package org.legoos.managers.processor.pcache;

import org.legoos.isa.mmu.Pte;

/**
 * What entries of the emulated page table mean while they are not present (P=0, all bits are software's). Zero is
 * a page that was never touched: the range says whether it is zeros or comes from its home. So mapping a huge range writes
 * nothing.
 */
public final class SoftPte {
    /** The home memory node (or the victim cache) has content for this page. */
    public static final long REMOTE = 1L << 1;

    /** One thread is filling the page; nobody else changes the entry. Keeps REMOTE as it was. */
    public static final long BUSY = 1L << 2;

    private static final long RIGHTS = Pte.WRITABLE | Pte.USER | Pte.NO_EXECUTE;

    private SoftPte() {}

    public static boolean isPresent(long pte) {
        return (pte & Pte.PRESENT) != 0;
    }

    public static boolean isBusy(long pte) {
        return (pte & (Pte.PRESENT | BUSY)) == BUSY;
    }

    public static boolean isRemote(long pte) {
        return (pte & (Pte.PRESENT | REMOTE)) == REMOTE;
    }

    static boolean isDirty(long pte) {
        return (pte & Pte.DIRTY) != 0;
    }

    static boolean isExecutable(long pte) {
        return (pte & Pte.NO_EXECUTE) == 0;
    }

    /** A present entry; rights are the USER, WRITABLE and NO_EXECUTE bits. */
    static long present(long linePa, long rights, boolean dirty) {
        return linePa | Pte.PRESENT | Pte.ACCESSED | rights | (dirty ? Pte.DIRTY : 0);
    }

    static long withRights(long pte, long rights) {
        return pte & ~RIGHTS | rights;
    }

    /** Whether a present entry has all rights of {@code rights}. */
    public static boolean hasRights(long pte, long rights) {
        return !isReduced(rights, pte);
    }

    /** Whether the change takes something away that a processor may have cached. */
    static boolean isReduced(long pte, long rights) {
        boolean loses = (pte & ~rights & (Pte.WRITABLE | Pte.USER)) != 0;
        return loses || (~pte & rights & Pte.NO_EXECUTE) != 0;
    }
}
