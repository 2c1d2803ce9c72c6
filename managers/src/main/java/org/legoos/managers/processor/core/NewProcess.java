package org.legoos.managers.processor.core;

import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.sched.RunGroup;
import org.legoos.kernel.sched.SharedCpu;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.SigActions;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.fs.FdTable;
import org.legoos.managers.processor.fs.FsContext;
import org.legoos.managers.processor.mm.AddressSpace;

/**
 * clone(2) without CLONE_THREAD: a child process (Linux's copy_process). With CLONE_VM it uses the caller's memory, and takes
 * turns with its threads; vfork's caller sleeps until the child has left that memory by execve or its end.
 */
public final class NewProcess {
    private final UserThread creator;
    private final CloneArgs args;
    private final Process from;
    private final ProcessorManager manager;

    private NewProcess(UserThread creator, CloneArgs args) {
        this.creator = creator;
        this.args = args;
        this.from = creator.process();
        this.manager = from.manager();
    }

    /** @return the child's pid, or a negative errno. */
    public static long start(UserThread parent, CloneArgs args) {
        return new NewProcess(parent, args).start();
    }

    private long start() {
        Process parent = args.has(CloneArgs.CLONE_PARENT) ? manager.tree().parent(from) : from;
        if (args.has(CloneArgs.CLONE_PARENT) && parent == null) {
            return -Errno.EINVAL; // the first process cannot make siblings, as init cannot
        }
        int pid = manager.mayGrow(from) ? manager.allocateId(args.chosenTid()) : -Errno.EAGAIN;
        if (pid < 0) {
            return pid;
        }
        AddressSpace space = newSpace(pid);
        if (space == null) {
            manager.releaseId(pid);
            return -Errno.ENOMEM;
        }
        UserThread child = newThread(pid, space);
        int pidfd = -1;
        try {
            pidfd = args.has(CloneArgs.CLONE_PIDFD) ? Pidfds.give(creator, child.process(), 0) : -1;
            if (pidfd >= 0) {
                creator.user().putInt(args.pidfdVa(), pidfd);
            }
            return begin(child, parent, pid);
        } catch (SysError e) {
            abandon(child, pid, pidfd);
            return -e.errno();
        }
    }

    private AddressSpace newSpace(int pid) {
        AddressSpace space = from.space();
        if (args.has(CloneArgs.CLONE_VM)) {
            space.retain();
            return space;
        }
        return manager.spaces().fork(space, pid);
    }

    private UserThread newThread(int pid, AddressSpace space) {
        SigActions actions = args.has(CloneArgs.CLONE_SIGHAND) ? from.actions() : from.actions().copy();
        if (args.has(CloneArgs.CLONE_CLEAR_SIGHAND)) {
            actions.resetHandlers();
        }
        Process process = new Process(manager, pid, from.credentials().copy(), from.rlimits().copy(), actions);
        process.become(from.program(), space);
        process.inherit(from);
        boolean sharesMemory = args.has(CloneArgs.CLONE_VM);
        boolean takesTurns = sharesMemory || space.sharesWritable();
        RunGroup group = takesTurns ? creator.cpu().group() : manager.newRunGroup();
        SharedCpu cpu = group.newCpu();
        FdTable files = args.has(CloneArgs.CLONE_FILES) ? creator.files() : creator.files().copy();
        FsContext fs = args.has(CloneArgs.CLONE_FS) ? creator.fs() : creator.fs().copy();
        UserThread child = new UserThread(process, pid, cpu, files, fs);
        child.inherit(creator);
        if (!sharesMemory || args.has(CloneArgs.CLONE_VFORK)) {
            child.altStack().copyFrom(creator.altStack());
        }
        if (!sharesMemory) {
            manager.ipc().forked(from, process);
        }
        creator.cpu().copyTo(cpu);
        cpu.setRegister(Gpr.RAX, 0);
        cpu.setRflags(cpu.rflags() & ~Trace.TRAP_FLAG);
        if (args.stackVa() != 0) {
            cpu.setRegister(Gpr.RSP, args.stackVa());
        }
        if (args.has(CloneArgs.CLONE_SETTLS)) {
            cpu.setFsBase(args.tlsVa());
        }
        if (args.has(CloneArgs.CLONE_CHILD_CLEARTID)) {
            child.clearChildTidVa = args.childTidVa();
        }
        return child;
    }

    private long begin(UserThread child, Process parent, int pid) {
        Process process = child.process();
        if (args.has(CloneArgs.CLONE_PARENT_SETTID)) {
            creator.user().memory().putInt(args.parentTidVa(), pid);
        }
        boolean isVfork = args.has(CloneArgs.CLONE_VFORK);
        process.kin().vforkParent = isVfork ? creator : null;
        process.add(child);
        int signal = args.has(CloneArgs.CLONE_PARENT) ? from.kin().exitSignal : args.exitSignal();
        if (!manager.tree().add(process, parent, creator, signal)) {
            throw SysError.of(Errno.EINTR); // the caller is ending and will not see it
        }
        TraceEvents.beforeChild(creator, child, args);
        try {
            manager.kernel().sched().spawn(creator.comm(), self -> ThreadLife.live(self, child, this::tellChild));
        } catch (OutOfMemoryError e) { // the host has no thread for it
            process.exitGroup(ExitStatus.exited(0));
            manager.tree().withdraw(process);
            throw SysError.of(Errno.EAGAIN);
        }
        TraceEvents.afterChild(creator, child, args);
        if (isVfork) {
            awaitVfork(process);
            TraceEvents.afterVfork(creator, pid);
        }
        return pid;
    }

    /** On the child's thread, in its memory. */
    private void tellChild(UserThread child) {
        if (args.has(CloneArgs.CLONE_CHILD_SETTID)) {
            child.user().memory().putInt(args.childTidVa(), child.tid());
        }
    }

    private void awaitVfork(Process child) {
        creator.prepareSleep();
        while (child.kin().vforkParent != null && !from.isExiting()) {
            creator.sleep(WaitQueue.FOREVER);
            creator.prepareSleep();
        }
    }

    /** Nobody has seen the child yet. */
    private void abandon(UserThread child, int pid, int pidfd) {
        if (pidfd >= 0) {
            creator.files().remove(pidfd).release();
        }
        child.close();
        manager.ipc().exited(child.process());
        child.process().finish();
        manager.releaseId(pid);
    }
}
