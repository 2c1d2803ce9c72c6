package org.legoos.managers.processor.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.legoos.kernel.sched.Completion;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.PendingSignals;
import org.legoos.kernel.signal.SigActions;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.signal.Signalling;
import org.legoos.managers.processor.strace.SyscallSummary;
import org.legoos.managers.processor.time.ProcessTimers;

/**
 * A process (Linux's thread group): what all its threads share. Descriptors and working directory are
 * referred to by each thread, so that clone can share or copy them one by one.
 */
public final class Process {
    private final ProcessorManager manager;
    private final int pid;
    private final Credentials credentials;
    private final Rlimits rlimits;
    private final SigActions actions;
    private final PendingSignals pending = new PendingSignals(this::queuedSignals);
    private final WaitList signalWaiters = new WaitList();
    private final ProcessTimers timers;
    private final List<ChildEvent> departures = new CopyOnWriteArrayList<>();
    private final List<Trace> tracees = new CopyOnWriteArrayList<>();
    private final List<UserThread> threads = new CopyOnWriteArrayList<>();
    private final AtomicReference<ExitStatus> exit = new AtomicReference<>();
    private final Completion ended = new Completion();
    private final StdoutLog stdoutLog;
    private final SyscallSummary summary;
    private final long startNs;
    private UserThread execThread; // guarded by this
    private int barriers; // guarded by this
    private final Usage departed = new Usage(); // of threads and address spaces that are gone: switches and faults; guarded by this
    private long departedNs; // CPU time of threads that have ended; guarded by this
    private long departedSystemNs; // guarded by this
    private volatile long departedResidentBytes;
    private volatile String lastComm = "";
    private volatile ExitStatus leaderExit = ExitStatus.exited(0);

    private final Kin kin = new Kin();
    private volatile int groupId;
    private volatile int sessionId;
    private volatile boolean stopped;
    private volatile AddressSpace space;
    private volatile Program program = Program.NONE;
    private final CpuLimit cpuLimit;
    private final ProcessFlags flags = new ProcessFlags();

    Process(ProcessorManager manager, int pid, Credentials credentials, Rlimits rlimits, SigActions actions) {
        this.manager = manager;
        this.pid = pid;
        this.groupId = pid;
        this.sessionId = pid;
        this.credentials = credentials;
        this.rlimits = rlimits;
        this.actions = actions;
        this.startNs = manager.clock().nowNs();
        this.timers = new ProcessTimers(this);
        this.cpuLimit = new CpuLimit(this);
        this.stdoutLog = new StdoutLog(manager.kernel().log());
        this.summary = manager.isTraced() ? new SyscallSummary() : null;
    }

    public ProcessorManager manager() {
        return manager;
    }

    public int pid() {
        return pid;
    }

    /** 0 for a program that was started, 1 for orphans. */
    public int parentPid() {
        return manager.tree().parentPid(this);
    }

    Kin kin() {
        return kin;
    }

    public int groupId() {
        return groupId;
    }

    /** For {@link ProcessTree}. */
    void joinGroup(int group) {
        groupId = group;
    }

    public int sessionId() {
        return sessionId;
    }

    /** For {@link ProcessTree}. */
    void joinSession(int session) {
        sessionId = session;
    }

    public Credentials credentials() {
        return credentials;
    }

    public Rlimits rlimits() {
        return rlimits;
    }

    public SigActions actions() {
        return actions;
    }

    /** How many signals are queued for all processes of its user: what RLIMIT_SIGPENDING limits. */
    public AtomicInteger queuedSignals() {
        return manager.users().of(credentials.uid).queuedSignals();
    }

    /** Signals sent to the process as a whole. */
    public PendingSignals pending() {
        return pending;
    }

    /** Who reads or polls a signalfd. */
    public WaitList signalWaiters() {
        return signalWaiters;
    }

    public ProcessTimers timers() {
        return timers;
    }

    /** The threads that are there now, the oldest first. */
    public List<UserThread> threads() {
        return threads;
    }

