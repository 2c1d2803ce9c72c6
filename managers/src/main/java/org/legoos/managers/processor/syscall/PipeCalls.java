package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.pipe.Pipe;
import org.legoos.managers.processor.pipe.PipeEnd;

/** pipe(2). */
final class PipeCalls {
    private PipeCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("pipe", (t, a, b, c, d, e, f) -> pipe(t, a, 0));
        table.full("pipe2", (t, a, b, c, d, e, f) -> pipe(t, a, (int) b));
    }

    private static long pipe(UserThread t, long va, int flags) {
        if ((flags & ~(OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK | OpenFlags.O_DIRECT)) != 0) {
            return -Errno.EINVAL;
        }
        long limit = t.process().rlimits().soft(Rlimits.NOFILE);
        boolean isCloexec = (flags & OpenFlags.O_CLOEXEC) != 0;
        int kept = flags & (OpenFlags.O_NONBLOCK | OpenFlags.O_DIRECT);
        Pipe pipe = new Pipe();
        PipeEnd reader = new PipeEnd(pipe, kept | OpenFlags.O_RDONLY);
        PipeEnd writer = new PipeEnd(pipe, kept | OpenFlags.O_WRONLY);
        int readFd = -1;
        try {
            readFd = t.files().add(reader, 0, limit, isCloexec);
        } catch (SysError e) {
            writer.release();
            throw e;
        }
        int writeFd;
        try {
            writeFd = t.files().add(writer, 0, limit, isCloexec);
        } catch (SysError e) {
            t.files().remove(readFd).release();
            throw e;
        }
        if (!t.user().memory().putInt(va, readFd) || !t.user().memory().putInt(va + 4, writeFd)) {
            t.files().remove(readFd).release();
            t.files().remove(writeFd).release();
            return -Errno.EFAULT;
        }
        return 0;
    }
}
