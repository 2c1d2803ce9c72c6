package org.legoos.managers.processor.core;

import java.util.function.Consumer;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.signal.Signals;
import org.legoos.managers.processor.signal.Signalling;

/** The life of a program's thread on its kernel thread: run, and leave nothing behind (Linux's do_exit). */
final class ThreadLife {
    private static final long ALL_SIGNALS = -1;

    private ThreadLife() {}

    /** @param begin what it does before it runs, such as to load a program; may end the process instead */
    static void live(KThread self, UserThread thread, Consumer<UserThread> begin) {
        self.beforeSleep(thread.cpu()::giveWay);
        try {
            begin.accept(thread);
            thread.runProgram();
        } catch (RuntimeException | Error e) {
            thread.process().exitGroup(ExitStatus.killed(Signals.SIGKILL));
            throw e; // our bug: the scheduler reports it
        } finally {
            end(thread);
        }
    }

    private static void end(UserThread thread) {
        Process process = thread.process();
        ProcessorManager manager = process.manager();
        boolean isLast = false;
        Trace trace = thread.trace();
        if (trace != null && trace.wants(Trace.EVENT_EXIT)) {
            trace.stopAt(Trace.EVENT_EXIT, process.exitStatus().waitStatus());
        }
        try {
            ThreadExit.tellProgram(thread);
        } finally {
            thread.leaveMemory();
            isLast = process.depart(thread);
            if (isLast) {
                manager.aio().left(process);
            }
            thread.pending().close();
            if (!isLast) {
                Signalling.retarget(process, ALL_SIGNALS);
            }
        }
        try {
            thread.releaseFiles();
            if (isLast) {
                manager.vfs().mounts().forEach(mount -> mount.reap(thread));
            }
        } finally {
            thread.close();
            if (thread.tid() != process.pid()) {
                manager.releaseId(thread.tid());
            }
            TraceEvents.ended(thread, isLast);
            if (isLast) {
                process.releaseTracees();
                manager.ended(process);
            }
        }
    }
}
