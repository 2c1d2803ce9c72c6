package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;

/**
 * Calls that change the machine or its kernel. Root of a vNode has as little right to them as root of a container:
 * EPERM, which programs expect, and not ENOSYS.
 */
final class PrivilegedCalls {
    private static final String[] NAMES = {
        "acct", "bpf", "delete_module", "fanotify_init", "finit_module", "init_module", "ioperm", "iopl", "kexec_file_load", "kexec_load",
        "mount", "perf_event_open", "pivot_root", "quotactl", "reboot", "swapoff", "swapon", "umount2", "vhangup",
    };

    private PrivilegedCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        for (String name : NAMES) {
            table.partial(name, "EPERM: the topology's configuration decides", (t, a, b, c, d, e, f) -> -Errno.EPERM);
        }
    }
}
