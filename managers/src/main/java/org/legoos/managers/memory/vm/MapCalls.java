package org.legoos.managers.memory.vm;

import org.legoos.kernel.syscall.Errno;

/**
 * mmap, munmap, brk, mprotect, madvise and msync on an {@link MmStruct}, with Linux's checks in Linux's order
 * (mm/mmap.c, mm/mprotect.c, mm/madvise.c, mm/msync.c). Results are as of the system calls. The caller holds the
 * address space's lock.
 */
public final class MapCalls {
    private MapCalls() {}

    /** @param file null for anonymous memory */
    public static long mmap(
            MmStruct mm, long hintVa, long lengthBytes, int prot, int flags, MappedFile file, long fileOffset) {
        int type = flags & VmFlags.MAP_TYPE;
        if (lengthBytes == 0 || !VmFlags.isAligned(fileOffset) || fileOffset < 0) {
            return -Errno.EINVAL;
        }
        if (type < VmFlags.MAP_SHARED || type > VmFlags.MAP_SHARED_VALIDATE) {
            return -Errno.EINVAL;
        }
        if (lengthBytes < 0 || lengthBytes > VmFlags.TASK_SIZE) {
            return -Errno.ENOMEM;
        }
        long length = VmFlags.pageUp(lengthBytes);
        if (file != null && fileOffset + length < 0) {
            return -Errno.EOVERFLOW;
        }
        boolean isShared = type != VmFlags.MAP_PRIVATE;
        if ((flags & VmFlags.MAP_GROWSDOWN) != 0 && (isShared || file != null)) {
            return -Errno.EINVAL;
        }
        if ((flags & VmFlags.MAP_HUGETLB) != 0 || mm.vmas.isFullFor(1)) {
            return -Errno.ENOMEM; // no huge pages are configured
        }
        int sharing = isShared ? VmFlags.MAP_SHARED : VmFlags.MAP_PRIVATE;
        int lasting = flags & VmFlags.LASTING & ~VmFlags.MAP_TYPE | sharing;
        long va = place(mm, hintVa, length, flags);
        if (va < 0) {
            return va;
        }
        Vma vma = new Vma(va, va + length, prot & VmFlags.PROT_ALL, lasting, file, file == null ? 0 : fileOffset, null);
        if (exceedsMemory(mm, vma)) {
            return -Errno.ENOMEM;
        }
        if ((flags & VmFlags.MAP_FIXED) != 0) {
            unmapRange(mm, va, va + length);
        }
        mm.vmas.insert(vma);
        return va;
    }

    /** Linux's heuristic overcommit: only what could never fit in the node is refused. */
    static boolean exceedsMemory(MmStruct mm, Vma vma) {
        return vma.isCommitted() && vma.sizeBytes() > mm.nodeBytes();
    }

    private static long place(MmStruct mm, long hintVa, long length, int flags) {
        boolean noReplace = (flags & VmFlags.MAP_FIXED_NOREPLACE) != 0;
        if ((flags & VmFlags.MAP_FIXED) != 0 || noReplace) {
            if (!VmFlags.isAligned(hintVa)) {
                return -Errno.EINVAL;
            }
            if (hintVa < 0 || hintVa > VmFlags.TASK_SIZE - length) {
                return -Errno.ENOMEM;
            }
            if (hintVa < VmFlags.MIN_VA) {
                return -Errno.EPERM;
            }
            return noReplace && mm.vmas.overlaps(hintVa, hintVa + length) ? -Errno.EEXIST : hintVa;
        }
        boolean is32Bit = (flags & VmFlags.MAP_32BIT) != 0;
        if (hintVa > 0 && hintVa <= VmFlags.TASK_SIZE) {
            long va = Math.max(VmFlags.pageUp(hintVa), VmFlags.MIN_VA);
            if (MmapPlace.isFree(mm.vmas, va, length) && (!is32Bit || va + length <= MmapPlace.END_32BIT)) {
                return va;
            }
        }
        long va = is32Bit ? MmapPlace.find32Bit(mm.vmas, length) : MmapPlace.find(mm.vmas, mm.mmapBaseVa, length);
        return va != 0 ? va : -Errno.ENOMEM;
    }

    /** Where mmap would put so many bytes at a multiple of alignBytes, for the loader; 0 when there is no room. */
    public static long findPlace(MmStruct mm, long lengthBytes, long alignBytes) {
        long va = MmapPlace.find(mm.vmas, mm.mmapBaseVa, lengthBytes + alignBytes - VmFlags.PAGE_SIZE);
        return va == 0 ? 0 : va + alignBytes - VmFlags.PAGE_SIZE & -alignBytes;
    }

    /** Adds a range at a fixed place, for the loader. */
    public static void mapFixed(MmStruct mm, Vma vma) {
        unmapRange(mm, vma.startVa(), vma.endVa());
        mm.vmas.insert(vma);
    }

    static void unmapRange(MmStruct mm, long startVa, long endVa) {
        mm.vmas.remove(startVa, endVa);
        mm.pages.drop(startVa, endVa);
    }

    private static boolean isBadRange(long va, long lengthBytes) {
        return va < 0 || lengthBytes < 0 || va > VmFlags.TASK_SIZE || lengthBytes > VmFlags.TASK_SIZE - va;
    }

