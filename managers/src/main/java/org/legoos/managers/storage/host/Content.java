package org.legoos.managers.storage.host;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.syscall.Errno;

/**
 * Calls on content: bytes go between the host's file and the node's memory, where the card fetches and puts them. The processor
 * that asks has the file open, so no rights are checked. Results are counts or 0, or negative errnos.
 */
public final class Content {
    private static final int SEEK_END = 2;
    private static final int SEEK_HOLE = 4;
    private static final int FALLOC_MODES = 0x7b; // all of linux/falloc.h but FALLOC_FL_NO_HIDE_STALE

    /** When a write is answered. */
    public enum Promise { CACHED, DATA_ON_DISK, ALL_ON_DISK }

    private final HostFiles files;

    public Content(HostFiles files) {
        this.files = files;
    }

    /** Reads until the length is there or the file ends. */
    public int read(String path, long offset, MemorySegment to, long at, int lengthBytes) {
        if (offset < 0) {
            return -Errno.EINVAL;
        }
        int[] errno = new int[1];
        OpenFiles.Held held = files.open().acquire(path, false, errno);
        if (held == null) {
            return errno[0];
        }
        int done = 0;
        int got = 1;
        while (done < lengthBytes && got > 0) {
            got = HostFs.pread(held.fd(), to, at + done, lengthBytes - done, offset + done);
            done += Math.max(0, got);
        }
        files.open().release(held);
        return got < 0 && done == 0 ? got : done;
    }

    /** Has the host forget the content that is on its disk (POSIX_FADV_DONTNEED). @param pages 0: to the end */
    public int dropCache(String path, long offset, int pages) {
        int[] errno = new int[1];
        OpenFiles.Held held = files.open().acquire(path, false, errno);
        if (held == null) {
            return errno[0];
        }
        int error = offset < 0 || pages < 0 ? -Errno.EINVAL : HostFs.dropCache(held.fd(), offset, (long) pages * PhysicalMemory.PAGE_SIZE);
        files.open().release(held);
        return error;
    }

    /** As read, of what the host has in its memory; 0 or a negative errno also when it must ask its disk for any of it. */
    public int readNowait(String path, long offset, MemorySegment to, long at, int lengthBytes) {
        int[] errno = new int[1];
        OpenFiles.Held held = offset < 0 ? null : files.open().acquire(path, false, errno);
        if (held == null) {
            return errno[0];
        }
        int done = HostFs.preadNowait(held.fd(), to, at, lengthBytes, offset);
        // Fewer bytes than asked for: the file's end, or where the host's memory of it ends. Only a read that waits can tell.
        boolean isEnd = done > 0 && done < lengthBytes && HostFs.preadNowait(held.fd(), to, at + done, lengthBytes - done, offset + done) == 0;
        files.open().release(held);
        return done == lengthBytes || isEnd ? done : 0;
    }

    /**
     * Writes all or, when the disk is full or the file too large, what fits.
     *
     * @param offset -1: at the end, whatever that is when it happens; @param newOffset gets in [0] the offset behind
     *     what was written
     */
    public int write(String path, long offset, MemorySegment from, long at, int lengthBytes, Promise promise,
            long[] newOffset) {
        int[] errno = new int[1];
        OpenFiles.Held held = files.open().acquire(path, true, errno);
        if (held == null) {
            return errno[0];
        }
        try {
            int done;
            if (offset >= 0) {
                done = writeAt(held.fd(), from, at, lengthBytes, offset);
                newOffset[0] = offset + Math.max(0, done);
            } else {
                synchronized (held) { // two appends through one storage node never overlap
                    HostStat stat = new HostStat();
                    int error = HostFs.stat(held.fd(), "", stat);
                    done = error != 0 ? error : writeAt(held.fd(), from, at, lengthBytes, stat.sizeBytes());
                    newOffset[0] = stat.sizeBytes() + Math.max(0, done);
                }
            }
            int error = done < 0 || promise == Promise.CACHED ? 0 : HostFs.fsync(held.fd(), promise == Promise.DATA_ON_DISK);
            return error != 0 ? error : done;
        } finally {
            files.open().release(held);
        }
    }

    private static int writeAt(int fd, MemorySegment from, long at, int lengthBytes, long offset) {
        int done = 0;
        while (done < lengthBytes) {
            int written = HostFs.pwrite(fd, from, at + done, lengthBytes - done, offset + done);
            if (written <= 0) {
                return done > 0 || written == 0 ? done : written;
            }
            done += written;
        }
        return done;
    }

    /** SEEK_DATA, SEEK_HOLE, SEEK_END by absolute offsets. @return the offset, or -ENXIO, -EINVAL */
    public long seek(String path, long offset, int whence) {
        if (whence < SEEK_END || whence > SEEK_HOLE) {
            return -Errno.EINVAL;
        }
        int[] errno = new int[1];
        OpenFiles.Held held = files.open().acquire(path, false, errno);
        if (held == null) {
            return errno[0];
        }
        long found = HostFs.lseek(held.fd(), offset, whence);
        files.open().release(held);
        return found;
    }

    public int fallocate(String path, int mode, long offset, long lengthBytes) {
        if ((mode & ~FALLOC_MODES) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        int[] errno = new int[1];
        OpenFiles.Held held = files.open().acquire(path, true, errno);
        if (held == null) {
            return errno[0];
        }
        int error = HostFs.fallocate(held.fd(), mode, offset, lengthBytes);
        files.open().release(held);
        return error;
    }

    /** copy_file_range(2) on this node, without the bytes leaving it. At most a few megabytes a call. */
    public int copyRange(String from, long offset, String to, long toOffset, long lengthBytes) {
        if (offset < 0 || toOffset < 0 || lengthBytes < 0) {
            return -Errno.EINVAL;
        }
        int[] errno = new int[1];
        OpenFiles.Held target = files.open().acquire(to, true, errno);
        OpenFiles.Held source = target == null ? null : files.open().acquire(from, false, errno);
        int result = errno[0];
        if (source != null) {
            long length = Math.min(lengthBytes, COPY_MAX_BYTES);
            long done = HostFs.copyRange(source.fd(), offset, target.fd(), toOffset, length);
            if (done == -Errno.EXDEV || done == -Errno.EOPNOTSUPP || done == -Errno.ENOSYS) {
                done = ContentCopy.piece(source.fd(), offset, target.fd(), toOffset, length);
            }
            result = (int) done;
            files.open().release(source);
        }
        if (target != null) {
            files.open().release(target);
        }
        return result;
    }

    private static final long COPY_MAX_BYTES = 4L << 20;
}
