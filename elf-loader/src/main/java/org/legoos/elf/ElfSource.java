package org.legoos.elf;

/** The bytes of a file, wherever they are. Nothing read from it is trusted. */
public interface ElfSource {
    long sizeBytes();

    /** Fills {@code to} from fileOffset on. @return false when the file has no such bytes */
    boolean read(long fileOffset, byte[] to);

    /** A file that is an array. */
    static ElfSource of(byte[] file) {
        return new ElfSource() {
            @Override
            public long sizeBytes() {
                return file.length;
            }

            @Override
            public boolean read(long fileOffset, byte[] to) {
                if (fileOffset < 0 || fileOffset > file.length - to.length) {
                    return false;
                }
                System.arraycopy(file, (int) fileOffset, to, 0, to.length);
                return true;
            }
        };
    }
}
