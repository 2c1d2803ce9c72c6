package org.legoos.managers.processor.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.SigAction;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;

/**
 * All processes of the node, and who is whose child (what Linux's tasklist_lock guards: kernel/exit.c, fork.c). This object's lock
 * is taken before those of signal queues, and after those of terminals. Numbers of processes are those of an {@link IdTable}.
 */
final class ProcessTree {
    private final IdTable ids;
    private final Map<Integer, Process> processes = new ConcurrentHashMap<>(); // written under this
    private final WaitQueue gone = new WaitQueue();

    ProcessTree(IdTable ids) {
        this.ids = ids;
    }

    Map<Integer, Process> processes() {
        return processes;
    }

    // ---- beginning

    /** A started program's first process, which holds its number. */
    synchronized void addRoot(Process process) {
        process.kin().root = process;
        enter(process);
    }

    /**
     * A process that is about to begin, in its parent's group and session.
     *
     * @return false when the parent is ending
     */
    synchronized boolean add(Process child, Process parent, UserThread maker, int exitSignal) {
        Process creator = maker.process();
        if (creator.isExiting() || parent != null && parent.kin().isZombie) {
            return false;
        }
        child.kin().parent = parent;
        child.kin().parentThread = parent == creator ? maker : creator.kin().parentThread;
        child.kin().root = creator.kin().root;
        child.kin().exitSignal = exitSignal;
        child.joinGroup(creator.groupId());
        child.joinSession(creator.sessionId());
        if (parent != null) {
            parent.kin().children.add(child);
        }
        enter(child);
        return true;
    }

    private void enter(Process process) {
        ids.retain(process.groupId());
        ids.retain(process.sessionId());
        processes.put(process.pid(), process);
    }

    /** The parent that getppid(2) shows: 0 for a started program, 1 for orphans. */
    synchronized int parentPid(Process process) {
        Process parent = process.kin().parent;
        return parent != null ? parent.pid() : process.kin().root == process ? 0 : 1;
    }

    synchronized Process parent(Process process) {
        return process.kin().parent;
    }

    synchronized boolean isChild(Process child, Process of) {
        return child.kin().parent == of;
    }

    synchronized List<Process> children(Process process) {
        return List.copyOf(process.kin().children);
    }

    synchronized List<Process> childrenOf(UserThread thread) {
        return thread.process().kin().children.stream().filter(child -> isOf(thread, child)).toList();
    }

    /** A process that could not begin. */
    synchronized void withdraw(Process process) {
        process.kin().isZombie = true;
        reap(process);
        ids.retain(process.pid()); // the creator gives it back
    }

    // ---- groups and sessions

    synchronized void setGroup(Process process, int group) {
        ids.retain(group);
        ids.release(process.groupId());
        process.joinGroup(group);
    }

    synchronized void setSession(Process process, int session) {
        ids.retain(session);
        ids.release(process.sessionId());
        process.joinSession(session);
        setGroup(process, session);
    }

    /** Whether nobody in the group has a parent in another group of the session, who could continue it. */
    synchronized boolean isOrphaned(int group) {
        return isOrphanedBut(group, null);
    }

    private boolean isOrphanedBut(int group, Process ignored) {
        for (Process process : processes.values()) {
            Process parent = process.kin().parent;
            boolean isMember = process.groupId() == group && process != ignored && !process.kin().isZombie;
            if (isMember && parent != null && parent != ignored && parent.groupId() != group
                    && parent.sessionId() == process.sessionId()) {
                return false;
            }
        }
        return true;
    }

    /** POSIX: a stopped group that has lost the last one who could continue it is hung up and continued. */
    private void checkOrphaned(int group, Process leaving) {
        boolean isStopped = false;
        for (Process process : processes.values()) {
            isStopped |= process != leaving && process.groupId() == group && process.isStopped();
        }
        if (isStopped && isOrphanedBut(group, leaving)) {
            for (Process process : processes.values()) {
                if (process.groupId() == group && process != leaving) {
                    process.send(SigInfo.fromKernel(Signals.SIGHUP));
                    process.send(SigInfo.fromKernel(Signals.SIGCONT));
                }
            }
        }
    }

    // ---- ending

