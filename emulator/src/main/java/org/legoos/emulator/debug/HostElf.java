package org.legoos.emulator.debug;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.legoos.elf.ElfSource;

/** An ELF file on the host, as the ELF reader wants it. */
record HostElf(Path file) implements ElfSource {
    static ElfSource open(Path file) {
        return new HostElf(file);
    }

    @Override
    public long sizeBytes() {
        return file.toFile().length();
    }

    @Override
    public boolean read(long fileOffset, byte[] to) {
        if (fileOffset < 0) {
            return false;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(fileOffset);
            in.readFully(to);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
