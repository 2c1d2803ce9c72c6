package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;

/** Memory policies and I/O priorities, as of a machine with one NUMA node: checked and without effect. */
final class NumaCalls {
    private static final int MPOL_DEFAULT = 0;
    private static final int MPOL_MAX = 6;
    private static final int MPOL_MODE_FLAGS = 0xe000;
    private static final int MPOL_F_NODE = 1;
    private static final int MPOL_F_ADDR = 2;
    private static final int MPOL_F_MEMS_ALLOWED = 4;
    private static final long NODE_0 = 1;

    private NumaCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        String one = "there is one NUMA node";
        table.partial("get_mempolicy", one, (t, a, b, c, d, e, f) -> get(t, a, b, c, (int) e));
        table.partial("set_mempolicy", one, (t, a, b, c, d, e, f) -> check(t, (int) a, b, c));
        table.partial("mbind", one, (t, a, b, c, d, e, f) -> (a & 0xfff) != 0 ? -Errno.EINVAL : check(t, (int) c, d, e));
        table.partial("set_mempolicy_home_node", one, (t, a, b, c, d, e, f) -> // no range has a policy that it could change
                (a & 0xfff) != 0 || c != 0 || d != 0 ? -Errno.EINVAL : -Errno.ENOENT);
    }

    private static long get(UserThread t, long modeVa, long maskVa, long maxNode, int flags) {
        boolean isAllowed = (flags & MPOL_F_MEMS_ALLOWED) != 0;
        if ((flags & ~(MPOL_F_NODE | MPOL_F_ADDR | MPOL_F_MEMS_ALLOWED)) != 0 || isAllowed && flags != MPOL_F_MEMS_ALLOWED) {
            return -Errno.EINVAL;
        }
        if (modeVa != 0) {
            t.user().putInt(modeVa, MPOL_DEFAULT);
        }
        if (maskVa != 0) {
            if (maxNode < 1) {
                return -Errno.EINVAL;
            }
            t.user().putLong(maskVa, isAllowed ? NODE_0 : 0);
        }
        return 0;
    }

    private static long check(UserThread t, int mode, long maskVa, long maxNode) {
        int policy = mode & ~MPOL_MODE_FLAGS;
        if (policy < 0 || policy > MPOL_MAX) {
            return -Errno.EINVAL;
        }
        long nodes = maskVa == 0 || maxNode <= 1 ? 0 : t.user().getLong(maskVa);
        boolean wantsNone = policy == MPOL_DEFAULT;
        return (nodes & ~NODE_0) != 0 || wantsNone && nodes != 0 ? -Errno.EINVAL : 0;
    }
}
