package org.legoos.managers.processor.core;

import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.sched.SharedCpu;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.mm.UserMemory;

/** clone(2) with CLONE_THREAD: another thread of the caller's process. */
public final class NewThread {
    private NewThread() {}

    /** @return the thread's id, or a negative errno. */
    public static long start(UserThread parent, CloneArgs args) {
        Process process = parent.process();
        ProcessorManager manager = process.manager();
        int tid = manager.mayGrow(process) ? manager.allocateId(args.chosenTid()) : -Errno.EAGAIN;
        if (tid < 0) {
            return tid;
        }
        UserThread child = new UserThread(process, tid, newCpu(parent, args),
                args.has(CloneArgs.CLONE_FILES) ? parent.files() : parent.files().copy(),
                args.has(CloneArgs.CLONE_FS) ? parent.fs() : parent.fs().copy());
        child.inherit(parent);
        TraceEvents.beforeChild(parent, child, args);
        long result = begin(process, parent, child, args);
        if (result < 0) {
            child.close();
            manager.releaseId(tid);
        } else {
            TraceEvents.afterChild(parent, child, args);
        }
        return result;
    }

    /** The parent's registers as they are in the system call, with the result 0, and stack and TLS of its own. */
    private static SharedCpu newCpu(UserThread parent, CloneArgs args) {
        SharedCpu cpu = parent.cpu().group().newCpu();
        parent.cpu().copyTo(cpu);
        cpu.setRegister(Gpr.RAX, 0);
        cpu.setRflags(cpu.rflags() & ~Trace.TRAP_FLAG);
        if (args.stackVa() != 0) {
            cpu.setRegister(Gpr.RSP, args.stackVa());
        }
        if (args.has(CloneArgs.CLONE_SETTLS)) {
            cpu.setFsBase(args.tlsVa());
        }
        return cpu;
    }

    private static long begin(Process process, UserThread parent, UserThread child, CloneArgs args) {
        if (!process.add(child)) {
            return -Errno.ERESTARTNOINTR; // the caller ends instead
        }
        child.seccomp().inherit(parent.seccomp()); // again: a sibling may have changed all threads' in between
        UserMemory memory = child.user().memory();
        int tid = child.tid();
        // As in Linux, a bad address here is not an error of clone().
        if (args.has(CloneArgs.CLONE_PARENT_SETTID)) {
            memory.putInt(args.parentTidVa(), tid);
        }
        if (args.has(CloneArgs.CLONE_CHILD_SETTID)) {
            memory.putInt(args.childTidVa(), tid);
        }
        if (args.has(CloneArgs.CLONE_CHILD_CLEARTID)) {
            child.clearChildTidVa = args.childTidVa();
        }
        Kernel kernel = child.kernel();
        try {
            kernel.sched().spawn(child.comm(), self -> ThreadLife.live(self, child, t -> {}));
        } catch (OutOfMemoryError e) {
            process.depart(child);
            return -Errno.EAGAIN;
        }
        return tid;
    }
}
