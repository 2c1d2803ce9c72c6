package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.Sysctls;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.memfile.MemoryFile;

/** memfd_create(2) and its seals (fcntl(2)). */
final class MemfdCalls {
    static final int F_ADD_SEALS = 1033;
    static final int F_GET_SEALS = 1034;

    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int MFD_HUGETLB = 4;
    private static final int MFD_NOEXEC_SEAL = 8;
    private static final int MFD_EXEC = 0x10;
    private static final int ALL_FLAGS = MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL | MFD_EXEC;
    /** MFD_HUGE_MASK: the log of a huge page's size. */
    private static final int HUGE_SHIFT = 26;
    private static final int HUGE_MASK = 0x3f << HUGE_SHIFT;
    private static final int NAME_MAX = 249;

    private MemfdCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("memfd_create", (t, a, b, c, d, e, f) -> create(t, a, (int) b));
    }

    private static long create(UserThread t, long nameVa, int flags) {
        boolean isHuge = (flags & MFD_HUGETLB) != 0;
        boolean isBoth = (flags & (MFD_EXEC | MFD_NOEXEC_SEAL)) == (MFD_EXEC | MFD_NOEXEC_SEAL);
        if ((flags & ~(ALL_FLAGS | MFD_HUGETLB | (isHuge ? HUGE_MASK : 0))) != 0 || isBoth) {
            return -Errno.EINVAL;
        }
        int policy = t.process().manager().sysctls().memfdNoExec();
        boolean isExecutable = (flags & MFD_NOEXEC_SEAL) == 0
                && ((flags & MFD_EXEC) != 0 || policy == Sysctls.MEMFD_EXEC);
        if (isExecutable && policy == Sysctls.MEMFD_NOEXEC_ENFORCED) {
            return -Errno.EACCES;
        }
        String name = t.user().path(nameVa);
        if (name.length() > NAME_MAX) {
            return -Errno.EINVAL;
        }
        if (isHuge) {
            return -Errno.ENOSYS; // as a kernel without hugetlbfs
        }
        MemoryFile file = MemoryFile.memfd(t, name, (flags & MFD_ALLOW_SEALING) != 0 || !isExecutable, isExecutable);
        if (file == null) {
            return -Errno.ENOMEM;
        }
        return t.files().add(file, 0, t.process().rlimits().soft(Rlimits.NOFILE), (flags & MFD_CLOEXEC) != 0);
    }

    static long seals(UserThread t, OpenFile file, int command, long arg) {
        if (!(file instanceof MemoryFile memory)) {
            return -Errno.EINVAL;
        }
        return command == F_GET_SEALS ? memory.seals() : memory.addSeals(t, (int) arg);
    }
}
