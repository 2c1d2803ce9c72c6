package org.legoos.managers.processor.core;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;

/**
 * One traced thread, as its tracer has it (kernel/ptrace.c). A stop: the thread gives its core away, so that its
 * registers lie in a context, says so, and sleeps until the tracer resumes it. While it is stopped, the tracer's threads
 * read and change its registers and memory directly.
 *
 * <p>Lock: this object's, for what both sides use; nothing else is taken with it held.
 */
public final class Trace {
    public static final int EVENT_FORK = 1;
    public static final int EVENT_VFORK = 2;
    public static final int EVENT_CLONE = 3;
    public static final int EVENT_EXEC = 4;
    public static final int EVENT_VFORK_DONE = 5;
    public static final int EVENT_EXIT = 6;
    public static final int EVENT_SECCOMP = 7;
    public static final int EVENT_STOP = 128;

    public static final int O_TRACESYSGOOD = 1;
    public static final int O_EXITKILL = 1 << 20;
    /** PTRACE_O_TRACEFORK and its relatives are {@code 1 << event}. */
    private static final int O_EVENTS = 0xfe;

    public static final int O_KNOWN = O_TRACESYSGOOD | O_EVENTS | 1 << EVENT_SECCOMP | O_EXITKILL | 1 << 21;

    /** TF of RFLAGS: the tracer's single step, which children do not inherit. */
    static final long TRAP_FLAG = 0x100;
    private static final int SYSCALL_MARK = 0x80;
    private static final int EVENT_SHIFT = 8;

    /** How the thread goes on. */
    public enum Mode { CONTINUE, SYSCALL, EMULATE, SINGLE_STEP, LISTEN }

    /** Which stop of a system call it is in, as PTRACE_GET_SYSCALL_INFO numbers them. */
    public static final int SYSCALL_NONE = 0;
    public static final int SYSCALL_ENTRY = 1;
    public static final int SYSCALL_EXIT = 2;

    private final UserThread thread;
    private final Process tracer;
    private final boolean isSeized;
    private final DebugRegisters debug = new DebugRegisters();
    private volatile int options;
    private volatile Mode mode = Mode.CONTINUE;
    private boolean isStopped; // guarded by this
    private boolean isReported; // guarded by this
    private int stopStatus; // guarded by this
    private boolean isDetached; // guarded by this
    private boolean isListening; // guarded by this
    private int injected; // guarded by this
    private volatile boolean isInterruptAsked;
    private volatile boolean runsThroughGroupStop;
    private volatile SigInfo info;
    private volatile long message;
    private volatile int syscallStop;

    /** The system call that the thread is in, which the tracer may change; -1 outside. */
    public volatile long originalRax = -1;

    Trace(UserThread thread, Process tracer, boolean isSeized, int options) {
        this.thread = thread;
        this.tracer = tracer;
        this.isSeized = isSeized;
        this.options = options;
    }

    public UserThread thread() {
        return thread;
    }

    public Process tracer() {
        return tracer;
    }

    public boolean isSeized() {
        return isSeized;
    }

    public DebugRegisters debug() {
        return debug;
    }

    public int options() {
        return options;
    }

    public void setOptions(int newOptions) {
        options = newOptions;
    }

    public Mode mode() {
        return mode;
    }

    /** What the last stop was for; null when it was not for a signal. */
    public SigInfo info() {
        return info;
    }

    public void setInfo(SigInfo newInfo) {
        info = newInfo;
    }

    /** PTRACE_GETEVENTMSG. */
    public long message() {
        return message;
    }

    public int syscallStop() {
        return syscallStop;
    }

    boolean wants(int event) {
        return (options & 1 << event) != 0;
    }

    // ---- the traced thread's side

    /** Before a system call is carried out. @return its number, which the tracer may have changed; -1 to skip it */
    long beforeSyscall(long nr) {
        originalRax = nr;
        boolean isEmulated = mode == Mode.EMULATE;
        if (isEmulated || mode == Mode.SYSCALL) {
            stopForSyscall(SYSCALL_ENTRY);
        }
        return isEmulated ? -1 : originalRax;
    }

    void afterSyscall() {
        if (mode == Mode.SYSCALL) {
            stopForSyscall(SYSCALL_EXIT);
        } else if (mode == Mode.SINGLE_STEP) {
            thread.cpu().setRflags(thread.cpu().rflags() & ~TRAP_FLAG);
            info = SigInfo.fault(Signals.SIGTRAP, SigInfo.TRAP_TRACE, thread.cpu().rip());
            send(stop(Signals.SIGTRAP, false));
        }
    }

    private void stopForSyscall(int which) {
        syscallStop = which;
        int signal = (options & O_TRACESYSGOOD) != 0 ? Signals.SIGTRAP | SYSCALL_MARK : Signals.SIGTRAP;
        info = SigInfo.fromProcess(Signals.SIGTRAP, signal, thread.process().pid(), thread.process().credentials().uid);
        send(stop(signal, false));
        syscallStop = SYSCALL_NONE;
    }

