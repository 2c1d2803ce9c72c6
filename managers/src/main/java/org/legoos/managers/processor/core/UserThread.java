package org.legoos.managers.processor.core;

import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;
import org.legoos.isa.cpu.Gpr;
import org.legoos.isa.cpu.Trap;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.futex.FutexWaiter;
import org.legoos.kernel.sched.SharedCpu;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.AltStack;
import org.legoos.kernel.signal.PendingSignals;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.fs.FdTable;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.FsContext;
import org.legoos.managers.processor.fs.PollTable;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.mm.UserMemory;
import org.legoos.managers.processor.signal.Delivery;
import org.legoos.managers.processor.signal.Faults;
import org.legoos.managers.processor.signal.Signalling;

/**
 * One thread of a program: a kernel thread that runs the core until it traps, serves the trap, delivers
 * signals, and goes on. All state is the owner's, but for what says otherwise.
 */
public final class UserThread implements AutoCloseable {
    /** Room for one chunk of file data on its way; larger transfers go in several. */
    public static final int IO_BYTES = 64 << 10;

    private static final int IO_FRAMES = IO_BYTES >>> 12;

    private final Process process;
    private volatile int tid; // written by the owner, in execve
    private final Kernel kernel;
    private final SharedCpu cpu;
    private final BooleanSupplier holding;
    private volatile FdTable files; // null once it has ended; written by the owner
    private FsContext fs;
    private FileService fileService; // made at first use
    private final SyscallEntry syscalls;
    private final Sleeper sleeper;
    private final WaitLink link;
    private final PollTable polls;
    private final IoVector vector = new IoVector();
    private final Message message = new Message();
    private final CpuTimes times;
    private final UserAccess access;
    private long ioPa; // allocated at first use

    private final PendingSignals pending;
    private final AltStack altStack = new AltStack();
    private final Scheduling scheduling;
    private final Seccomp seccomp = new Seccomp();
    private volatile long blocked; // written by the owner
    private volatile long waitedFor; // signals that sigtimedwait waits for
    private volatile boolean attention;
    private volatile boolean isLeaving;
    private volatile Trace trace; // null while nobody traces it
    private FutexWaiter futexWaiter; // made at first use
    private volatile String comm = "";

    /** Mask to put back after sigsuspend and its relatives, valid when hasSavedMask. */
    public long savedMask;

    public boolean hasSavedMask;

    /** The interrupted call that may be restarted; -1 for none. */
    public long restartNr = -1;

    /** What restart_syscall goes on with. */
    public final RestartBlock restart = new RestartBlock();

    /** Of the last fault, for mcontext. */
    public long trapNo;

    public long trapErrorCode;
    public long trapVa;

    /** set_tid_address(2), set_robust_list(2): where the kernel tells of this thread's end. */
    public long clearChildTidVa;

    public volatile long robustListVa;

    UserThread(Process process, int tid, SharedCpu cpu, FdTable files, FsContext fs) {
        ProcessorManager manager = process.manager();
        this.process = process;
        this.pending = new PendingSignals(process::queuedSignals);
        this.tid = tid;
        this.kernel = manager.kernel();
        this.files = files.retain();
        this.fs = fs;
        this.cpu = cpu;
        this.holding = cpu::isHolding;
        this.scheduling = new Scheduling(cpu);
        this.sleeper = new Sleeper(kernel.clock(), cpu);
        this.link = new WaitLink(sleeper);
        this.polls = new PollTable(this);
        this.times = new CpuTimes(kernel.clock().nowNs());
        this.access = new UserAccess();
        this.syscalls = new SyscallEntry(this, manager);
    }

    /** Runs the program until its process ends or this thread exits. */
    void runProgram() {
        while (!mustEnd()) {
            if (attention) {
                attention = false;
                Delivery.deliver(this);
                continue;
            }
            Trace watching = trace;
            Trap trap = watching == null || !watching.debug().isActive() ? cpu.run() : watching.debug().step(this, watching);
            switch (trap) {
                case SYSCALL -> syscalls.enter();
                case PAGE_FAULT -> Faults.pageFault(this);
                case EXCEPTION -> Faults.exception(this);
                case INTERRUPTED -> {}
            }
            if (trace != null && trap != Trap.SYSCALL) {
                trace.originalRax = -1;
            }
        }
    }

