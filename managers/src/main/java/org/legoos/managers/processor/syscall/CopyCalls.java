package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** sendfile(2) and copy_file_range(2): from file to file through the kernel's buffer. */
final class CopyCalls {
    private static final long COUNT_MAX = 0x7ffff000L;

    private CopyCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("sendfile", (t, a, b, c, d, e, f) -> sendfile(t, a, t.files().get(b), c, d));
        table.full("copy_file_range", (t, a, b, c, d, e, f) -> copyRange(t, t.files().get(a), b, t.files().get(c), d, e, f));
    }

    private static long sendfile(UserThread t, long outFd, OpenFile in, long offsetVa, long count) {
        if (!in.isReadable()) {
            return -Errno.EBADF;
        }
        if (offsetVa != 0 && !in.isSeekable()) {
            return -Errno.ESPIPE;
        }
        OpenFile out = t.files().get(outFd);
        if (!out.isWritable()) {
            return -Errno.EBADF;
        }
        if (in.directoryPath() != null || !in.isSeekable() || out.isAppending() || count < 0) {
            return -Errno.EINVAL;
        }
        return copy(t, in, offsetVa, out, 0, count);
    }

    private static long copyRange(UserThread t, OpenFile in, long inVa, OpenFile out, long outVa, long count, long flags) {
        if (!in.isReadable() || !out.isWritable() || out.isAppending()) {
            return -Errno.EBADF;
        }
        if (in.directoryPath() != null || out.directoryPath() != null) {
            return -Errno.EISDIR;
        }
        if (flags != 0 || count < 0 || in.mappablePath() == null || out.mappablePath() == null) {
            return -Errno.EINVAL;
        }
        return copy(t, in, inVa, out, outVa, count);
    }

    /** An offset pointer of 0 means the file's own position, which then moves. */
    private static long copy(UserThread t, OpenFile in, long inVa, OpenFile out, long outVa, long count) {
        long from = inVa == 0 ? in.position() : t.user().getLong(inVa);
        long to = outVa == 0 ? out.position() : t.user().getLong(outVa);
        if (from < 0 || to < 0) {
            return -Errno.EINVAL;
        }
        long wanted = Math.min(count, COUNT_MAX);
        boolean overlaps = out.isSeekable() && from < to + wanted && to < from + wanted;
        if (overlaps && in.mappablePath() != null && isSameFile(t, in, out)) {
            return -Errno.EINVAL;
        }
        long done = 0;
        long error = 0;
        while (done < wanted && !(done > 0 && t.isInterrupted())) {
            int chunk = (int) Math.min(UserThread.IO_BYTES, wanted - done);
            int got = in.read(t, t.io(), t.ioPa(), chunk, from + done);
            if (got <= 0) {
                error = got;
                break;
            }
            long put = Transfer.writeChunk(t, out, got, to + done);
            if (put < 0) {
                error = put;
                break;
            }
            done += put;
            if (put < got) {
                break;
            }
        }
        move(t, in, inVa, from + done);
        if (out.isSeekable() && (out.flags() & OpenFlags.O_APPEND) == 0) {
            move(t, out, outVa, to + done);
        }
        return done > 0 ? done : error;
    }

    private static boolean isSameFile(UserThread t, OpenFile a, OpenFile b) {
        FileService.Stat first = new FileService.Stat();
        FileService.Stat second = new FileService.Stat();
        return a.stat(t, first) == 0 && b.stat(t, second) == 0 && first.dev == second.dev && first.ino == second.ino;
    }

    private static void move(UserThread t, OpenFile file, long offsetVa, long position) {
        if (offsetVa == 0) {
            file.setPosition(position);
        } else {
            t.user().putLong(offsetVa, position);
        }
    }
}
