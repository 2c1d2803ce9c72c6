package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.IoVector;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.TraceAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.UserMemory;

/** process_vm_readv(2), process_vm_writev(2). */
final class RemoteMemoryCalls {
    private RemoteMemoryCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("process_vm_readv", (t, a, b, c, d, e, f) -> transfer(t, (int) a, b, c, d, e, f, true));
        table.full("process_vm_writev", (t, a, b, c, d, e, f) -> transfer(t, (int) a, b, c, d, e, f, false));
    }

    private static long transfer(UserThread t, int pid, long localVa, long localCount, long remoteVa, long remoteCount, long flags,
            boolean isRead) {
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        IoVector local = t.vector().load(t, localVa, localCount);
        IoVector remote = new IoVector().load(t, remoteVa, remoteCount);
        if (local.left() == 0 || remote.left() == 0) {
            return 0;
        }
        UserThread thread = t.process().manager().findThread(pid);
        Process process = thread == null ? t.process().manager().find(pid) : thread.process();
        AddressSpace space = process == null ? null : process.space();
        if (space == null) {
            return -Errno.ESRCH;
        }
        requireMayAccess(t, process);
        space.retain();
        UserMemory memory = space.newUserMemory();
        try {
            return isRead ? read(t, memory, local, remote, (int) remoteCount) : write(t, memory, local, remote, (int) remoteCount);
        } finally {
            space.forget(memory);
            space.release();
        }
    }

    /** EPERM when the process may not be looked into. */
    static void requireMayAccess(UserThread t, Process target) {
        if (!TraceAccess.allows(t.process(), target)) {
            throw SysError.of(Errno.EPERM);
        }
    }

    private static long read(UserThread t, UserMemory memory, IoVector local, IoVector remote, int count) {
        long done = 0;
        for (int i = 0; i < count && local.left() > 0; i++) {
            for (long at = 0; at < remote.length(i) && local.left() > 0;) {
                int chunk = (int) Math.min(UserThread.IO_BYTES, Math.min(local.left(), remote.length(i) - at));
                int got = (int) memory.copyFrom(remote.base(i) + at, t.io(), t.ioPa(), chunk);
                int put = local.copyOut(t, t.io(), t.ioPa(), got);
                done += put;
                at += put;
                if (put < chunk) {
                    return done > 0 ? done : -Errno.EFAULT;
                }
            }
        }
        return done;
    }

    private static long write(UserThread t, UserMemory memory, IoVector local, IoVector remote, int count) {
        long done = 0;
        for (int i = 0; i < count && local.left() > 0; i++) {
            for (long at = 0; at < remote.length(i) && local.left() > 0;) {
                int chunk = (int) Math.min(UserThread.IO_BYTES, Math.min(local.left(), remote.length(i) - at));
                int got = local.copyIn(t, t.io(), t.ioPa(), chunk);
                int put = (int) memory.copyTo(remote.base(i) + at, t.io(), t.ioPa(), got);
                done += put;
                at += put;
                if (put < chunk) {
                    return done > 0 ? done : -Errno.EFAULT;
                }
            }
        }
        return done;
    }
}
