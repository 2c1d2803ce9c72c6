package org.legoos.fit;

import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;

/**
 * Calls and replies that no thread waits for: whoever notices their end tells it. Their time-outs are kept by a thread that looks
 * every now and then while there are any, and sleeps otherwise; a peer whose reply is overdue is disconnected, as for a caller that waits.
 */
final class NowaitCalls {
    private static final long LOOK_NS = 50_000_000;

    private final Fit fit;
    private final Kernel kernel;
    private final Clock clock;
    private final Messenger messenger;
    private final WaitQueue sleep = new WaitQueue();
    private volatile boolean mayBeAny;
    private volatile KThread watcher; // written under this

    NowaitCalls(Fit fit, Kernel kernel, Messenger messenger) {
        this.fit = fit;
        this.kernel = kernel;
        this.clock = kernel.clock();
        this.messenger = messenger;
    }

    /** See {@link Ibapi#callNowait}. */
    int call(int node, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes, long timeoutNs,
            Ibapi.WhenDone whenDone) {
        Call call = fit.calls().tryTake(node);
        if (call == null) {
            return -Errno.EAGAIN;
        }
        if (!tell(call, whenDone, timeoutNs)) {
            return -Errno.EHOSTUNREACH;
        }
        int tag = call.tag();
        int result = messenger.post(call, node, port, requestPa, lengthBytes, replyPa, maxReplyBytes, MessageHeader.WANTS_REPLY,
                Messenger.DO_NOT_WAIT);
        if (result == 0) {
            fit.counters().sendReply.increment();
        }
        return result == 0 || !withdraw(call, tag) ? 0 : result == -Errno.ETIMEDOUT ? -Errno.EAGAIN : result;
    }

    /** See {@link Ibapi#replyMessageNowait}. */
    int reply(Incoming message, long replyPa, int lengthBytes, long timeoutNs, Ibapi.WhenDone whenSent) {
        Call call = fit.calls().tryTake(message.node);
        if (call == null || !tell(call, whenSent, timeoutNs)) {
            return -Errno.EAGAIN;
        }
        int tag = call.tag();
        int result = messenger.reply(message, replyPa, lengthBytes, 0, Messenger.SENT | tag, Messenger.DO_NOT_WAIT);
        if (result != 0 && withdraw(call, tag)) {
            whenSent.done(result, 0);
        }
        return 0;
    }

    /** @return false when the peer has left just now; the call is given back */
    private boolean tell(Call call, Ibapi.WhenDone whenDone, long timeoutNs) {
        if (!call.tell(whenDone, clock.nowNs() + timeoutNs)) {
            fit.calls().giveBack(call);
            return false;
        }
        watch();
        return true;
    }

    /** @return false when an end has been told all the same: the peer has left just now */
    private boolean withdraw(Call call, int tag) {
        boolean isOurs = call.withdraw(tag);
        if (isOurs) {
            fit.calls().giveBack(call);
        }
        return isOurs;
    }

    private void watch() {
        if (!mayBeAny) {
            mayBeAny = true;
            if (watcher == null) {
                start();
            }
            sleep.wakeAll();
        }
    }

    private synchronized void start() {
        if (watcher == null) {
            watcher = kernel.sched().spawn("FIT_timeouts", this::run);
        }
    }

    private void run(KThread self) {
        self.onStop(sleep::wakeAll);
        while (!self.shouldStop()) {
            sleep.await(clock, () -> mayBeAny || self.shouldStop(), 0, WaitQueue.FOREVER);
            mayBeAny = false; // before the look: a call that comes later sets it again
            sleep.await(clock, self::shouldStop, 0, clock.nowNs() + LOOK_NS);
            if (fit.calls().anyUntold()) {
                mayBeAny = true;
            }
            int node = fit.calls().overdueNode(clock.nowNs());
            if (node >= 0) {
                fit.disconnectOnTimeout(-Errno.ETIMEDOUT, node);
                fit.calls().failAll(node, Errno.EHOSTUNREACH);
            }
        }
    }

    void close() {
        KThread running = watcher;
        if (running != null) {
            running.stop();
        }
    }
}
