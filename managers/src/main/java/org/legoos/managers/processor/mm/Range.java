package org.legoos.managers.processor.mm;

import java.util.Objects;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.isa.mmu.Pte;

/**
 * A range of addresses with the same properties, as far as the processor knows of it.
 *
 * @param startVa,endVa page aligned, not empty
 * @param prot PROT_*
 * @param flags MAP_* that last
 * @param path of the mapped file, null for anonymous memory
 * @param name "[heap]", "[stack]" or null
 */
record Range(long startVa, long endVa, int prot, int flags, long fileOffset, String path, String name) {

    boolean isAnonymous() {
        return path == null;
    }

    boolean isShared() {
        return (flags & Linux.MAP_SHARED) != 0;
    }

    boolean growsDown() {
        return (flags & Linux.MAP_GROWSDOWN) != 0;
    }

    /** On x86, what can be written or executed can be read. */
    boolean allows(int access) {
        return switch (access) {
            case PageWalker.WRITE -> (prot & Linux.PROT_WRITE) != 0;
            case PageWalker.FETCH -> (prot & Linux.PROT_EXEC) != 0;
            default -> (prot & Linux.PROT_ALL) != 0;
        };
    }

    /** Bits of a page-table entry for a protection. */
    static long rights(int prot) {
        long user = (prot & Linux.PROT_ALL) != 0 ? Pte.USER : 0;
        long write = (prot & Linux.PROT_WRITE) != 0 ? Pte.WRITABLE : 0;
        return user | write | ((prot & Linux.PROT_EXEC) != 0 ? 0 : Pte.NO_EXECUTE);
    }

    Range part(long fromVa, long toVa) {
        long offset = path == null ? 0 : fileOffset + (fromVa - startVa);
        return new Range(fromVa, toVa, prot, flags, offset, path, name);
    }

    Range withProt(int newProt) {
        return new Range(startVa, endVa, newProt, flags, fileOffset, path, name);
    }

    boolean continuesInto(Range next) {
        return endVa == next.startVa
                && prot == next.prot
                && flags == next.flags
                && Objects.equals(path, next.path)
                && (path == null || fileOffset + (endVa - startVa) == next.fileOffset)
                && Objects.equals(name, next.name);
    }
}
