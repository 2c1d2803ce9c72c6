package org.legoos.managers.memory.vm;

import java.util.Objects;

/**
 * One range of an address space with the same properties throughout (Linux's vm_area_struct); never changed, only
 * replaced.
 *
 * @param startVa, endVa page aligned, not empty
 * @param prot PROT_* of mmap(2)
 * @param flags MAP_* of mmap(2), those that last: {@link VmFlags#LASTING}
 * @param file what is mapped, null for anonymous memory
 * @param fileOffset of startVa; for anonymous memory 0
 * @param name "[heap]", "[stack]" or null
 */
public record Vma(long startVa, long endVa, int prot, int flags, MappedFile file, long fileOffset, String name) {

    public long sizeBytes() {
        return endVa - startVa;
    }

    public boolean isShared() {
        return (flags & VmFlags.MAP_SHARED) != 0;
    }

    public boolean growsDown() {
        return (flags & VmFlags.MAP_GROWSDOWN) != 0;
    }

    /** Whether it counts as committed memory: private and writable. */
    public boolean isCommitted() {
        return !isShared() && (prot & VmFlags.PROT_WRITE) != 0 && (flags & VmFlags.MAP_NORESERVE) == 0;
    }

    /** The part in [fromVa, toVa), with the file offset moved along. */
    Vma part(long fromVa, long toVa) {
        long offset = file == null ? 0 : fileOffset + (fromVa - startVa);
        return new Vma(fromVa, toVa, prot, flags, file, offset, name);
    }

    Vma extendedTo(long newEndVa) {
        return new Vma(startVa, newEndVa, prot, flags, file, fileOffset, name);
    }

    Vma withProt(int newProt) {
        return new Vma(startVa, endVa, newProt, flags, file, fileOffset, name);
    }

    /** The same memory at another address. */
    Vma movedTo(long newStartVa, long lengthBytes) {
        return new Vma(newStartVa, newStartVa + lengthBytes, prot, flags, file, fileOffset, name);
    }

    /** Whether the other begins where this ends and is alike otherwise. */
    boolean continuesInto(Vma next) {
        return endVa == next.startVa
                && prot == next.prot
                && flags == next.flags
                && file == next.file
                && (file == null || fileOffset + sizeBytes() == next.fileOffset)
                && Objects.equals(name, next.name);
    }
}
