package org.legoos.managers.processor.core;

import org.legoos.kernel.signal.Signals;

/**
 * Which children, and which of their changes, a wait call is about.
 *
 * @param kind as the idtypes of waitid(2)
 * @param id process, group or nothing, as the kind says
 * @param options W* and __W* bits
 */
public record WaitQuery(int kind, int id, int options) {
    public static final int P_ALL = 0;
    public static final int P_PID = 1;
    public static final int P_PGID = 2;
    public static final int P_PIDFD = 3;

    public static final int WNOHANG = 1;
    /** Of wait4; waitid has it as WSTOPPED. */
    public static final int WUNTRACED = 2;
    public static final int WSTOPPED = 2;
    public static final int WEXITED = 4;
    public static final int WCONTINUED = 8;
    public static final int WNOWAIT = 0x01000000;
    public static final int WNOTHREAD = 0x20000000;
    public static final int WALL = 0x40000000;
    public static final int WCLONE = 0x80000000;

    boolean has(int option) {
        return (options & option) != 0;
    }

    /** Whether a traced thread is one that is waited for. */
    boolean concerns(UserThread tracee) {
        return concerns(tracee.tid(), tracee.process().groupId());
    }

    boolean concerns(int tid, int group) {
        return switch (kind) {
            case P_PID -> tid == id;
            case P_PGID -> group == id;
            default -> true;
        };
    }

    /** Whether the child is one that is waited for (Linux's eligible_child). */
    boolean concerns(Process child) {
        boolean isNamed = switch (kind) {
            case P_PID -> child.pid() == id;
            case P_PGID -> child.groupId() == id;
            default -> true;
        };
        boolean isClone = child.kin().exitSignal != Signals.SIGCHLD;
        return isNamed && (has(WALL) || isClone == has(WCLONE));
    }
}
