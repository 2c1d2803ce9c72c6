package org.legoos.managers.memory.vm;

import org.legoos.kernel.syscall.Errno;

/**
 * mremap(2) (Linux mm/mremap.c): shrink, grow in place, move, move the content only; no doubling of shared
 * memory by an old length of 0.
 */
public final class Mremap {
    private Mremap() {}

    public static long mremap(
            MmStruct mm, long oldVa, long oldLengthBytes, long newLengthBytes, int flags, long newVa) {
        boolean mayMove = (flags & VmFlags.MREMAP_MAYMOVE) != 0;
        boolean isFixed = (flags & VmFlags.MREMAP_FIXED) != 0;
        boolean staysMapped = (flags & VmFlags.MREMAP_DONTUNMAP) != 0;
        boolean isKnown = (flags & ~(VmFlags.MREMAP_MAYMOVE | VmFlags.MREMAP_FIXED | VmFlags.MREMAP_DONTUNMAP)) == 0;
        boolean isBadRange = !VmFlags.isAligned(oldVa) || isBad(newLengthBytes) || isBad(oldLengthBytes);
        boolean isBadStay = staysMapped && (!mayMove || oldLengthBytes != newLengthBytes);
        if (!isKnown || isFixed && !mayMove || isBadStay || isBadRange) {
            return -Errno.EINVAL;
        }
        long oldLength = VmFlags.pageUp(oldLengthBytes);
        long newLength = VmFlags.pageUp(newLengthBytes);
        if (isFixed && isBadTarget(oldVa, oldLength, newVa, newLength)) {
            return -Errno.EINVAL;
        }
        Vma vma = mm.vmas.find(oldVa);
        if (vma == null || oldLength > vma.endVa() - oldVa) {
            return -Errno.EFAULT;
        }
        if (mm.vmas.isFullFor(2)) {
            return -Errno.ENOMEM;
        }
        if (isFixed) {
            return moveTo(mm, oldVa, oldLength, newVa, newLength, staysMapped);
        }
        if (staysMapped) {
            long va = MmapPlace.find(mm.vmas, mm.mmapBaseVa, newLength);
            return va == 0 ? -Errno.ENOMEM : move(mm, oldVa, oldLength, va, newLength, true);
        }
        if (newLength <= oldLength) {
            shrink(mm, oldVa, oldLength, newLength);
            return oldVa;
        }
        if (growInPlace(mm, vma, oldVa + oldLength, oldVa + newLength)) {
            return oldVa;
        }
        if (!mayMove) {
            return -Errno.ENOMEM;
        }
        long va = MmapPlace.find(mm.vmas, mm.mmapBaseVa, newLength);
        return va == 0 ? -Errno.ENOMEM : move(mm, oldVa, oldLength, va, newLength, false);
    }

    private static boolean isBad(long lengthBytes) {
        return lengthBytes <= 0 || lengthBytes > VmFlags.TASK_SIZE;
    }

    private static boolean isBadTarget(long oldVa, long oldLength, long newVa, long newLength) {
        return !VmFlags.isAligned(newVa)
                || newVa < VmFlags.MIN_VA
                || newVa > VmFlags.TASK_SIZE - newLength
                || oldVa < newVa + newLength && newVa < oldVa + oldLength;
    }

    private static void shrink(MmStruct mm, long va, long oldLength, long newLength) {
        if (newLength < oldLength) {
            MapCalls.unmapRange(mm, va + newLength, va + oldLength);
        }
    }

    private static boolean growInPlace(MmStruct mm, Vma vma, long oldEndVa, long newEndVa) {
        if (oldEndVa != vma.endVa() || newEndVa < 0 || !MmapPlace.isFree(mm.vmas, oldEndVa, newEndVa - oldEndVa)) {
            return false;
        }
        Vma grown = vma.part(vma.startVa(), newEndVa);
        if (MapCalls.exceedsMemory(mm, grown)) {
            return false;
        }
        mm.vmas.remove(vma.startVa(), vma.endVa());
        mm.vmas.insert(grown);
        return true;
    }

    private static long moveTo(MmStruct mm, long oldVa, long oldLength, long newVa, long newLength, boolean staysMapped) {
        MapCalls.unmapRange(mm, newVa, newVa + newLength);
        shrink(mm, oldVa, oldLength, newLength);
        return move(mm, oldVa, Math.min(oldLength, newLength), newVa, newLength, staysMapped);
    }

    /** @param staysMapped whether the old place stays mapped, with nothing in it */
    private static long move(MmStruct mm, long oldVa, long oldLength, long newVa, long newLength, boolean staysMapped) {
        Vma old = mm.vmas.find(oldVa).part(oldVa, oldVa + oldLength);
        Vma moved = old.movedTo(newVa, newLength);
        if (MapCalls.exceedsMemory(mm, moved) || !mm.pages.move(oldVa, newVa, oldLength)) {
            return -Errno.ENOMEM;
        }
        mm.vmas.remove(oldVa, oldVa + oldLength);
        mm.vmas.insert(moved);
        if (staysMapped) {
            mm.vmas.insert(old);
        }
        return newVa;
    }
}
