package org.legoos.elf;

import java.util.List;

/**
 * How to make an address space from a file.
 *
 * @param segments in ascending order; two may share a page (map in order, the later one wins, as in Linux)
 * @param entryVa where the program begins
 * @param phdrVa where the program headers lie in memory, 0 when no segment covers them
 * @param phnum how many of them
 * @param loadBias what was added to all addresses of the file
 * @param brkStartVa first page behind the highest segment
 * @param isStackExecutable PT_GNU_STACK with PF_X
 * @param alignBytes what a position-independent file's place must be a multiple of; 0 when its addresses are fixed
 * @param interpreterPath the program that PT_INTERP names, one char a byte; empty when there is none
 */
public record LoadPlan(
        List<Segment> segments,
        long entryVa,
        long phdrVa,
        int phnum,
        long loadBias,
        long brkStartVa,
        boolean isStackExecutable,
        long alignBytes,
        String interpreterPath)
        implements Loaded {
    public static final int PAGE_SIZE = 4096;

    /** PROT_* of mmap(2). */
    public static final int PROT_READ = 1;

    public static final int PROT_WRITE = 2;
    public static final int PROT_EXEC = 4;

    /**
     * One PT_LOAD. Its pages begin at {@link #startVa}; bytes from va+fileSize to the end of the memory are zero, also
     * in the last file page when the segment is writable.
     */
    public record Segment(long fileOffset, long fileSizeBytes, long va, long memSizeBytes, int prot) {
        public long startVa() {
            return va & -PAGE_SIZE;
        }

        /** End of the pages that come from the file. */
        public long fileEndVa() {
            return fileSizeBytes == 0 ? startVa() : pageUp(va + fileSizeBytes);
        }

        public long endVa() {
            return pageUp(va + memSizeBytes);
        }

        Segment movedBy(long distance) {
            return new Segment(fileOffset, fileSizeBytes, va + distance, memSizeBytes, prot);
        }

        /** File offset of the first page. */
        public long startOffset() {
            return fileOffset - (va - startVa());
        }
    }

    /** From the first page to behind the last one. */
    public long spanBytes() {
        return segments.getLast().endVa() - segments.getFirst().startVa();
    }

    /** The same file with all addresses moved. */
    public LoadPlan movedBy(long distance) {
        List<Segment> moved = segments.stream().map(s -> s.movedBy(distance)).toList();
        long movedPhdrVa = phdrVa == 0 ? 0 : phdrVa + distance;
        return new LoadPlan(moved, entryVa + distance, movedPhdrVa, phnum, loadBias + distance, brkStartVa + distance,
                isStackExecutable, alignBytes, interpreterPath);
    }

    static long pageUp(long va) {
        return va + PAGE_SIZE - 1 & -PAGE_SIZE;
    }
}
