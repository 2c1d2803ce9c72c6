package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;

/** Calls that answer ENOSYS on purpose, and why. */
final class AbsentCalls {
    private static final String[] OBSOLETE = {
        "_sysctl", "afs_syscall", "create_module", "epoll_ctl_old", "epoll_wait_old", "get_kernel_syms", "get_thread_area", "getpmsg",
        "lookup_dcookie", "nfsservctl", "putpmsg", "query_module", "security", "set_thread_area", "sysfs", "tuxcall", "uselib", "ustat",
        "vserver",
    };
    private static final String[] IO_URING = {"io_uring_setup", "io_uring_enter", "io_uring_register"};
    private static final String[] KEYS = {"add_key", "request_key", "keyctl"};
    private static final String[] MOUNTS = {"open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "open_tree_attr"};
    private static final String[] SANDBOXES = {"landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"};

    private static final String[] MODULES = {"lsm_get_self_attr", "lsm_set_self_attr", "lsm_list_modules"};
    private static final String[] PROBES = {"uprobe", "uretprobe"};

    private AbsentCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        none(table, "Linux has none on x86-64 either, or only for old programs", OBSOLETE);
        none(table, "programs fall back to epoll", IO_URING);
        none(table, "there is no key ring", KEYS);
        none(table, "the topology decides what is mounted", MOUNTS);
        none(table, "programs go on without it", SANDBOXES);
        none(table, "there are no security modules", MODULES);
        none(table, "there are no probes", PROBES);
        none(table, "programs read /proc/self/mountinfo", "statmount", "listmount");
        none(table, "a page that is missing comes from its memory node, not from the program", "userfaultfd");
        none(table, "no memory can be kept from the nodes that hold it", "memfd_secret");
        none(table, "there are no quotas", "quotactl_fd");
        none(table, "without fanotify_init there is nothing to mark", "fanotify_mark");
        table.partial("file_getattr", "EOPNOTSUPP: no file system has these attributes", (t, a, b, c, d, e, f) -> -Errno.EOPNOTSUPP);
        table.partial("file_setattr", "EOPNOTSUPP: no file system has these attributes", (t, a, b, c, d, e, f) -> -Errno.EOPNOTSUPP);
        table.full("map_shadow_stack", (t, a, b, c, d, e, f) -> -Errno.EOPNOTSUPP); // as a CPU without shadow stacks
    }

    private static void none(SyscallTable<UserThread> table, String why, String... names) {
        for (String name : names) {
            table.none(name, why);
        }
    }
}
