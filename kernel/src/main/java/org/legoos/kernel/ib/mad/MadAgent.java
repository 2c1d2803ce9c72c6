package org.legoos.kernel.ib.mad;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.legoos.mlx4.prm.Mad;

/**
 * Somebody who sends and gets datagrams of one class (Linux: struct ib_mad_agent). The upper half of a request's transaction
 * identifier is the agent's number, by which its answer is found. For the port's thread alone.
 */
public final class MadAgent {
    /** Questions that may be open at a time. */
    private static final int OPEN_MAX = 1024;

    private final MadPort port;
    private final int number;
    private final int mgmtClass;
    private final Map<Integer, Open> open = new HashMap<>();
    private int nextTransaction = 1;

    MadAgent(MadPort port, int number, int mgmtClass) {
        this.port = port;
        this.number = number;
        this.mgmtClass = mgmtClass;
    }

    /** A question that waits for its answer. */
    private final class Open {
        final Datagram question;
        final long timeoutNs;
        final Consumer<Datagram> onEnd;
        int retriesLeft;
        Timers.Timer timer;

        Open(Datagram question, long timeoutNs, int retries, Consumer<Datagram> onEnd) {
            this.question = question;
            this.timeoutNs = timeoutNs;
            this.onEnd = onEnd;
            retriesLeft = retries;
        }

        void send() {
            port.send(question);
            timer = port.timers().after(timeoutNs, this::expired);
        }

        private void expired() {
            if (retriesLeft-- > 0) {
                send();
            } else {
                open.remove((int) question.transaction());
                onEnd.accept(null);
            }
        }
    }

    /** Gives it a transaction of its own. */
    public void identify(Datagram datagram) {
        Mad.TRANSACTION_ID.set(datagram.segment, 0, (long) number << Integer.SIZE | nextTransaction++ & 0xffff_ffffL);
    }

    /** Sends what nobody answers by its transaction identifier. */
    public void send(Datagram datagram) {
        port.send(datagram);
    }

    /**
     * Asks, and asks again when no answer comes.
     *
     * @param onEnd gets the answer, or null when there was none to {@code retries + 1} questions
     */
    public void ask(Datagram question, long timeoutNs, int retries, Consumer<Datagram> onEnd) {
        if (open.size() >= OPEN_MAX) {
            onEnd.accept(null);
            return;
        }
        identify(question);
        Open entry = new Open(question, timeoutNs, retries, onEnd);
        open.put((int) question.transaction(), entry);
        entry.send();
    }

    /** @return false for an answer that nobody waits for, or that comes from somebody else than was asked */
    boolean answered(Datagram answer) {
        Open entry = open.get((int) answer.transaction());
        if (entry == null || answer.mgmtClass() != mgmtClass || answer.lid != entry.question.lid) {
            return false;
        }
        open.remove((int) answer.transaction());
        entry.timer.cancel();
        entry.onEnd.accept(answer);
        return true;
    }
}
