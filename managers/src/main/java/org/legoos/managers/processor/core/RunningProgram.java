package org.legoos.managers.processor.core;

import org.legoos.kernel.signal.SigInfo;

/** A started program, as the launcher holds it. Any thread. */
public final class RunningProgram {
    /** Exit codes of shells for what could not be run. */
    public static final int EXIT_CANNOT_RUN = 126;
    public static final int EXIT_NOT_FOUND = 127;

    private final Process process;
    private volatile String failure;

    RunningProgram(Process process) {
        this.process = process;
    }

    public int pid() {
        return process.pid();
    }

    /** Sends a signal, as the terminal's Ctrl-C does. */
    public void signal(int signal) {
        process.send(SigInfo.fromKernel(signal));
    }

    /** Sends a signal to all of its session: the program, and what it has started that has not made itself independent. */
    public void signalSession(int signal) {
        for (Process member : process.manager().processes().values()) {
            if (member.sessionId() == process.pid()) {
                member.send(SigInfo.fromKernel(signal));
            }
        }
    }

    /** @return false when the deadline (node clock, or WaitQueue.FOREVER) passed first */
    public boolean awaitExit(long deadlineNs) {
        return process.ended().await(process.manager().clock(), 0, deadlineNs);
    }

    /** How it ended; meaningful after awaitExit. */
    public ExitStatus exitStatus() {
        return process.exitStatus();
    }

    /** Why the program could not be started (one line), or null. Its exit code is then 126 or 127. */
    public String failure() {
        return failure;
    }

    void failed(String reason) {
        failure = reason;
    }

    /** It runs: what was tried before does not matter. */
    void started() {
        failure = null;
    }
}
