package org.legoos.managers.processor.core;

/** What prctl(2) and personality(2) keep of a process. Any thread. */
public final class ProcessFlags {
    /** personality(2): no randomisation of addresses from the next execve on. */
    static final int ADDR_NO_RANDOMIZE = 0x0040000;

    /** personality(2): what can be read can be executed. */
    private static final int READ_IMPLIES_EXEC = 0x0400000;
    /** personality(2): uname says 2.6. */
    private static final int UNAME26 = 0x0020000;

    private static final long TIMERSLACK_NS = 50_000;

    private volatile int parentDeathSignal;
    private volatile boolean dumpable = true;
    private volatile boolean noNewPrivileges;
    private volatile long timerSlackNs = TIMERSLACK_NS;
    private volatile int personality;
    private volatile int oomScoreAdj;
    private volatile int coreFilter = CORE_ANON_PRIVATE | CORE_ANON_SHARED | CORE_ELF_HEADERS | CORE_HUGE_PRIVATE;
    private volatile boolean thpDisabled;
    private volatile boolean ioFlusher;
    private volatile boolean memoryMerge;
    private volatile int memoryFailurePolicy = PR_MCE_KILL_DEFAULT;
    private volatile int denyWriteExec;

    /** /proc/PID/coredump_filter (core(5)): what of its memory a core file has. */
    public static final int CORE_ANON_PRIVATE = 1;
    public static final int CORE_ANON_SHARED = 2;
    public static final int CORE_FILE_PRIVATE = 4;
    public static final int CORE_FILE_SHARED = 8;
    public static final int CORE_ELF_HEADERS = 0x10;
    private static final int CORE_HUGE_PRIVATE = 0x20;

    /** PR_MCE_KILL: late, early or the node's default. */
    public static final int PR_MCE_KILL_DEFAULT = 2;

    /** PR_SET_MDWE: no memory becomes executable later, and children need not keep to it. */
    public static final int PR_MDWE_REFUSE_EXEC_GAIN = 1;
    public static final int PR_MDWE_NO_INHERIT = 2;

    /** What a child has from its parent: all but the parent-death signal. */
    void inherit(ProcessFlags parent) {
        dumpable = parent.dumpable;
        noNewPrivileges = parent.noNewPrivileges;
        timerSlackNs = parent.timerSlackNs;
        personality = parent.personality;
        oomScoreAdj = parent.oomScoreAdj;
        coreFilter = parent.coreFilter;
        thpDisabled = parent.thpDisabled;
        ioFlusher = parent.ioFlusher;
        memoryMerge = parent.memoryMerge;
        memoryFailurePolicy = parent.memoryFailurePolicy;
        denyWriteExec = (parent.denyWriteExec & PR_MDWE_NO_INHERIT) != 0 ? 0 : parent.denyWriteExec;
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

    public boolean readImpliesExec() {
        return (personality & READ_IMPLIES_EXEC) != 0;
    }

    public boolean isUname26() {
        return (personality & UNAME26) != 0;
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

    public int coreFilter() {
        return coreFilter;
    }

    public void setCoreFilter(int kinds) {
        coreFilter = kinds;
    }

    /** PR_SET_THP_DISABLE: kept; there are no huge pages. */
    public boolean isThpDisabled() {
        return thpDisabled;
    }

    public void setThpDisabled(boolean isDisabled) {
        thpDisabled = isDisabled;
    }

    /** PR_SET_IO_FLUSHER: kept. */
    public boolean isIoFlusher() {
        return ioFlusher;
    }

    public void setIoFlusher(boolean isFlusher) {
        ioFlusher = isFlusher;
    }

    /** PR_SET_MEMORY_MERGE: kept; no pages are merged. */
    public boolean mergesMemory() {
        return memoryMerge;
    }

    public void setMemoryMerge(boolean merges) {
        memoryMerge = merges;
    }

    /** PR_MCE_KILL: kept; memory does not fail. */
    public int memoryFailurePolicy() {
        return memoryFailurePolicy;
    }

    public void setMemoryFailurePolicy(int policy) {
        memoryFailurePolicy = policy;
    }

    /** PR_SET_MDWE. */
    public int denyWriteExec() {
        return denyWriteExec;
    }

    public void setDenyWriteExec(int bits) {
        denyWriteExec = bits;
    }

    public boolean refusesExecGain() {
        return (denyWriteExec & PR_MDWE_REFUSE_EXEC_GAIN) != 0;
    }
}
