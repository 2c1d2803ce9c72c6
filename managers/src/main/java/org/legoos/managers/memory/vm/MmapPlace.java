package org.legoos.managers.memory.vm;

/**
 * Where a new mapping goes: Linux's top-down search from the mmap base, and bottom-up when that finds nothing
 * (mm/mmap.c, arch/x86/mm/mmap.c). A stack keeps its guard gap.
 */
final class MmapPlace {
    private static final long MIN_STACK_GAP_BYTES = 128L << 20;
    private static final long MAX_STACK_GAP_BYTES = VmFlags.TASK_SIZE / 6 * 5;
    private static final long BOTTOM_UP_BASE = VmFlags.pageUp(VmFlags.TASK_SIZE / 3);

    private static final long BASE_32BIT = 0x40000000L;
    static final long END_32BIT = 0x80000000L;

    private MmapPlace() {}

    /** @param randomBytes page-aligned displacement, 0 for none */
    static long mmapBase(long stackLimitBytes, long randomBytes) {
        long gap = stackLimitBytes < 0 ? MAX_STACK_GAP_BYTES : stackLimitBytes + VmFlags.GUARD_GAP_BYTES;
        gap = Math.clamp(gap, MIN_STACK_GAP_BYTES, MAX_STACK_GAP_BYTES);
        return VmFlags.pageUp(VmFlags.TASK_SIZE - gap - randomBytes);
    }

    /** Where a range begins for its neighbours below. */
    static long startWithGap(Vma vma) {
        return vma.growsDown() ? Math.max(0, vma.startVa() - VmFlags.GUARD_GAP_BYTES) : vma.startVa();
    }

    static boolean isFree(VmaSet vmas, long startVa, long lengthBytes) {
        if (startVa < VmFlags.MIN_VA || startVa > VmFlags.TASK_SIZE - lengthBytes) {
            return false;
        }
        int next = vmas.firstEndingAfter(startVa);
        return next == vmas.count() || startWithGap(vmas.get(next)) >= startVa + lengthBytes;
    }

    /** The address, or 0 when there is no room. */
    static long find(VmaSet vmas, long mmapBaseVa, long lengthBytes) {
        long va = topDown(vmas, mmapBaseVa, lengthBytes);
        return va != 0 ? va : bottomUp(vmas, BOTTOM_UP_BASE, VmFlags.TASK_SIZE, lengthBytes);
    }

    private static long topDown(VmaSet vmas, long mmapBaseVa, long lengthBytes) {
        int index = vmas.firstEndingAfter(mmapBaseVa - 1);
        long top = mmapBaseVa;
        if (index < vmas.count()) {
            top = Math.min(top, startWithGap(vmas.get(index)));
        }
        for (int i = index - 1; i >= -1; i--) {
            long bottom = i < 0 ? VmFlags.MIN_VA : Math.max(VmFlags.MIN_VA, vmas.get(i).endVa());
            if (top - bottom >= lengthBytes) {
                return top - lengthBytes;
            }
            if (i >= 0) {
                top = startWithGap(vmas.get(i));
            }
        }
        return 0;
    }

    /** As for MAP_32BIT: in the second GiB (arch/x86/kernel/sys_x86_64.c). @return the address, or 0 when there is no room */
    static long find32Bit(VmaSet vmas, long lengthBytes) {
        return bottomUp(vmas, BASE_32BIT, END_32BIT, lengthBytes);
    }

    private static long bottomUp(VmaSet vmas, long bottomVa, long endVa, long lengthBytes) {
        long bottom = bottomVa;
        for (int i = vmas.firstEndingAfter(bottom); i < vmas.count(); i++) {
            if (startWithGap(vmas.get(i)) - bottom >= lengthBytes) {
                return bottom;
            }
            bottom = Math.max(bottom, vmas.get(i).endVa());
        }
        return endVa - bottom >= lengthBytes ? bottom : 0;
    }
}