    public static long munmap(MmStruct mm, long va, long lengthBytes) {
        if (!VmFlags.isAligned(va) || isBadRange(va, lengthBytes) || lengthBytes == 0) {
            return -Errno.EINVAL;
        }
        long endVa = va + VmFlags.pageUp(lengthBytes);
        Vma split = mm.vmas.find(va);
        boolean isInside = split != null && split.startVa() < va && split.endVa() > endVa;
        if (isInside && mm.vmas.isFullFor(1)) {
            return -Errno.ENOMEM;
        }
        unmapRange(mm, va, endVa);
        return 0;
    }

    /** @return the break afterwards: the old one when it cannot be moved */
    public static long brk(MmStruct mm, long va) {
        if (va < mm.brkStartVa || va > VmFlags.TASK_SIZE) {
            return mm.brkVa;
        }
        long oldEnd = VmFlags.pageUp(mm.brkVa);
        long newEnd = VmFlags.pageUp(va);
        if (newEnd < oldEnd) {
            unmapRange(mm, newEnd, oldEnd);
        } else if (newEnd > oldEnd) {
            int flags = VmFlags.MAP_PRIVATE | VmFlags.MAP_ANONYMOUS;
            Vma heap = new Vma(oldEnd, newEnd, VmFlags.PROT_READ | VmFlags.PROT_WRITE, flags, null, 0, "[heap]");
            boolean isFree = MmapPlace.isFree(mm.vmas, oldEnd, newEnd - oldEnd + VmFlags.PAGE_SIZE);
            if (!isFree || exceedsMemory(mm, heap) || mm.vmas.isFullFor(1)) {
                return mm.brkVa;
            }
            mm.vmas.insert(heap);
        }
        mm.brkVa = va;
        return va;
    }

    public static long mprotect(MmStruct mm, long va, long lengthBytes, int prot) {
        if (!VmFlags.isAligned(va) || (prot & ~(VmFlags.PROT_ALL | VmFlags.PROT_SEM)) != 0) {
            return -Errno.EINVAL;
        }
        if (lengthBytes == 0) {
            return 0;
        }
        if (isBadRange(va, lengthBytes) || mm.vmas.isFullFor(2)) {
            return -Errno.ENOMEM;
        }
        long endVa = va + VmFlags.pageUp(lengthBytes);
        long coveredVa = mm.vmas.coveredUntil(va, endVa);
        long at = va;
        while (at < coveredVa) {
            Vma vma = mm.vmas.find(at);
            long partEnd = Math.min(vma.endVa(), coveredVa);
            Vma part = vma.part(at, partEnd).withProt(prot & VmFlags.PROT_ALL);
            if (part.prot() != vma.prot()) {
                if (exceedsMemory(mm, part)) {
                    return -Errno.ENOMEM;
                }
                mm.vmas.remove(at, partEnd);
                mm.vmas.insert(part);
            }
            at = partEnd;
        }
        return coveredVa < endVa ? -Errno.ENOMEM : 0;
    }

    public static long madvise(MmStruct mm, long va, long lengthBytes, int advice) {
        boolean isGap = advice > VmFlags.MADV_DONTNEED && advice < VmFlags.MADV_FREE;
        boolean isKnown = advice >= 0 && advice <= VmFlags.MADV_LAST && !isGap;
        if (!isKnown || !VmFlags.isAligned(va) || isBadRange(va, lengthBytes)) {
            return -Errno.EINVAL;
        }
        long endVa = va + VmFlags.pageUp(lengthBytes);
        boolean drops = advice == VmFlags.MADV_DONTNEED
                || advice == VmFlags.MADV_FREE
                || advice == VmFlags.MADV_REMOVE
                || advice == VmFlags.MADV_DONTNEED_LOCKED;
        boolean hasHole = false;
        long at = va;
        for (int i = mm.vmas.firstEndingAfter(va); at < endVa; i++) {
            Vma vma = i < mm.vmas.count() ? mm.vmas.get(i) : null;
            if (vma == null || vma.startVa() >= endVa) {
                return -Errno.ENOMEM;
            }
            hasHole |= vma.startVa() > at;
            long from = Math.max(vma.startVa(), at);
            at = Math.min(vma.endVa(), endVa);
            if (drops) {
                if (!mayDrop(vma, advice)) {
                    return -Errno.EINVAL;
                }
                // The content of shared memory belongs to all who share it.
                if (!vma.isShared() || advice == VmFlags.MADV_REMOVE) {
                    mm.pages.drop(from, at);
                }
            }
        }
        return hasHole ? -Errno.ENOMEM : 0;
    }

    private static boolean mayDrop(Vma vma, int advice) {
        return switch (advice) {
            case VmFlags.MADV_FREE -> vma.file() == null && !vma.isShared();
            case VmFlags.MADV_REMOVE -> vma.file() == null && vma.isShared();
            default -> true;
        };
    }

    public static long msync(MmStruct mm, long va, long lengthBytes, int flags) {
        boolean isKnown = (flags & ~(VmFlags.MS_ASYNC | VmFlags.MS_INVALIDATE | VmFlags.MS_SYNC)) == 0;
        boolean isBoth = (flags & VmFlags.MS_ASYNC) != 0 && (flags & VmFlags.MS_SYNC) != 0;
        if (!isKnown || isBoth || !VmFlags.isAligned(va)) {
            return -Errno.EINVAL;
        }
        if (isBadRange(va, lengthBytes)) {
            return -Errno.ENOMEM;
        }
        return mm.vmas.covers(va, va + VmFlags.pageUp(lengthBytes)) ? 0 : -Errno.ENOMEM;
    }
}
