package org.legoos.emulator.cli;

import org.legoos.emulator.cluster.Cluster;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.HostClock;
import org.legoos.managers.processor.core.RunningProgram;

/**
 * What Ctrl-C and kill do: the program gets the signal, as natively, and ends or handles it. What is still there
 * after a moment is ended: nothing that a program does keeps the launcher from ending. Before the program
 * runs, the cluster ends at once. The serial logs are complete in all cases.
 */
final class Interruption {
    /** For the program's own handler. */
    private static final long GRACE_NS = 300_000_000L;

    private static final int SHELL_SIGNAL_BASE = 128;

    private Cluster cluster; // guarded by this
    private RunningProgram program; // guarded by this
    private int received; // guarded by this
    private volatile Runnable beforeEnd = () -> {};

    private final Runnable atEnd;

    private Interruption(Runnable atEnd) {
        this.atEnd = atEnd;
    }

    /** @param atEnd what the launcher does last when a signal ends it: removes what it has made for this run */
    static Interruption install(Runnable atEnd) {
        Interruption interruption = new Interruption(atEnd);
        HostSignals.handle(interruption::onSignal);
        return interruption;
    }

    synchronized void cluster(Cluster assembled) {
        cluster = assembled;
    }

    /** Runs this before the launcher ends by a signal. */
    void beforeEnd(Runnable action) {
        beforeEnd = action;
    }

    synchronized void program(RunningProgram started) {
        program = started;
    }

    private void onSignal(int signal) {
        RunningProgram running;
        synchronized (this) {
            boolean isFirst = received == 0;
            received = signal;
            running = isFirst ? program : null;
        }
        if (running != null) {
            Clock clock = HostClock.instance();
            running.signal(signal);
            if (running.awaitExit(clock.nowNs() + GRACE_NS)) {
                return; // the launcher goes on: statistics, logs, the program's exit status
            }
        }
        Cluster ending;
        synchronized (this) {
            ending = cluster;
        }
        if (ending != null) {
            ending.flushLogs();
        }
        beforeEnd.run();
        atEnd.run();
        Runtime.getRuntime().halt(SHELL_SIGNAL_BASE + signal);
    }
}
