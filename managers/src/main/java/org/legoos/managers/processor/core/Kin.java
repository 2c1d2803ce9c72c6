package org.legoos.managers.processor.core;

import java.util.ArrayList;
import java.util.List;
import org.legoos.kernel.signal.Signals;

/** A process's place in the tree. Guarded by the {@link ProcessTree}, but for what says otherwise. */
final class Kin {
    /** Null for a program that was started, and for orphans (whose parent is the kernel's init). */
    Process parent;

    /** The thread of the parent that made it: its child for __WNOTHREAD as long as that thread lives. */
    UserThread parentThread;

    final List<Process> children = new ArrayList<>();

    /** The first process of the program that this one descends from; it takes its descendants along when it ends. */
    Process root;

    /** Of a root: its descendants live on when it ends. */
    boolean isOutlived;

    /** What the parent gets at the end; 0 for nothing. execve makes it SIGCHLD. */
    int exitSignal = Signals.SIGCHLD;

    /** Ended and not waited for. */
    volatile boolean isZombie;

    /** The signal that stopped it, while nobody has waited for that; else 0. */
    int stopReport;

    /** It was continued, and nobody has waited for that. */
    boolean continueReport;

    /** PR_SET_CHILD_SUBREAPER. */
    volatile boolean isSubreaper;

    /** Has called execve: its parent may not move it to another group any more. */
    volatile boolean hasExeced;

    /** The caller of vfork, which sleeps while this process uses its memory; else null. Written by the process. */
    volatile UserThread vforkParent;

    /** What the children that were waited for have used, with theirs. */
    final Usage ofChildren = new Usage();

    /** Who waits for children; has locks of its own. */
    final WaitList waiters = new WaitList();

    /** Who waits for the end of this process: pidfds. */
    final WaitList endWaiters = new WaitList();
}
