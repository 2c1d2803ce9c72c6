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
 * @param object the shared memory that is mapped here from fileOffset on, else null
 */
record Range(long startVa, long endVa, int prot, int flags, long fileOffset, String path, String name, SharedObject object) {

    Range(long startVa, long endVa, int prot, int flags, long fileOffset, String path, String name) {
        this(startVa, endVa, prot, flags, fileOffset, path, name, null);
    }

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

    private boolean hasOffset() {
        return path != null || object != null;
    }

    Range part(long fromVa, long toVa) {
        long offset = hasOffset() ? fileOffset + (fromVa - startVa) : 0;
        return new Range(fromVa, toVa, prot, flags, offset, path, name, object);
    }

    Range withProt(int newProt) {
        return new Range(startVa, endVa, newProt, flags, fileOffset, path, name, object);
    }

    Range withFlags(int newFlags) {
        return new Range(startVa, endVa, prot, newFlags, fileOffset, path, name, object);
    }

    Range withObject(SharedObject newObject) {
        return new Range(startVa, endVa, prot, flags, fileOffset, path, name, newObject);
    }

    Range withName(String newName) {
        return new Range(startVa, endVa, prot, flags, fileOffset, path, newName, object);
    }

    /** Anonymous memory that PR_SET_VMA names. */
    boolean isNameable() {
        return path == null && object == null && !growsDown() && (name == null || name.startsWith("[anon:"));
    }

    /** The same at another place, and with another length. */
    Range movedTo(long newStartVa, long newEndVa) {
        return new Range(newStartVa, newEndVa, prot, flags, fileOffset, path, name, object);
    }

    /** Where a page of this range lies in its shared memory. */
    long objectVa(long pageVa) {
        return object.va(fileOffset + (pageVa - startVa));
    }

    /** Whether untouched pages come from another node. */
    boolean isOfFile() {
        return path != null || object != null && object.isFile();
    }

    /** Whether content is what all who map the shared memory see. */
    boolean isOfObject() {
        return object != null && isShared();
    }

    boolean continuesInto(Range next) {
        return endVa == next.startVa
                && prot == next.prot
                && flags == next.flags
                && Objects.equals(path, next.path)
                && object == next.object
                && (!hasOffset() || fileOffset + (endVa - startVa) == next.fileOffset)
                && Objects.equals(name, next.name);
    }
}