    /** An event that the tracer asked for. */
    void stopAt(int event, long newMessage) {
        message = newMessage;
        info = SigInfo.fromProcess(Signals.SIGTRAP, Signals.SIGTRAP | event << EVENT_SHIFT, thread.process().pid(), 0);
        send(stop(Signals.SIGTRAP | event << EVENT_SHIFT, event == EVENT_EXIT));
    }

    /** A signal that the tracer gave when it resumed a stop that was not for a signal. */
    private void send(int signal) {
        if (signal != 0) {
            thread.pending().add(SigInfo.fromProcess(signal, SigInfo.SI_USER, tracer.pid(), tracer.credentials().uid));
            thread.requestDelivery();
        }
    }

    /** A signal is about to be delivered. @return what to deliver instead: the same, another one, or null for none */
    public SigInfo stopFor(SigInfo signal) {
        info = signal;
        int wanted = stop(signal.signal(), false);
        SigInfo now = info;
        info = null;
        if (wanted == 0) {
            return null;
        }
        return now != null && now.signal() == wanted ? now
                : SigInfo.fromProcess(wanted, SigInfo.SI_USER, tracer.pid(), tracer.credentials().uid);
    }

    /** The process is stopped by job control, or PTRACE_INTERRUPT asked for a stop. @return whether this stop is the tracer's */
    public boolean stopForGroup() {
        boolean isInterrupt = isInterruptAsked;
        if (!isInterrupt && (runsThroughGroupStop || !thread.process().isStopped())) {
            return runsThroughGroupStop;
        }
        isInterruptAsked = false;
        info = null;
        int signal = thread.process().isStopped() ? Signals.SIGSTOP : Signals.SIGTRAP;
        runsThroughGroupStop = thread.process().isStopped();
        stop(isSeized ? signal | EVENT_STOP << EVENT_SHIFT : signal, false);
        return true;
    }

    public boolean isInterruptAsked() {
        return isInterruptAsked;
    }

    /** The stop of job control is over: who listens is told so by another stop. */
    static void groupGoesOn(Trace trace) {
        if (trace != null) {
            trace.groupGoesOn();
        }
    }

    private void groupGoesOn() {
        runsThroughGroupStop = false;
        synchronized (this) {
            if (!isListening) {
                return;
            }
            isListening = false;
            isStopped = false;
            isInterruptAsked = true;
        }
        thread.attend();
    }

    /** @return the signal that the tracer injects, or 0 */
    private int stop(int status, boolean isEnding) {
        thread.cpu().giveWay();
        synchronized (this) {
            if (isDetached) {
                return 0;
            }
            isStopped = true;
            isReported = false;
            stopStatus = status;
            injected = 0;
        }
        thread.process().manager().tree().trapped(tracer, thread, status);
        while (true) {
            thread.prepareSleep();
            synchronized (this) {
                if (!isStopped || isKilled(isEnding)) {
                    isStopped = false;
                    return injected;
                }
            }
            thread.sleep(WaitQueue.FOREVER);
        }
    }

    private boolean isKilled(boolean isEnding) {
        long fatal = (thread.pending().mask() | thread.process().pending().mask()) & Signals.bit(Signals.SIGKILL);
        return fatal != 0 || !isEnding && thread.process().isExiting();
    }

    // ---- the tracer's side

    public synchronized boolean isStopped() {
        return isStopped;
    }

    /** A stop that the tracer has not been told of; taken unless {@code keeps}. @return its status, or 0 */
    synchronized int report(boolean keeps) {
        if (!isStopped || isReported) {
            return 0;
        }
        isReported = !keeps;
        return stopStatus;
    }

    /** Lets the thread go on. @return false when it is not stopped */
    public boolean resume(Mode newMode, int signal) {
        synchronized (this) {
            if (!isStopped) {
                return false;
            }
            if (newMode == Mode.SINGLE_STEP) {
                thread.cpu().setRflags(thread.cpu().rflags() | TRAP_FLAG);
            }
            if (newMode == Mode.LISTEN) {
                isReported = true;
                if (thread.process().isStopped()) {
                    isListening = true;
                    return true;
                }
                isInterruptAsked = true; // it was continued before the tracer came to listen: the tracer is told so by another stop
                isStopped = false;
                thread.attend();
                return true;
            }
            if (newMode != Mode.SINGLE_STEP && mode == Mode.SINGLE_STEP) {
                thread.cpu().setRflags(thread.cpu().rflags() & ~TRAP_FLAG);
            }
            isListening = false;
            debug.passed(thread.cpu().rip());
            mode = newMode;
            injected = signal;
            isStopped = false;
        }
        thread.attend();
        return true;
    }

    /** PTRACE_INTERRUPT. */
    public void interrupt() {
        isInterruptAsked = true;
        thread.attend();
    }

    /** The tracer wants no more of it. */
    public void detach(int signal) {
        synchronized (this) {
            isDetached = true;
            mode = Mode.CONTINUE;
            injected = signal;
            isStopped = false;
        }
        thread.traceEnds(this);
        tracer.tracees().remove(this);
        thread.attend();
    }
}