    /** How it is traced, or null. */
    public Trace trace() {
        return trace;
    }

    /** Makes a process the tracer. @return false when there is one */
    public boolean traceBy(Process tracer, boolean isSeized, int options) {
        synchronized (process) {
            if (trace != null) {
                return false;
            }
            trace = new Trace(this, tracer, isSeized, options);
        }
        tracer.tracees().add(trace);
        return true;
    }

    void traceEnds(Trace ended) {
        synchronized (process) {
            if (trace == ended) {
                trace = null;
            }
        }
    }

    private boolean mustEnd() {
        return isLeaving || process.isExiting();
    }

    /** exit(2): this thread ends when it next would return to the program. Also asked for by execve in a sibling. Any thread. */
    void leave() {
        isLeaving = true;
        hurry();
    }

    public Process process() {
        return process;
    }

    public int tid() {
        return tid;
    }

    /** execve: the thread that calls it becomes the process's leader. */
    void becomeLeader() {
        tid = process.pid();
    }

    public Kernel kernel() {
        return kernel;
    }

    public SharedCpu cpu() {
        return cpu;
    }

    public FdTable files() {
        return files;
    }

    /** Closes its files if nobody else uses them. Once, or never for a thread that is closed. */
    void releaseFiles() {
        if (files != null) {
            FdTable old = files;
            files = null;
            old.release();
        }
    }

    /** Uses another table from now on: unshare(2), execve of one who shares it. Owner only. */
    void useFiles(FdTable other) {
        FdTable old = files;
        files = other.retain();
        old.release();
    }

    /** unshare(2): descriptors and working directory of its own from now on. Owner only. */
    public void unshare(boolean ofFiles, boolean ofFs) {
        if (ofFiles && files.isShared()) {
            useFiles(files.copy());
        }
        fs = ofFs ? fs.copy() : fs;
    }

    public FsContext fs() {
        return fs;
    }

    /** This thread's own client: it has state. */
    public FileService fileService() {
        if (fileService == null) {
            fileService = process.manager().fileServices().apply(process.credentials());
        }
        return fileService;
    }

    /** Copies to and from the program. */
    public UserAccess user() {
        return access;
    }

    /** The node's memory, in which {@link #ioPa} is this thread's chunk buffer. */
    public MemorySegment io() {
        return kernel.memory().segment();
    }

    public long ioPa() {
        if (ioPa == 0) {
            ioPa = kernel.frames().allocContiguous(IO_FRAMES);
            if (ioPa == 0) {
                throw SysError.of(Errno.ENOMEM);
            }
        }
        return ioPa;
    }

    public long nowNs() {
        return kernel.clock().nowNs();
    }

    public long arg(int index) {
        return switch (index) {
            case 0 -> cpu.register(Gpr.RDI);
            case 1 -> cpu.register(Gpr.RSI);
            case 2 -> cpu.register(Gpr.RDX);
            case 3 -> cpu.register(Gpr.R10);
            case 4 -> cpu.register(Gpr.R8);
            default -> cpu.register(Gpr.R9);
        };
    }

    public String comm() {
        return comm;
    }

    public void setComm(String name) {
        comm = name;
    }

    /** A new thread begins in its parent's memory, with its signal mask and name. */
    void inherit(UserThread parent) {
        blocked = parent.blocked;
        comm = parent.comm;
        scheduling.inherit(parent.scheduling);
        seccomp.inherit(parent.seccomp);
        AddressSpace space = process.space();
        space.attach(cpu);
        useMemory(space.newUserMemory());
    }

    /** execve gave the process a new memory: use it. */
    void useMemory(UserMemory memory) {
        access.use(memory);
    }

