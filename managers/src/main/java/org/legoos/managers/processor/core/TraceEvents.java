package org.legoos.managers.processor.core;

import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;

/** What happens to traced threads beside system calls and signals: they make others, become other programs, end. */
final class TraceEvents {
    private TraceEvents() {}

    /** Which event the creation of a thread or process is. */
    static int of(CloneArgs args) {
        if (args.has(CloneArgs.CLONE_VFORK)) {
            return Trace.EVENT_VFORK;
        }
        return args.exitSignal() == Signals.SIGCHLD ? Trace.EVENT_FORK : Trace.EVENT_CLONE;
    }

    /** Before a child begins: it is traced like its creator, if the tracer wants that, and begins stopped. */
    static void beforeChild(UserThread creator, UserThread child, CloneArgs args) {
        Trace trace = creator.trace();
        if (trace == null || args.has(CloneArgs.CLONE_UNTRACED) || !trace.wants(of(args))) {
            return;
        }
        child.traceBy(trace.tracer(), trace.isSeized(), trace.options());
        if (trace.isSeized()) {
            child.trace().interrupt();
        } else {
            child.pending().add(SigInfo.fromProcess(Signals.SIGSTOP, SigInfo.SI_USER, 0, 0));
        }
        child.requestDelivery();
    }

    /** After it has begun. */
    static void afterChild(UserThread creator, UserThread child, CloneArgs args) {
        Trace trace = creator.trace();
        if (trace != null && !args.has(CloneArgs.CLONE_UNTRACED) && trace.wants(of(args))) {
            trace.stopAt(of(args), child.tid());
        }
    }

    static void afterVfork(UserThread creator, int pid) {
        Trace trace = creator.trace();
        if (trace != null && trace.wants(Trace.EVENT_VFORK_DONE)) {
            trace.stopAt(Trace.EVENT_VFORK_DONE, pid);
        }
    }

    static void execed(UserThread t, int oldTid) {
        Trace trace = t.trace();
        if (trace == null) {
            return;
        }
        if (trace.wants(Trace.EVENT_EXEC)) {
            trace.stopAt(Trace.EVENT_EXEC, oldTid);
        } else if (!trace.isSeized()) {
            t.pending().add(SigInfo.fromProcess(Signals.SIGTRAP, SigInfo.SI_USER, t.process().pid(), 0));
            t.requestDelivery();
        }
    }

    /** The thread is gone: its tracer hears of it, unless it is the parent and hears of the process. */
    static void ended(UserThread t, boolean isLast) {
        Trace trace = t.trace();
        if (trace == null) {
            return;
        }
        Process tracer = trace.tracer();
        t.traceEnds(trace);
        tracer.tracees().remove(trace);
        boolean isTheProcess = isLast && t.process().manager().tree().isChild(t.process(), tracer);
        if (!isTheProcess && !tracer.isExiting()) {
            tracer.tracedThreadEnded(ChildEvent.departed(t, t.process().exitStatus()));
        }
    }
}