    /** A thread that this process traces has ended and is not its own child's last. */
    void tracedThreadEnded(ChildEvent event) {
        departures.add(event);
        kin.waiters.wakeAll();
    }

    /** The end of a traced thread that a wait call asks for; null for none. */
    ChildEvent takeDeparted(WaitQuery query) {
        for (ChildEvent event : departures) {
            if (query.has(WaitQuery.WEXITED) && query.concerns(event.pid(), 0) && departures.remove(event)) {
                return event;
            }
        }
        return null;
    }

    /** The tracer ends: what it traces goes on alone, or ends too. */
    void releaseTracees() {
        for (Trace trace : tracees) {
            boolean isKilled = (trace.options() & Trace.O_EXITKILL) != 0;
            trace.detach(0);
            if (isKilled) {
                trace.thread().process().send(SigInfo.fromKernel(Signals.SIGKILL));
            }
        }
        departures.clear();
    }

    /** The threads that this process traces. */
    public List<Trace> tracees() {
        return tracees;
    }

    /** The thread with this id, or null. */
    public UserThread thread(int tid) {
        for (UserThread thread : threads) {
            if (thread.tid() == tid) {
                return thread;
            }
        }
        return null;
    }

    /** A thread is about to begin. @return false when none may: the process is ending or becoming another program */
    synchronized boolean add(UserThread thread) {
        if (isExiting() || execThread != null) {
            return false;
        }
        threads.add(thread);
        return true;
    }

    /** A thread has ended. @return whether it was the last one */
    synchronized boolean depart(UserThread thread) {
        threads.remove(thread);
        lastComm = thread.comm();
        departedNs += thread.cpuNs();
        departed.addSwitches(thread);
        departedSystemNs += thread.systemNs();
        if (threads.isEmpty()) {
            exit.compareAndSet(null, leaderExit);
            return true;
        }
        if (execThread != null) {
            execThread.attend();
        }
        return false;
    }

    /** exit(2) of one thread: the process goes on until its last one, and then ends with the leader's status. */
    public void exitThread(UserThread thread, ExitStatus status) {
        if (thread.tid() == pid) {
            leaderExit = status;
        }
        thread.leave();
    }

    /**
     * execve(2) has passed its point of no return: all other threads end, and the caller becomes the leader (Linux's
     * de_thread). @return false when the process is ending or another thread was first: the caller ends too
     */
    boolean becomeSingleThreaded(UserThread caller) {
        synchronized (this) {
            if (isExiting() || execThread != null) {
                return false;
            }
            execThread = caller;
            for (UserThread thread : threads) {
                if (thread != caller) {
                    thread.leave();
                }
            }
        }
        caller.prepareSleep();
        while (threads.size() > 1) {
            caller.sleep(WaitQueue.FOREVER);
            caller.prepareSleep();
        }
        int oldTid = caller.tid();
        if (oldTid != pid) {
            caller.becomeLeader();
            manager.releaseId(oldTid);
        }
        synchronized (this) {
            execThread = null;
        }
        return !isExiting();
    }

    public AddressSpace space() {
        return space;
    }

    public Program program() {
        return program;
    }

    public StdoutLog stdoutLog() {
        return stdoutLog;
    }

    /** Per-call statistics, null when tracing is off. */
    public SyscallSummary summary() {
        return summary;
    }

    public long startNs() {
        return startNs;
    }

    /** membarrier(2): remembers the registration until execve. */
    public synchronized void registerBarrier(int command) {
        barriers |= command;
    }

    public synchronized boolean isBarrierRegistered(int command) {
        return (barriers & command) != 0;
    }

    public boolean isSubreaper() {
        return kin.isSubreaper;
    }

    /** PR_SET_CHILD_SUBREAPER. */
    public void setSubreaper(boolean isSubreaper) {
        kin.isSubreaper = isSubreaper;
    }

    public ProcessFlags flags() {
        return flags;
    }

    /** setrlimit of RLIMIT_CPU. */
    public void cpuLimitChanged() {
        cpuLimit.changed();
    }

    /** What a child has from its parent beside memory, files, signals and limits. */
    void inherit(Process parent) {
        flags.inherit(parent.flags);
        cpuLimit.changed();
    }