    /** The buffers of this thread's current call. Owner only. */
    public IoVector vector() {
        return vector;
    }

    /** The message of this thread's current socket call. Owner only. */
    public Message message() {
        return message;
    }

    public PendingSignals pending() {
        return pending;
    }

    public Scheduling scheduling() {
        return scheduling;
    }

    public Seccomp seccomp() {
        return seccomp;
    }

    public AltStack altStack() {
        return altStack;
    }

    public long blocked() {
        return blocked;
    }

    public void setBlocked(long mask) {
        long newlyBlocked = mask & ~blocked;
        blocked = mask & ~Signals.UNBLOCKABLE;
        if (deliverable() != 0) {
            attention = true;
        }
        if ((newlyBlocked & process.pending().mask()) != 0) {
            Signalling.retarget(process, newlyBlocked);
        }
    }

    public long waitedFor() {
        return waitedFor;
    }

    public void setWaitedFor(long set) {
        waitedFor = set;
    }

    /** Signals that would be delivered now. Any thread. */
    public long deliverable() {
        return (pending.mask() | process.pending().mask()) & ~blocked;
    }

    /** Whether a blocking call must give up. */
    public boolean isInterrupted() {
        Trace tracing = trace;
        return deliverable() != 0 || mustEnd() || tracing != null && tracing.isInterruptAsked();
    }

    /** Makes the run loop look for signals before it returns to the program. Owner only. */
    public void requestDelivery() {
        attention = true;
    }

    /** Something happened for this thread: it leaves the core or its sleep and looks. Any thread. */
    public void attend() {
        attention = true;
        sleeper.wake();
        cpu.interrupt();
    }

    /** The thread has to end: whatever it waits for. Any thread. */
    public void hurry() {
        cpu.hurry();
        attend();
    }

    /** The thread as a waiter. */
    public Waiter waiter() {
        return sleeper;
    }

    /** The thread's place on the one wait list of a call that waits for one thing. Owner only. */
    public WaitLink link() {
        return link;
    }

    /** What poll, select and epoll_wait of this thread work with. Owner only. */
    public PollTable polls() {
        return polls;
    }

    /** Whether none of the threads that share this one's core can run now. */
    BooleanSupplier holding() {
        return holding;
    }

    /** The thread's place in a futex queue. Owner only. */
    public FutexWaiter futexWaiter() {
        if (futexWaiter == null) {
            futexWaiter = new FutexWaiter(sleeper::wake);
        }
        return futexWaiter;
    }

    /** Call before checking what one waits for. */
    public void prepareSleep() {
        sleeper.prepare();
    }

    /** Sleeps until woken or the deadline. @return false at the deadline */
    public boolean sleep(long deadlineNs) {
        return sleeper.sleep(deadlineNs);
    }

    /** Whether it waits in a system call; any thread may look. */
    public boolean isAsleep() {
        return sleeper.isAsleep();
    }

    /** Sleeps until a signal or the process's end. */
    public void sleepUntilInterrupted() {
        sleeper.prepare();
        while (!isInterrupted()) {
            sleeper.sleep(WaitQueue.FOREVER);
            sleeper.prepare();
        }
    }

    public long cpuNs() {
        return times.totalNs(nowNs(), sleeper.sleptNs() + cpu.waitedNs());
    }

    /** How often it has slept in a system call. */
    public long sleeps() {
        return sleeper.sleeps();
    }

    public long systemNs() {
        return times.systemNs(cpuNs());
    }

    public CpuTimes times() {
        return times;
    }

    /** Leaves the address space. */
    void leaveMemory() {
        AddressSpace space = process.space();
        if (space != null && access.memory() != null) {
            space.detach(cpu);
            space.forget(access.memory());
        }
        access.use(null);
    }

    @Override
    public void close() {
        leaveMemory();
        releaseFiles();
        cpu.close();
        if (fileService != null) {
            fileService.close();
        }
        if (ioPa != 0) {
            kernel.frames().freeContiguous(ioPa, IO_FRAMES);
        }
    }
}
