package org.legoos.managers.processor.core;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.futex.FutexTable;
import org.legoos.kernel.sched.RunGroup;
import org.legoos.kernel.signal.SigActions;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.MissingSyscalls;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.aio.AioTable;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.Mounts;
import org.legoos.managers.processor.fs.Vfs;
import org.legoos.managers.processor.ipc.SystemVIpc;
import org.legoos.managers.processor.lock.NodeLocks;
import org.legoos.managers.processor.mqueue.NamedQueues;
import org.legoos.managers.processor.notify.Notifier;
import org.legoos.managers.processor.pipe.Fifos;
import org.legoos.managers.processor.socket.SocketFamilies;
import org.legoos.managers.processor.mm.AddressSpaces;
import org.legoos.managers.processor.strace.FlagAudit;
import org.legoos.managers.processor.strace.TraceSink;
import org.legoos.managers.processor.syscall.ProcessorSyscalls;
import org.legoos.managers.processor.tty.Terminals;

/** The processor manager's processes: makes them, finds them, ends them. Thread-safe. */
public final class ProcessorManager {
    /**
     * What the rest of the system supplies.
     *
     * @param spaces address spaces (ExCache and home memory node)
     * @param fileServices makes a file service client for one thread that asks in these credentials' name
     * @param codeView for fault reports, or CodeView.NONE
     * @param hostName uname's nodename
     * @param traceSink where strace lines go, null when tracing is off
     */
    public record Parts(AddressSpaces spaces, Function<Credentials, FileService> fileServices, CodeView codeView,
            String hostName, TraceSink traceSink) {}

    /** pids below belong to the kernel's threads. */
    private static final int FIRST_PID = 15;

    /** kernel.threads-max: each task is a host thread (some 80 KB, as a process of its own some 300 KB). */
    public static final int TASKS_MAX = 8192;

    /** kernel.pid_max. */
    public static final int PID_MAX = 32768;

    /** How long the end of a program waits for that of its descendants, which were killed. */
    private static final long DESCENDANTS_END_NS = 20_000_000_000L;

    private final Kernel kernel;
    private final Parts parts;
    private final long bootNs;
    private final SyscallTable<UserThread> syscalls = ProcessorSyscalls.table();
    private final MissingSyscalls missing;
    private final Vfs vfs;
    private final FutexTable futexes = new FutexTable();
    private final SocketFamilies sockets;
    private final IdTable ids = new IdTable(FIRST_PID, PID_MAX);
    private final ProcessTree tree = new ProcessTree(ids);
    private final Jobs jobs = new Jobs(tree);
    private final Fifos fifos = new Fifos();
    private final NamedQueues namedQueues = new NamedQueues();
    private final Notifier notifier = new Notifier();
    private final NodeLocks locks = new NodeLocks();
    private final AioTable aio = new AioTable();
    private final SystemVIpc ipc = new SystemVIpc();
    private final Sysctls sysctls;
    private final UserAccounts users = new UserAccounts();
    private volatile FlagAudit flagAudit;
    private final Terminals terminals;

    public ProcessorManager(Kernel kernel, Parts parts) {
        this.kernel = kernel;
        this.parts = parts;
        this.sysctls = new Sysctls(parts.hostName());
        this.bootNs = kernel.clock().nowNs();
        this.missing = new MissingSyscalls(kernel.log());
        this.terminals = new Terminals(kernel.clock(), tree.processes());
        this.vfs = Mounts.standard(this);
        this.sockets = new SocketFamilies(this);
        ProcessorGauges.register(this);
    }

    public Kernel kernel() {
        return kernel;
    }

    public Clock clock() {
        return kernel.clock();
    }

    /** When this manager started, on the node's clock: zero of CLOCK_MONOTONIC. */
    public long bootNs() {
        return bootNs;
    }

    public SyscallTable<UserThread> syscalls() {
        return syscalls;
    }

    public FutexTable futexes() {
        return futexes;
    }

    /** The thread with this id in any process, or null. */
    public UserThread findThread(int tid) {
        Process leader = tree.processes().get(tid);
        UserThread found = leader == null ? null : leader.thread(tid);
        if (found == null) {
            for (Process process : tree.processes().values()) {
                found = process.thread(tid);
                if (found != null) {
                    break;
                }
            }
        }
        return found;
    }

    public MissingSyscalls missingSyscalls() {
        return missing;
    }

    public Vfs vfs() {
        return vfs;
    }

    /** The node's pseudo-terminals. */
    public Terminals terminals() {
        return terminals;
    }

    /** Contexts of asynchronous I/O. */
    public AioTable aio() {
        return aio;
    }

    /** System V semaphores, message queues and shared memory. */
    public SystemVIpc ipc() {
        return ipc;
    }

    /** What is counted per user. */
    public UserAccounts users() {
        return users;
    }

    /** What programs may set below /proc/sys. */
    public Sysctls sysctls() {
        return sysctls;
    }

    /** Whom a thread has made, as __WNOTHREAD counts them. */
    public List<Process> childrenOf(UserThread thread) {
        return tree.childrenOf(thread);
    }

    /** Locks on files. */
    public NodeLocks locks() {
        return locks;
    }

    /** inotify. */
    public Notifier notifier() {
        return notifier;
    }

    /** POSIX message queues. */
    public NamedQueues namedQueues() {
        return namedQueues;
    }

