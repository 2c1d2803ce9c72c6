package org.legoos.managers.processor.mm;

import org.legoos.kernel.syscall.Errno;

/** Huge pages as on a Linux that has none reserved: who asks for some gets none. */
public final class HugePages {
    /** MAP_HUGE_SHIFT, which SHM_HUGE_SHIFT and MFD_HUGE_SHIFT are too: where the log of a size is in the flags. */
    private static final int SHIFT = 26;
    private static final int LOG_MAX = 63;
    private static final int LOG_2MB = 21;
    private static final int LOG_1GB = 30;

    private HugePages() {}

    /** -ENOMEM, or -EINVAL for a size that no huge page has. */
    public static int error(int flags) {
        int log = flags >>> SHIFT & LOG_MAX;
        return log == 0 || log == LOG_2MB || log == LOG_1GB ? -Errno.ENOMEM : -Errno.EINVAL;
    }
}
