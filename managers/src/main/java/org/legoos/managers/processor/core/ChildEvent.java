package org.legoos.managers.processor.core;

/**
 * What a wait call tells of a child.
 *
 * @param code CLD_*
 * @param status exit code or signal, as si_status has it
 */
public record ChildEvent(int pid, int uid, int code, int status, Usage usage) {
    public static final int CLD_EXITED = 1;
    public static final int CLD_KILLED = 2;
    public static final int CLD_DUMPED = 3;
    public static final int CLD_TRAPPED = 4;
    public static final int CLD_STOPPED = 5;
    public static final int CLD_CONTINUED = 6;

    private static final int STOPPED_MARK = 0x7f;
    private static final int CONTINUED_WORD = 0xffff;
    private static final int CORE_DUMPED = 0x80;
    private static final int CODE_SHIFT = 8;

    /** The child has ended. */
    static ChildEvent ended(Process child) {
        ExitStatus exit = child.exitStatus();
        int code = !exit.isSignaled() ? CLD_EXITED : (exit.waitStatus() & CORE_DUMPED) != 0 ? CLD_DUMPED : CLD_KILLED;
        return of(child, code, exit.isSignaled() ? exit.signal() : exit.code());
    }

    /** A traced thread has stopped. @param status as the wait status has it: signal, and event above it */
    static ChildEvent trapped(UserThread tracee, int status) {
        return new ChildEvent(tracee.tid(), tracee.process().credentials().uid, CLD_TRAPPED, status, new Usage());
    }

    /** A traced thread has ended, which is told to the tracer only. */
    static ChildEvent departed(UserThread tracee, ExitStatus exit) {
        int code = exit.isSignaled() ? CLD_KILLED : CLD_EXITED;
        return new ChildEvent(tracee.tid(), tracee.process().credentials().uid, code,
                exit.isSignaled() ? exit.signal() : exit.code(), new Usage());
    }

    static ChildEvent of(Process child, int code, int status) {
        return new ChildEvent(child.pid(), child.credentials().uid, code, status, child.usage());
    }

    /** The word that wait4(2) stores. */
    public int waitStatus() {
        return switch (code) {
            case CLD_EXITED -> status << CODE_SHIFT;
            case CLD_DUMPED -> status | CORE_DUMPED;
            case CLD_STOPPED, CLD_TRAPPED -> status << CODE_SHIFT | STOPPED_MARK;
            case CLD_CONTINUED -> CONTINUED_WORD;
            default -> status;
        };
    }
}
