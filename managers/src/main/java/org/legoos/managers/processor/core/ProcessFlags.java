package org.legoos.managers.processor.core;

/** What prctl(2) and personality(2) keep of a process. Any thread. */
public final class ProcessFlags {
    /** personality(2): no randomisation of addresses from the next execve on. */
    static final int ADDR_NO_RANDOMIZE = 0x0040000;

    private static final long TIMERSLACK_NS = 50_000;

    private volatile int parentDeathSignal;
    private volatile boolean dumpable = true;
    private volatile boolean noNewPrivileges;
    private volatile long timerSlackNs = TIMERSLACK_NS;
    private volatile int personality;
    private volatile int oomScoreAdj;

    /** What a child has from its parent: all but the parent-death signal. */
    void inherit(ProcessFlags parent) {
        dumpable = parent.dumpable;
        noNewPrivileges = parent.noNewPrivileges;
        timerSlackNs = parent.timerSlackNs;
        personality = parent.personality;
        oomScoreAdj = parent.oomScoreAdj;
    }

    public int parentDeathSignal() {
        return parentDeathSignal;
    }

    public void setParentDeathSignal(int signal) {
        parentDeathSignal = signal;
    }

    public boolean isDumpable() {
        return dumpable;
    }

    public void setDumpable(boolean isDumpable) {
        dumpable = isDumpable;
    }

    public long timerSlackNs() {
        return timerSlackNs;
    }

    /** @param ns 0 or less for the default */
    public void setTimerSlackNs(long ns) {
        timerSlackNs = ns <= 0 ? TIMERSLACK_NS : ns;
    }

    /** personality(2): the execution domain and its flags. */
    public int personality() {
        return personality;
    }

    public void setPersonality(int persona) {
        personality = persona;
    }

    /** /proc/PID/oom_score_adj: kept and told; nothing here kills by score. */
    public int oomScoreAdj() {
        return oomScoreAdj;
    }

    public void setOomScoreAdj(int value) {
        oomScoreAdj = value;
    }

    public boolean hasNoNewPrivileges() {
        return noNewPrivileges;
    }

    /** PR_SET_NO_NEW_PRIVS: for ever, and for all descendants. */
    public void setNoNewPrivileges() {
        noNewPrivileges = true;
    }
}
