package org.legoos.kernel.sched;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuContext;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.cpu.PageFaultHandler;
import org.legoos.isa.cpu.TranslationCache;
import org.legoos.isa.cpu.Trap;

/**
 * The processor as one thread of a program has it: registers, address space and interrupts of its own, on a core that
 * it shares with the threads of its {@link RunGroup}. While the thread has the turn, its registers are in the core,
 * else in a context; both are read and changed alike. {@link #run} gets the turn when the thread has not got it.
 */
public final class SharedCpu extends RegisterAccess implements Standing.Taker {
    /** Of so many misses with siblings waiting, so many are resolved outside of run(). */
    private static final int MISSES = 32;
    private static final int MISSES_OUTSIDE = 24;

    private volatile RunGroup group;
    private Cpu core; // the group's, while the thread has the turn
    private final CpuContext context;
    private long pageTableRoot;
    private PageFaultHandler space;
    private volatile boolean interrupted;
    private volatile Thread waiter;
    private boolean isInCore;
    private boolean isClosed;
    private final Spin spin = new Spin();
    private final Share share = new Share();
    private final Standing standing = new Standing();
    private final BooleanSupplier hasTurn = () -> group.isHolder(this);
    private volatile long waitedNs; // written by the owner
    private int misses;
    private boolean isBehind; // was preempted, or has yielded
    private volatile long preemptions; // written by the owner

    private long faultVa;
    private int errorCode;
    private int vector;

    SharedCpu(RunGroup group) {
        this.group = group;
        group.join();
        this.context = group.newContext();
        this.state = context;
    }

    // ---- the turn

    private void takeTurn(boolean wasPreempted) {
        if (!group.take(this, wasPreempted)) {
            awaitTurn();
        }
    }

    /** Loads the registers into the core. */
    private void load() {
        core = group.core();
        if (core == null) {
            long startNs = group.clock().nowNs();
            core = group.attachCore();
            waitedNs += group.clock().nowNs() - startNs;
        }
        core.restore(context);
        state = core;
    }

    /** For what is done with the core itself. */
    private void holdCore() {
        hold();
        if (state == context) {
            load();
        }
    }

    /** Gets the turn, a processor, and the registers into the core. @return false when it has given way before it had all */
    private boolean prepare() {
        boolean wasPreempted = isBehind;
        isBehind = false;
        if (!group.isHolder(this)) {
            takeTurn(wasPreempted);
        }
        if (!group.placement().isPlaced(share) && !awaitProcessor(wasPreempted)) {
            if (interrupted) {
                return true;
            }
            giveWay();
            isBehind = true;
            return false;
        }
        if (state == context) {
            load();
        }
        return true;
    }

    private boolean awaitProcessor(boolean wasPreempted) {
        long startNs = group.clock().nowNs();
        boolean isPlaced = group.placement().await(this, wasPreempted);
        waitedNs += group.clock().nowNs() - startNs;
        return isPlaced;
    }

    private void awaitTurn() {
        long startNs = group.clock().nowNs();
        if (!spin.await(group.clock(), hasTurn)) {
            waiter = Thread.currentThread();
            while (!group.isHolder(this)) {
                LockSupport.park(group);
                Thread.interrupted();
            }
            waiter = null;
        }
        group.turnBegins();
        waitedNs += group.clock().nowNs() - startNs;
    }

