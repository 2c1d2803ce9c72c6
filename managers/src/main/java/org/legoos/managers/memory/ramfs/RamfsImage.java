package org.legoos.managers.memory.ramfs;

import java.io.IOException;

/**
 * A file that ramfs has from the start (CONFIG_RAMFS_OBJECT_FILE): where its bytes come from. They are read
 * when the file is used for the first time. The launcher chose it; nothing a guest does names a host file.
 */
public interface RamfsImage {
    long sizeBytes();

    /** Fills {@code to} with the bytes from offset on; fewer than asked for is an error. */
    void read(long offset, byte[] to, int lengthBytes) throws IOException;

    /** An image that is an array. */
    static RamfsImage of(byte[] content) {
        return new RamfsImage() {
            @Override
            public long sizeBytes() {
                return content.length;
            }

            @Override
            public void read(long offset, byte[] to, int lengthBytes) {
                System.arraycopy(content, (int) offset, to, 0, lengthBytes);
            }
        };
    }
}
