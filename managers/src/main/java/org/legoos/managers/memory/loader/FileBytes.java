package org.legoos.managers.memory.loader;

import org.legoos.elf.ElfSource;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.managers.memory.vm.MappedFile;

/** A mapped file as the ELF loader reads it, straight from its pages. */
record FileBytes(PhysicalMemory memory, MappedFile file) implements ElfSource {
    private static final int PAGE = PhysicalMemory.PAGE_SIZE;

    @Override
    public long sizeBytes() {
        return file.sizeBytes();
    }

    @Override
    public boolean read(long fileOffset, byte[] to) {
        file.lock();
        try {
            if (fileOffset < 0 || fileOffset > file.sizeBytes() - to.length) {
                return false;
            }
            int done = 0;
            while (done < to.length) {
                long at = fileOffset + done;
                int inPage = (int) (at % PAGE);
                int piece = Math.min(PAGE - inPage, to.length - done);
                long pa = file.pagePa(at / PAGE);
                if (pa < 0) {
                    return false;
                }
                if (pa != 0) {
                    memory.read(pa + inPage, to, done, piece);
                }
                done += piece;
            }
            return true;
        } finally {
            file.unlock();
        }
    }
}