    /** The process has ended: its children get another parent, its own parent is told (Linux's exit_notify). */
    synchronized void exited(Process process) {
        Kin kin = process.kin();
        kin.isZombie = true;
        Process parent = kin.parent;
        boolean couldContinue = parent != null && parent.groupId() != process.groupId()
                && parent.sessionId() == process.sessionId();
        if (couldContinue) {
            checkOrphaned(process.groupId(), process);
        }
        Process reaper = reaperFor(process);
        for (Process child : List.copyOf(kin.children)) {
            giveAway(child, process, reaper);
        }
        kin.endWaiters.wakeAll();
        if (parent == null || notifyOfEnd(process, parent)) {
            reap(process);
        }
    }

    private static Process reaperFor(Process process) {
        Process ancestor = process.kin().parent;
        while (ancestor != null && (!ancestor.kin().isSubreaper || ancestor.isExiting())) {
            ancestor = ancestor.kin().parent;
        }
        return ancestor;
    }

    private void giveAway(Process child, Process from, Process to) {
        from.kin().children.remove(child);
        child.kin().parent = to;
        child.kin().parentThread = null;
        child.kin().exitSignal = child.kin().exitSignal == 0 ? 0 : Signals.SIGCHLD;
        if (to != null) {
            to.kin().children.add(child);
        }
        int deathSignal = child.flags().parentDeathSignal();
        if (deathSignal != 0 && !child.kin().isZombie) {
            child.send(SigInfo.fromProcess(deathSignal, SigInfo.SI_USER, from.pid(), from.credentials().uid));
        }
        if (child.kin().isZombie) {
            if (to == null || notifyOfEnd(child, to)) {
                reap(child);
            }
        } else if (child.groupId() != from.groupId() && child.sessionId() == from.sessionId()) {
            checkOrphaned(child.groupId(), from);
        }
    }

    /** @return whether the parent does not care, so that nothing is kept for it */
    private static boolean notifyOfEnd(Process child, Process parent) {
        int signal = child.kin().exitSignal;
        SigAction action = parent.actions().get(Signals.SIGCHLD);
        boolean isIgnored = signal == Signals.SIGCHLD && action.handler() == SigAction.SIG_IGN;
        boolean isDropped = isIgnored || signal == Signals.SIGCHLD && action.has(SigAction.SA_NOCLDWAIT);
        if (Signals.isValid(signal) && !isIgnored) { // clone(2) takes any low byte for it
            parent.send(ofChild(signal, ChildEvent.ended(child)));
        }
        parent.kin().waiters.wakeAll();
        return isDropped;
    }

    private static SigInfo ofChild(int signal, ChildEvent event) {
        return SigInfo.ofChild(signal, event.code(), event.pid(), event.uid(), event.status(), event.usage().userNs(),
                event.usage().systemNs);
    }

    private void reap(Process process) {
        Process parent = process.kin().parent;
        if (parent != null) {
            parent.kin().children.remove(process);
        }
        processes.remove(process.pid());
        ids.release(process.groupId());
        ids.release(process.sessionId());
        ids.release(process.pid());
        gone.wakeAll();
    }

    // ---- stopping

    /** Tells the parent that the process was stopped by a signal. */
    synchronized void stopped(Process process, int signal) {
        process.kin().stopReport = signal;
        process.kin().continueReport = false;
        tellOfJob(process, ChildEvent.CLD_STOPPED, signal);
    }

    synchronized void continued(Process process) {
        process.kin().stopReport = 0;
        process.kin().continueReport = true;
        tellOfJob(process, ChildEvent.CLD_CONTINUED, Signals.SIGCONT);
    }

    private static void tellOfJob(Process process, int code, int status) {
        Process parent = process.kin().parent;
        if (parent != null) {
            SigAction action = parent.actions().get(Signals.SIGCHLD);
            if (action.handler() != SigAction.SIG_IGN && !action.has(SigAction.SA_NOCLDSTOP)) {
                parent.send(ofChild(Signals.SIGCHLD, ChildEvent.of(process, code, status)));
            }
            parent.kin().waiters.wakeAll();
        }
    }

