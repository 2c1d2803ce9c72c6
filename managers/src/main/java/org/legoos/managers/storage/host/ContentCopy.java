package org.legoos.managers.storage.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.isa.libc.HostFs;

/** Copies content through memory, between file systems where copy_file_range(2) cannot. */
final class ContentCopy {
    private static final int PIECE_BYTES = 1 << 20;
    private static final ThreadLocal<MemorySegment> BUFFER = ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(PIECE_BYTES));

    private ContentCopy() {}

    /** Copies at most a piece to the same offset. @return bytes, 0 at the end of the file, or a negative errno */
    static long piece(int from, int to, long offset, long lengthBytes) {
        return piece(from, offset, to, offset, lengthBytes);
    }

    static long piece(int from, long offset, int to, long toOffset, long lengthBytes) {
        MemorySegment buffer = BUFFER.get();
        int got = HostFs.pread(from, buffer, 0, (int) Math.min(PIECE_BYTES, lengthBytes), offset);
        int done = 0;
        while (done < got) {
            int written = HostFs.pwrite(to, buffer, done, got - done, toOffset + done);
            if (written <= 0) {
                return done > 0 ? done : written;
            }
            done += written;
        }
        return got;
    }
}
