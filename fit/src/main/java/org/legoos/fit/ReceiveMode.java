package org.legoos.fit;

import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.WaitQueue;

/**
 * Who runs the receive path. In interrupt mode (CONFIG_FIT_RECEIVE_IN_INTERRUPT) it runs on the thread that
 * delivered the message: no thread hop at all. Otherwise a polling thread, as in the original, spins
 * briefly after the last message and then sleeps on the completion interrupt.
 */
final class ReceiveMode {
    /** More than a round trip with two sleepers in it: else each would sleep because the other one does. */
    private static final long SPIN_NS = 200_000;

    private final ReceivePath path;
    private final boolean inInterrupt;
    private final Kernel kernel;
    private final int number;
    private final WaitQueue poller = new WaitQueue();
    private volatile boolean interrupted;
    private KThread thread;

    ReceiveMode(ReceivePath path, boolean inInterrupt, Kernel kernel, int number) {
        this.number = number;
        this.path = path;
        this.inInterrupt = inInterrupt;
        this.kernel = kernel;
    }

    void start() {
        if (inInterrupt) {
            path.signal();
            return;
        }
        thread = kernel.sched().spawn(number == 0 ? "FIT_RecvPoll" : "FIT_RecvPoll" + number, this::poll);
        thread.onStop(this::interrupt);
    }

    /** The completion interrupt. */
    void interrupt() {
        if (inInterrupt) {
            path.signal();
        } else {
            interrupted = true;
            poller.wakeAll();
        }
    }

    /** How long a caller spins for its reply. */
    long callerSpinNs() {
        return inInterrupt ? WaitQueue.BRIEF_SPIN_NS : SPIN_NS;
    }

    /** A thread that waits for a reply looks for it itself: one hop less than to be woken by the polling thread. */
    void help() {
        if (!inInterrupt) {
            path.signal();
        }
    }

    private void poll(KThread self) {
        Clock clock = kernel.clock();
        // A stop may come between the test of the loop and the reset below: the sleep must see it by itself.
        BooleanSupplier hasWork = () -> interrupted || self.shouldStop();
        while (!self.shouldStop()) {
            long spinUntilNs = clock.nowNs() + SPIN_NS;
            do {
                path.worked = false;
                path.signal();
                if (path.worked) {
                    spinUntilNs = clock.nowNs() + SPIN_NS;
                }
                Thread.onSpinWait();
            } while (clock.nowNs() < spinUntilNs);
            interrupted = false;
            path.arm();
            path.signal();
            poller.await(clock, hasWork, 0, WaitQueue.FOREVER);
        }
    }

    void stop() {
        if (thread != null) {
            thread.stop();
        }
    }
}
