package org.legoos.managers.processor.core;

/** Who may look into a process: ptrace_may_access() of Linux. */
public final class TraceAccess {
    private TraceAccess() {}

    /** All ids of the target are the caller's own, and it may be looked into; or the caller has CAP_SYS_PTRACE. */
    public static boolean allows(Process caller, Process target) {
        Credentials own = caller.credentials();
        Credentials other = target.credentials();
        boolean isSame = own.uid == other.uid && own.uid == other.euid && own.uid == other.suid && own.gid == other.gid
                && own.gid == other.egid && own.gid == other.sgid && target.flags().isDumpable();
        return target == caller || own.has(Capability.CAP_SYS_PTRACE) || isSame;
    }
}
