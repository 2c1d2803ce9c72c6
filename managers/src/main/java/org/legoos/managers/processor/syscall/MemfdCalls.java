package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.memfile.MemoryFile;

/** memfd_create(2) and its seals (fcntl(2)). */
final class MemfdCalls {
    static final int F_ADD_SEALS = 1033;
    static final int F_GET_SEALS = 1034;

    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int NAME_MAX = 249;

    private MemfdCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("memfd_create", "no huge pages", (t, a, b, c, d, e, f) -> create(t, a, (int) b));
    }

    private static long create(UserThread t, long nameVa, int flags) {
        if ((flags & ~(MFD_CLOEXEC | MFD_ALLOW_SEALING)) != 0) {
            return -Errno.EINVAL;
        }
        String name = t.user().path(nameVa);
        if (name.length() > NAME_MAX) {
            return -Errno.EINVAL;
        }
        MemoryFile file = MemoryFile.memfd(t, name, (flags & MFD_ALLOW_SEALING) != 0);
        if (file == null) {
            return -Errno.ENOMEM;
        }
        return t.files().add(file, 0, t.process().rlimits().soft(Rlimits.NOFILE), (flags & MFD_CLOEXEC) != 0);
    }

    static long seals(OpenFile file, int command, long arg) {
        if (!(file instanceof MemoryFile memory)) {
            return -Errno.EINVAL;
        }
        return command == F_GET_SEALS ? memory.seals() : memory.addSeals((int) arg);
    }
}
