package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;

/** pkeys(7) on a processor without protection keys: there is none to allocate, and mprotect without one is mprotect. */
final class ProtectionKeyCalls {
    private static final long ACCESS_RIGHTS = 3;
    private static final int NO_KEY = -1;

    private ProtectionKeyCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("pkey_alloc", (t, a, b, c, d, e, f) -> a != 0 || (b & ~ACCESS_RIGHTS) != 0 ? -Errno.EINVAL : -Errno.ENOSPC);
        table.full("pkey_free", (t, a, b, c, d, e, f) -> -Errno.EINVAL);
        table.full("pkey_mprotect", (t, a, b, c, d, e, f) ->
                (int) d == NO_KEY ? MemoryCalls.mprotect(t, a, b, c) : -Errno.EINVAL);
    }
}
