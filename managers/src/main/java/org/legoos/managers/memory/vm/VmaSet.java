package org.legoos.managers.memory.vm;

import java.util.Arrays;
import org.legoos.managers.memory.UserFrames;

/**
 * The ranges of an address space, sorted, in one array: a lookup is a binary search and allocates nothing. Neighbours
 * that are alike are one. Keeps the totals and the files' counts of mappings.
 */
public final class VmaSet {
    private final UserFrames node; // counts the ranges of all address spaces
    private Vma[] vmas = new Vma[16];
    private int count;
    private long mappedBytes;
    private long committedBytes;

    VmaSet(UserFrames node) {
        this.node = node;
    }

    /** Whether count more ranges would be too many for this address space or for the node. */
    boolean isFullFor(int more) {
        return count + more > VmFlags.MAX_MAP_COUNT || node.hasTooManyRanges();
    }

    public int count() {
        return count;
    }

    public Vma get(int index) {
        return vmas[index];
    }

    public long mappedBytes() {
        return mappedBytes;
    }

    public long committedBytes() {
        return committedBytes;
    }

    /** Index of the first range that ends above va (Linux's find_vma); count when there is none. */
    public int firstEndingAfter(long va) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (vmas[middle].endVa() > va) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The range that va lies in, or null. */
    public Vma find(long va) {
        int index = firstEndingAfter(va);
        return index < count && vmas[index].startVa() <= va ? vmas[index] : null;
    }

    public boolean overlaps(long startVa, long endVa) {
        int index = firstEndingAfter(startVa);
        return index < count && vmas[index].startVa() < endVa;
    }

    /** Adds a range where nothing is, and joins it with its neighbours. */
    void insert(Vma vma) {
        int index = firstEndingAfter(vma.startVa());
        put(index, vma);
        if (index + 1 < count && vmas[index].continuesInto(vmas[index + 1])) {
            join(index);
        }
        if (index > 0 && vmas[index - 1].continuesInto(vmas[index])) {
            join(index - 1);
        }
    }

    private void join(int index) {
        Vma first = vmas[index];
        Vma second = vmas[index + 1];
        take(index + 1);
        take(index);
        put(index, first.extendedTo(second.endVa()));
    }

    /** Takes [startVa, endVa) out, splitting the ranges at its ends. */
    void remove(long startVa, long endVa) {
        int index = firstEndingAfter(startVa);
        while (index < count && vmas[index].startVa() < endVa) {
            Vma vma = vmas[index];
            take(index);
            if (vma.startVa() < startVa) {
                put(index++, vma.part(vma.startVa(), startVa));
            }
            if (vma.endVa() > endVa) {
                put(index++, vma.part(endVa, vma.endVa()));
            }
        }
    }

    /** Whether every byte of the range is mapped. */
    boolean covers(long startVa, long endVa) {
        return coveredUntil(startVa, endVa) >= endVa;
    }

    /** Where the first hole at or above startVa begins, at most endVa. */
    long coveredUntil(long startVa, long endVa) {
        long va = startVa;
        for (int i = firstEndingAfter(startVa); i < count && va < endVa && vmas[i].startVa() <= va; i++) {
            va = vmas[i].endVa();
        }
        return Math.min(va, endVa);
    }

    /** Adds all of another set to this one, which is empty. @return false when the node has too many ranges */
    boolean copyFrom(VmaSet other) {
        if (isFullFor(other.count)) {
            return false;
        }
        for (int i = 0; i < other.count; i++) {
            put(i, other.vmas[i]);
        }
        return true;
    }

    private void put(int index, Vma vma) {
        if (count == vmas.length) {
            vmas = Arrays.copyOf(vmas, count * 2);
        }
        System.arraycopy(vmas, index, vmas, index + 1, count - index);
        vmas[index] = vma;
        count++;
        node.countRanges(1);
        account(vma, 1);
        if (vma.file() != null) {
            vma.file().retain();
        }
    }

    private void take(int index) {
        Vma vma = vmas[index];
        count--;
        node.countRanges(-1);
        System.arraycopy(vmas, index + 1, vmas, index, count - index);
        vmas[count] = null;
        account(vma, -1);
        if (vma.file() != null) {
            vma.file().release();
        }
    }

    private void account(Vma vma, int sign) {
        mappedBytes += sign * vma.sizeBytes();
        if (vma.isCommitted()) {
            committedBytes += sign * vma.sizeBytes();
        }
    }
}
