package org.legoos.managers.processor.core;

import org.legoos.kernel.syscall.Errno;

/** The rules of setpgid(2) and setsid(2) (kernel/sys.c). */
public final class Jobs {
    private final ProcessTree tree;

    Jobs(ProcessTree tree) {
        this.tree = tree;
    }

    /** @param group 0 for the process's own number. @return 0 or a negative errno */
    public long setGroup(Process caller, int pid, int group) {
        synchronized (tree) {
            Process process = tree.processes().get(pid);
            if (process == null || process != caller && !tree.isChild(process, caller)) {
                return -Errno.ESRCH;
            }
            if (process != caller && process.sessionId() != caller.sessionId()) {
                return -Errno.EPERM;
            }
            if (process != caller && process.kin().hasExeced) {
                return -Errno.EACCES;
            }
            if (process.sessionId() == process.pid()) {
                return -Errno.EPERM; // a session leader stays in its group
            }
            int wanted = group == 0 ? pid : group;
            if (wanted != pid && !hasGroup(wanted, caller.sessionId())) {
                return -Errno.EPERM;
            }
            tree.setGroup(process, wanted);
            return 0;
        }
    }

    private boolean hasGroup(int group, int session) {
        for (Process process : tree.processes().values()) {
            if (process.groupId() == group && process.sessionId() == session) {
                return true;
            }
        }
        return false;
    }

    /** @return the new session's number, or -EPERM for the leader of a group */
    public long newSession(Process process) {
        synchronized (tree) {
            for (Process other : tree.processes().values()) {
                if (other.groupId() == process.pid()) {
                    return -Errno.EPERM;
                }
            }
            tree.setSession(process, process.pid());
            return process.pid();
        }
    }
}