    /** Tells a tracer that a thread of its has stopped. */
    void trapped(Process tracer, UserThread tracee, int status) {
        SigAction action = tracer.actions().get(Signals.SIGCHLD);
        if (action.handler() != SigAction.SIG_IGN && !action.has(SigAction.SA_NOCLDSTOP)) {
            tracer.send(ofChild(Signals.SIGCHLD, ChildEvent.trapped(tracee, status & 0x7f)));
        }
        tracer.kin().waiters.wakeAll();
    }

    // ---- waiting

    /** What {@link #poll} finds when no child is concerned. */
    static final ChildEvent NO_CHILDREN = new ChildEvent(0, 0, 0, 0, null);

    /** A change of a child, taken unless WNOWAIT; null when there is none yet, {@link #NO_CHILDREN} when there never will be. */
    synchronized ChildEvent poll(UserThread thread, WaitQuery query) {
        Process waiter = thread.process();
        boolean isAny = false;
        for (Trace trace : waiter.tracees()) {
            if (query.concerns(trace.thread())) {
                isAny = true;
                int status = trace.report(query.has(WaitQuery.WNOWAIT));
                if (status != 0) {
                    return ChildEvent.trapped(trace.thread(), status);
                }
            }
        }
        ChildEvent departed = waiter.takeDeparted(query);
        if (departed != null) {
            return departed;
        }
        for (Process child : waiter.kin().children) {
            if (!query.concerns(child) || query.has(WaitQuery.WNOTHREAD) && !isOf(thread, child)) {
                continue;
            }
            isAny = true;
            ChildEvent event = take(waiter, child, query);
            if (event != null) {
                return event;
            }
        }
        return isAny ? null : NO_CHILDREN;
    }

    /** Children of a thread that has ended are its leader's, or who is left. */
    private static boolean isOf(UserThread thread, Process child) {
        UserThread maker = child.kin().parentThread;
        List<UserThread> siblings = thread.process().threads();
        return maker == thread || !siblings.contains(maker) && !siblings.isEmpty() && siblings.getFirst() == thread;
    }

    private ChildEvent take(Process waiter, Process child, WaitQuery query) {
        Kin kin = child.kin();
        boolean keeps = query.has(WaitQuery.WNOWAIT);
        if (kin.isZombie) {
            if (!query.has(WaitQuery.WEXITED)) {
                return null;
            }
            ChildEvent event = ChildEvent.ended(child);
            if (!keeps) {
                waiter.kin().ofChildren.add(event.usage());
                waiter.kin().ofChildren.add(kin.ofChildren);
                reap(child);
            }
            return event;
        }
        if (kin.stopReport != 0 && query.has(WaitQuery.WSTOPPED)) {
            ChildEvent event = ChildEvent.of(child, ChildEvent.CLD_STOPPED, kin.stopReport);
            kin.stopReport = keeps ? kin.stopReport : 0;
            return event;
        }
        if (kin.continueReport && query.has(WaitQuery.WCONTINUED)) {
            kin.continueReport = keeps;
            return ChildEvent.of(child, ChildEvent.CLD_CONTINUED, Signals.SIGCONT);
        }
        return null;
    }

    synchronized Usage usageOfChildren(Process process) {
        return process.kin().ofChildren.copy();
    }

    // ---- the end of a program

    /** Kills what descends from a program whose first process has ended. */
    synchronized void killDescendants(Process root) {
        for (Process process : processes.values()) {
            if (process.kin().root == root && process != root && !process.kin().isZombie) {
                process.send(SigInfo.fromKernel(Signals.SIGKILL));
            }
        }
    }

    /** Whether a program's first process, or any other, is left. */
    private synchronized boolean hasDescendants(Process root) {
        for (Process process : processes.values()) {
            if (process.kin().root == root && process != root) {
                return true;
            }
        }
        return false;
    }

    /** @return false when the deadline passed first */
    boolean awaitDescendants(Process root, long deadlineNs) {
        return gone.await(root.manager().clock(), () -> !hasDescendants(root), 0, deadlineNs);
    }

    /** How many processes a user has. */
    synchronized int countOf(int uid) {
        int count = 0;
        for (Process process : processes.values()) {
            count += process.credentials().uid == uid ? Math.max(1, process.threads().size()) : 0;
        }
        return count;
    }
}