    /** FIFOs that are open. */
    public Fifos fifos() {
        return fifos;
    }

    public SocketFamilies sockets() {
        return sockets;
    }

    public AddressSpaces spaces() {
        return parts.spaces();
    }

    Function<Credentials, FileService> fileServices() {
        return parts.fileServices();
    }

    /** A client of the file service that asks in root's name. */
    public FileService newFileService() {
        return parts.fileServices().apply(new Credentials());
    }

    public CodeView codeView() {
        return parts.codeView();
    }

    public String hostName() {
        return sysctls.hostName();
    }

    public boolean isTraced() {
        return parts.traceSink() != null;
    }

    /** Where trace lines go, null when tracing is off. */
    public TraceSink traceSink() {
        return parts.traceSink();
    }

    /** What conformance tests look at; null when nobody does. */
    FlagAudit flagAudit() {
        return flagAudit;
    }

    /** From now on the calls of new threads are audited. */
    public void auditFlags(FlagAudit audit) {
        flagAudit = audit;
    }

    /** All processes by pid. */
    public Map<Integer, Process> processes() {
        return tree.processes();
    }

    /** The process, or null. */
    public Process find(int pid) {
        return tree.processes().get(pid);
    }

    /** CPUs that programs see. */
    public int cpuCount() {
        return kernel.processorCount();
    }

    /** A free number for a process or thread, or -1 when all are taken. */
    int allocateId() {
        return ids.allocate();
    }

    /** @param chosen the number wanted, 0 for any. @return the number or a negative errno */
    int allocateId(int chosen) {
        int id = chosen == 0 ? ids.allocate() : ids.take(chosen) ? chosen : -Errno.EEXIST;
        return id == -1 ? -Errno.EAGAIN : id;
    }

    void releaseId(int id) {
        ids.release(id);
    }

    /** Whether a process may make another thread or child: RLIMIT_NPROC, which does not bind root, and what the node bears. */
    boolean mayGrow(Process process) {
        Credentials credentials = process.credentials();
        long limit = process.rlimits().soft(Rlimits.NPROC);
        boolean isBound = !credentials.has(Capability.CAP_SYS_RESOURCE) && credentials.uid != 0 && limit != Rlimits.INFINITY;
        return (!isBound || tree.countOf(credentials.uid) < limit) && ids.count() < TASKS_MAX;
    }

    /** For a thread that shares memory with no other. */
    RunGroup newRunGroup() {
        return new RunGroup(spaces().cores(), clock());
    }

    /** Numbers that processes, threads, groups and sessions have now. */
    public int takenIds() {
        return ids.count();
    }

    public Jobs jobs() {
        return jobs;
    }

    ProcessTree tree() {
        return tree;
    }

    /** Starts a program as root; with its end, all that descends from it ends. */
    public RunningProgram run(String path, List<byte[]> argv, List<byte[]> envp, String directory, Stdio stdio) {
        return run(new Invocation(path, argv, envp, directory, false), stdio);
    }

    /** Starts a program as root. */
    public RunningProgram run(Invocation invocation, Stdio stdio) {
        int pid = allocateId();
        if (pid < 0) {
            throw new IllegalStateException("no free pid");
        }
        Process process = new Process(this, pid, new Credentials(), new Rlimits(), new SigActions());
        process.kin().isOutlived = invocation.isOutlived();
        tree.addRoot(process);
        RunningProgram program = new RunningProgram(process);
        FirstThread first = new FirstThread(process, program, invocation, stdio);
        kernel.sched().spawn(Program.commOf(invocation.path()), first::run);
        return program;
    }

    /** Kills all processes and waits for their end. @return false when the deadline passed first */
    public boolean shutdown(long deadlineNs) {
        for (Process process : tree.processes().values()) {
            process.send(SigInfo.fromKernel(Signals.SIGKILL));
        }
        boolean areAllGone = true;
        for (Process process : tree.processes().values()) {
            areAllGone &= process.ended().await(clock(), 0, deadlineNs);
        }
        spaces().cores().close();
        return areAllGone;
    }

    /** The last thread of a process has gone. */
    void ended(Process process) {
        String missed = missing.summary();
        if (!missed.isEmpty()) {
            kernel.log().notice("NOTICE: Missing syscalls so far: %s", missed);
        }
        if (process.summary() != null) {
            ExitStatus status = process.exitStatus();
            parts.traceSink().line(process.pid(), status.isSignaled()
                    ? "+++ killed by " + Signals.name(status.signal()) + " +++" : "+++ exited with " + status.code() + " +++");
            for (String line : process.summary().table().split("\n")) {
                parts.traceSink().line(process.pid(), line);
            }
        }
        terminals.leaderLeft(process);
        ipc.exited(process);
        process.finish();
        process.leaveVfork();
        tree.exited(process);
        if (process.kin().root == process && !process.kin().isOutlived) {
            endProgram(process);
        }
        process.ended().complete();
    }

    /** The first process of a program takes all that descends from it along. */
    private void endProgram(Process root) {
        tree.killDescendants(root);
        long deadlineNs = clock().nowNs() + DESCENDANTS_END_NS;
        if (!tree.awaitDescendants(root, deadlineNs)) {
            kernel.log().warn("pid %d: descendants do not end", root.pid());
        }
    }
}
