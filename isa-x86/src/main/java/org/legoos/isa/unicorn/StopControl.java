package org.legoos.isa.unicorn;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * What other threads may ask of a Cpu: to stop, and to forget translations. Only the owner touches the engine; others
 * leave a request and, when guest code is running, stop it for an instant with uc_emu_stop, the one call that is safe
 * from outside.
 *
 * <pre>
 *   IDLE --enter--> RUNNING --pause--> HANDLER --resume--> RUNNING --leave--> IDLE
 * </pre>
 * Requests are served at every change to RUNNING, before guest code goes on. So a requester that finds the Cpu not
 * RUNNING after it has left its request is done: both sides write, then read (sequentially consistent). A stop can
 * get lost, because uc_emu_start clears the flag that uc_emu_stop sets; therefore it is repeated until it is seen.
 */
final class StopControl {
    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int HANDLER = 2;

    private static final int WORK_INTERRUPT = 1;
    private static final int WORK_REQUESTS = 2;

    /** Beyond these, a single flush of everything is cheaper than remembering. */
    private static final int PAGES_MAX = 64;

    private static final int CODE_RANGES_MAX = 256;
    /** A stop takes about 15 us; a requester spins about as long, then lets others (the owner) have the processor. */
    private static final int SPINS = 400;

    private static final long RETRY_NS = 5_000;

    private static final VarHandle STATE;
    private static final VarHandle WORK;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(StopControl.class, "state", int.class);
            WORK = MethodHandles.lookup().findVarHandle(StopControl.class, "work", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long uc;
    private final long cpuState;
    private final FrameGuard guard;

    private volatile int state = IDLE;
    private volatile int work;
    private Thread owner;

    /** The mailbox; guarded by this. */
    private final long[] pages = new long[PAGES_MAX];

    private int pageCount;
    private final long[] codeRanges = new long[2 * CODE_RANGES_MAX];
    private int codeRangeCount;
    private long asked;
    private volatile long served;
    private boolean closed;

    StopControl(long uc, long cpuState, FrameGuard guard) {
        this.uc = uc;
        this.cpuState = cpuState;
        this.guard = guard;
    }

    // ---- the owner's side

    /** Before guest code runs. True when an interrupt was asked for: it is taken, and guest code must not run. */
    boolean enter() {
        owner = Thread.currentThread();
        STATE.setVolatile(this, RUNNING);
        if (work == 0) {
            return false;
        }
        serve();
        if (takeInterrupt()) {
            leave();
            return true;
        }
        return false;
    }

    void leave() {
        STATE.setRelease(this, IDLE);
    }

    /** Guest code stands still while the page-fault handler works. */
    void pause() {
        STATE.setRelease(this, HANDLER);
    }

    void resume() {
        STATE.setVolatile(this, RUNNING);
        if (work != 0) {
            serve();
            stopIfInterrupted();
        }
    }

    boolean interruptPending() {
        return (work & WORK_INTERRUPT) != 0;
    }

    /** From inside a hook, where a stop cannot get lost. */
    void stopIfInterrupted() {
        if (interruptPending()) {
            Uc.stop(uc);
        }
    }

    private boolean takeInterrupt() {
        return ((int) WORK.getAndBitwiseAnd(this, ~WORK_INTERRUPT) & WORK_INTERRUPT) != 0;
    }

    private synchronized void serve() {
        WORK.getAndBitwiseAnd(this, ~WORK_REQUESTS);
        if (pageCount > PAGES_MAX) {
            Uc.flushTlb(uc);
        } else {
            for (int i = 0; i < pageCount; i++) {
                Uc.flushPage(uc, cpuState, pages[i]);
            }
        }
        if (codeRangeCount > CODE_RANGES_MAX) {
            Uc.control(uc, UcConst.CTL_TB_FLUSH, 0);
        } else {
            for (int i = 0; i < codeRangeCount; i++) {
                guard.dropCode(codeRanges[2 * i], codeRanges[2 * i + 1]);
            }
        }
        pageCount = 0;
        codeRangeCount = 0;
        served = asked;
    }

    // ---- anybody's side

    void interrupt() {
        WORK.getAndBitwiseOr(this, WORK_INTERRUPT);
        if (mustStop()) {
            requestStop();
            StopRepeater.watch(this);
        }
    }

    void shootdown(long guestVa) {
        if (ownerInHandler()) {
            Uc.flushPage(uc, cpuState, guestVa);
            return;
        }
        long ticket;
        synchronized (this) {
            if (pageCount < PAGES_MAX) {
                pages[pageCount] = guestVa;
            }
            pageCount = Math.min(pageCount + 1, PAGES_MAX + 1);
            ticket = ++asked;
        }
        await(ticket);
    }

    void shootdownAll() {
        if (ownerInHandler()) {
            Uc.flushTlb(uc);
            return;
        }
        long ticket;
        synchronized (this) {
            pageCount = PAGES_MAX + 1;
            ticket = ++asked;
        }
        await(ticket);
    }

    void invalidateCode(long guestPa, long lengthBytes) {
        if (ownerInHandler()) {
            guard.dropCode(guestPa, lengthBytes);
            return;
        }
        long ticket;
        synchronized (this) {
            if (closed || !guard.mayHoldCode(guestPa, lengthBytes)) {
                return;
            }
            if (codeRangeCount < CODE_RANGES_MAX) {
                codeRanges[2 * codeRangeCount] = guestPa;
                codeRanges[2 * codeRangeCount + 1] = lengthBytes;
            }
            codeRangeCount = Math.min(codeRangeCount + 1, CODE_RANGES_MAX + 1);
            ticket = ++asked;
        }
        await(ticket);
    }

    private boolean ownerInHandler() {
        return state == HANDLER && owner == Thread.currentThread();
    }

    private void await(long ticket) {
        WORK.getAndBitwiseOr(this, WORK_REQUESTS);
        int spins = 0;
        while (served < ticket && state == RUNNING) {
            if (spins % SPINS == 0) {
                requestStop();
            }
            if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(RETRY_NS);
                spins = SPINS;
            }
        }
    }

    /** Something is asked for and guest code is running. */
    boolean mustStop() {
        return state == RUNNING && work != 0;
    }

    /** Monitor: close() frees the engine. */
    synchronized void requestStop() {
        if (!closed && mustStop()) {
            Uc.stop(uc);
        }
    }

    synchronized void close(Runnable free) {
        if (!closed) {
            closed = true;
            free.run();
        }
    }
}