    /** execve: the process has this program and memory from now on. */
    void become(Program newProgram, AddressSpace newSpace) {
        program = newProgram;
        synchronized (this) {
            departed.addFaults(space);
            space = newSpace;
            barriers = 0;
        }
    }

    /** Sends a signal to the process. @return 0 or -EAGAIN */
    public int send(SigInfo info) {
        return Signalling.send(this, null, info);
    }

    public boolean isStopped() {
        return stopped;
    }

    /** A signal stops the process: the threads sleep in their run loops, and the parent is told. */
    public void stop(int signal) {
        if (!stopped) {
            stopped = true;
            wakeThreads();
            manager.tree().stopped(this, signal);
        }
    }

    /** SIGCONT or SIGKILL. @param isTold whether the parent is told: not when it is about to end */
    public void goOn(boolean isTold) {
        boolean wasStopped = stopped;
        stopped = false;
        threads.forEach(thread -> Trace.groupGoesOn(thread.trace()));
        if (wasStopped) {
            wakeThreads();
            if (isTold) {
                manager.tree().continued(this);
            }
        }
    }

    /** SIGTSTP and the terminal's stop signals do nothing to a group that nobody could continue. */
    public boolean isOrphaned() {
        return manager.tree().isOrphaned(groupId);
    }

    /** What it has used up to now. */
    public synchronized Usage usage() {
        Usage usage = departed.copy();
        threads.forEach(usage::addSwitches);
        usage.addFaults(space);
        usage.cpuNs = cpuNs();
        usage.systemNs = systemNs();
        AddressSpace here = space;
        usage.maxResidentBytes = Math.max(departedResidentBytes, here == null ? 0 : here.pages().peakResidentBytes());
        return usage;
    }

    /** What its children that were waited for have used. */
    public Usage usageOfChildren() {
        return manager.tree().usageOfChildren(this);
    }

    /** Ends the process: all threads leave at their next chance. The first caller decides the status. */
    public void exitGroup(ExitStatus status) {
        if (exit.compareAndSet(null, status)) {
            hurryThreads();
        }
    }

    /** All threads are to end, and may starve. */
    public void hurryThreads() {
        threads.forEach(UserThread::hurry);
    }

    private void wakeThreads() {
        threads.forEach(UserThread::attend);
    }

    public boolean isExiting() {
        return exit.get() != null;
    }

    /** CPU time of all threads that are and were. */
    public synchronized long cpuNs() {
        long sum = departedNs;
        for (UserThread thread : threads) {
            sum += thread.cpuNs();
        }
        return sum;
    }

    public synchronized long systemNs() {
        long sum = departedSystemNs;
        for (UserThread thread : threads) {
            sum += thread.systemNs();
        }
        return sum;
    }

    /** Called by the last thread. */
    void finish() {
        timers.cancelAll();
        pending.close();
        cpuLimit.cancel();
        AddressSpace old = space;
        synchronized (this) {
            departed.addFaults(old);
            space = null;
        }
        if (old != null) {
            departedResidentBytes = Math.max(departedResidentBytes, old.pages().peakResidentBytes());
            old.release();
        }
        stdoutLog.flush();
    }

    /** The caller of vfork may go on: this process does not use its memory any more. */
    void leaveVfork() {
        UserThread waiting = kin.vforkParent;
        if (waiting != null) {
            kin.vforkParent = null;
            waiting.waiter().wake(Waiter.ANY);
        }
    }

    /** The name of the thread that ended last. */
    public String lastComm() {
        return lastComm;
    }

    /** Ended; its parent may not have waited for it yet. */
    public boolean hasEnded() {
        return kin.isZombie;
    }

    /** Ended and waited for: its number may be somebody else's. */
    public boolean isReaped() {
        return manager.find(pid) != this;
    }

    Completion ended() {
        return ended;
    }

    /** How it ended (or is about to). */
    ExitStatus exitStatus() {
        ExitStatus status = exit.get();
        return status == null ? ExitStatus.exited(0) : status;
    }
}