    void unpark() {
        Thread thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** The thread is about to sleep, or works for long without the core: siblings may run. Owner only. */
    public void giveWay() {
        if (isInCore || !group.isHolder(this)) {
            return;
        }
        unload();
        group.giveUp(this);
    }

    /** Saves the registers. */
    private void unload() {
        if (state != context) {
            core.save(context);
            state = context;
        }
    }

    /** Lets siblings run that have a better claim, and waits for the next turn in line with them; with none, the turn is free. */
    private void standBack() {
        unload();
        if (group.passOn(this)) {
            awaitTurn();
        }
        isBehind = true;
    }

    /** Gives way if a sibling is waiting, behind all of which the next run() queues. @return whether it did */
    public boolean yield() {
        if (!group.isCoreWanted() || isInCore || !group.isHolder(this)) {
            return false;
        }
        standBack();
        hold();
        return true;
    }

    /**
     * Gets the turn: none of the threads that share the core runs until this thread gives way, which is how the kernel
     * changes a word of memory atomically. A sleep gives way: check {@link #isHolding} where it matters. Owner only;
     * never with a lock held that a sibling may want.
     */
    public void hold() {
        if (!group.isHolder(this)) {
            takeTurn(false);
        }
    }

    public boolean isHolding() {
        return group.isHolder(this);
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /** Whether a sibling is waiting for the core. */
    public boolean isWanted() {
        return group.isWanted();
    }

    /** How often the turn was taken away. */
    public long preemptions() {
        return preemptions;
    }

    /** Time spent waiting for the turn. */
    public long waitedNs() {
        return waitedNs;
    }

    public RunGroup group() {
        return group;
    }

    /** How large a part of the core the thread gets. */
    @Override
    public Share share() {
        return share;
    }

    @Override
    public Standing standing() {
        return standing;
    }

    /** Changes the share; it counts from now on. Any thread. */
    public void changeShare(Consumer<Share> change) {
        change.accept(share);
        group.shareChanged(this);
    }

    /** The thread is about to end, and does not run its program any more: nobody keeps it from that. Any thread. */
    public void hurry() {
        changeShare(Share::setUrgent);
    }

    /** Changes to another group, with the core that goes with it. Preconditions: owner; detached from its address space. */
    public void moveTo(RunGroup other) {
        if (other == group) {
            return;
        }
        giveWay();
        RunGroup old = group;
        standing.home = null; // begins anew
        other.join();
        group = other;
        old.leave();
    }

    /** Gives another thread's processor the registers of this one: what clone(2) starts from. */
    public void copyTo(SharedCpu other) {
        if (state != context) {
            core.save(other.context);
        } else {
            Registers.copy(context, other.context);
        }
    }

    // ---- running

    @Override
    public Trap run() {
        while (true) {
            if ((state == context || !group.placement().isPlaced(share)) && !prepare()) {
                continue;
            }
            if (interrupted) {
                interrupted = false;
                return Trap.INTERRUPTED;
            }
            group.enterSpace(space, pageTableRoot);
            isInCore = true;
            Trap trap = core.run();
            isInCore = false;
            switch (trap) {
                case SYSCALL -> {
                    return trap;
                }
                case PAGE_FAULT -> {
                    faultVa = core.faultVa();
                    errorCode = core.errorCode();
                    return trap;
                }
                case EXCEPTION -> {
                    vector = core.vector();
                    errorCode = core.errorCode();
                    return trap;
                }
                case INTERRUPTED -> {
                    if (group.isPreempting() && group.isCoreWanted()) {
                        preemptions = preemptions + 1;
                        standBack();
                    }
                }
            }
        }
    }

    /**
     * A miss that siblings could use the core during leaves run() as a fault, and is resolved when the thread has given way.
     * Not always: in a cache that is too small, an instruction that needs several pages would never have them all.
     */
    boolean onFault(long guestVa, int code) {
        PageFaultHandler handler = space;
        if (handler == null) {
            return false;
        }
        if (group.isWanted() && handler.mayTakeLong(guestVa) && misses++ % MISSES < MISSES_OUTSIDE) {
            return false;
        }
        return handler.handle(guestVa, code);
    }

    @Override
    public void interrupt() {
        interrupted = true;
        RunGroup here = group;
        if (here.isHolder(this)) {
            here.interruptCore();
        }
    }

    @Override
    public TranslationCache translations() {
        return group;
    }

    @Override
    public CpuEngine engine() {
        return group.engine();
    }

    @Override
    public void resetUserState() {
        holdCore();
        core.resetUserState();
    }

    @Override
    public CpuContext newContext() {
        return group.newContext();
    }

    @Override
    public void save(CpuContext to) {
        holdCore();
        core.save(to);
    }

    @Override
    public void restore(CpuContext from) {
        holdCore();
        core.restore(from);
    }

    @Override
    public long faultVa() {
        return faultVa;
    }

    @Override
    public int errorCode() {
        return errorCode;
    }

    @Override
    public int vector() {
        return vector;
    }

    @Override
    public void setPageFaultHandler(PageFaultHandler handler) {
        space = handler;
    }

    @Override
    public long pageTableRoot() {
        return pageTableRoot;
    }

    @Override
    public void setPageTableRoot(long pml4Pa) {
        pageTableRoot = pml4Pa;
    }

    @Override
    public void invalidatePage(long guestVa) {
        group.shootdown(guestVa);
    }

    @Override
    public void invalidateAll() {
        group.shootdownAll();
    }

    @Override
    public void shootdown(long guestVa) {
        group.shootdown(guestVa);
    }

    @Override
    public void shootdownAll() {
        group.shootdownAll();
    }

    @Override
    public void invalidateCode(long guestPa, long lengthBytes) {
        group.invalidateCode(guestPa, lengthBytes);
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            giveWay();
            context.close();
            group.leave();
        }
    }
}
