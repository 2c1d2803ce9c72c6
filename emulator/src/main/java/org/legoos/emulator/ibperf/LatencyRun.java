package org.legoos.emulator.ibperf;

import org.legoos.emulator.peer.VerbsEnd;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;

/** The loops of the latency tests. One message is under way at a time. */
final class LatencyRun {
    private final VerbsEnd end;
    private final IbPerfPlan plan;
    private final Clock clock;
    private final long[] postedNs;

    LatencyRun(VerbsEnd end, IbPerfPlan plan, Clock clock) {
        this.end = end;
        this.plan = plan;
        this.clock = clock;
        postedNs = new long[plan.iterations()];
    }

    /**
     * Both ends answer each other, of SENDs the one that calls first, of WRITEs the other; of READs and atomics only the
     * one that calls does anything.
     *
     * @return what each message took: from one's posting to the next's, halved where the other end answers
     */
    long[] run(int bytes, boolean isCaller) {
        end.begin();
        try {
            switch (plan.verb()) {
                case SEND -> sends(bytes, isCaller);
                case WRITE -> writes(bytes, !isCaller);
                default -> alone(bytes);
            }
        } finally {
            end.end();
        }
        long[] ns = new long[postedNs.length - 1];
        for (int i = 0; i < ns.length; i++) {
            ns[i] = (postedNs[i + 1] - postedNs[i]) / (plan.verb().isPingPong() ? 2 : 1);
        }
        return ns;
    }

    private void sends(int bytes, boolean isFirst) {
        int posted = plan.receives();
        for (int i = 0; i < postedNs.length; i++) {
            if (!isFirst || i > 0) {
                end.awaitReceived();
                posted = postAgain(posted, bytes);
            }
            postedNs[i] = clock.nowNs();
            end.post(0, Opcode.SEND, bytes, true);
            end.awaitSent();
        }
        if (isFirst) {
            end.awaitReceived();
        }
    }

    private int postAgain(int posted, int bytes) {
        if (posted >= postedNs.length) {
            return posted;
        }
        end.postReceive(0, bytes);
        return posted + 1;
    }

    /** The last byte of a message is its number. */
    private void writes(int bytes, boolean isFirst) {
        for (int i = 0; i < postedNs.length; i++) {
            if (!isFirst || i > 0) {
                end.awaitByte(bytes - 1, (byte) (isFirst ? i : i + 1));
            }
            postedNs[i] = clock.nowNs();
            end.putByte(bytes - 1, (byte) (i + 1));
            end.post(0, Opcode.RDMA_WRITE, bytes, true);
            end.awaitSent();
        }
        if (isFirst) {
            end.awaitByte(bytes - 1, (byte) postedNs.length);
        }
    }

    private void alone(int bytes) {
        for (int i = 0; i < postedNs.length; i++) {
            postedNs[i] = clock.nowNs();
            end.post(0, plan.opcode(), bytes, true);
            end.awaitSent();
        }
    }
}
