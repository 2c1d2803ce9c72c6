package org.legoos.emulator.ibperf;

import java.util.Arrays;
import org.legoos.emulator.peer.VerbsEnd;
import org.legoos.emulator.perftest.PerfFormat.Bandwidth;
import org.legoos.isa.time.Clock;

/** The loops of the bandwidth tests: on each queue pair as many messages under way as its send queue holds. */
final class BandwidthRun {
    /** Beyond so many messages the programs do not look for the peak, which takes the square of their number. */
    private static final int PEAK_MESSAGES_MAX = 20_000;

    private final VerbsEnd end;
    private final IbPerfPlan plan;
    private final Clock clock;
    private final int bytes;
    private final int total;
    private final int[] posted;
    private final int[] done;
    private final int[] roomPosted;
    private final long[] postedNs;
    private final long[] doneNs;
    private int postedAll;
    private int doneAll;
    private int receivedAll;
    private long firstNs;

    BandwidthRun(VerbsEnd end, IbPerfPlan plan, Clock clock, int bytes) {
        this.end = end;
        this.plan = plan;
        this.clock = clock;
        this.bytes = bytes;
        total = plan.iterations() * plan.queuePairs();
        posted = new int[plan.queuePairs()];
        done = new int[plan.queuePairs()];
        roomPosted = new int[plan.queuePairs()];
        Arrays.fill(roomPosted, plan.receives());
        boolean hasPeak = total <= PEAK_MESSAGES_MAX;
        postedNs = new long[hasPeak ? total : 0];
        doneNs = new long[hasPeak ? total : 0];
    }

    /** @param sends whether this end sends; @param receives whether messages come that take receives of this end */
    Bandwidth run(boolean sends, boolean receives) {
        end.begin();
        try {
            firstNs = sends ? clock.nowNs() : 0;
            while (sends && doneAll < total || receives && receivedAll < total) {
                boolean hasMoved = false;
                if (sends) {
                    hasMoved = post();
                    hasMoved |= takeSent();
                }
                if (receives) {
                    hasMoved |= takeReceived();
                }
                if (!hasMoved) {
                    end.pause();
                }
            }
        } finally {
            end.end();
        }
        double seconds = Math.max(1, clock.nowNs() - firstNs) / 1e9;
        return Bandwidth.of(bytes, total, sends ? peakNs() : 0, seconds);
    }

    private boolean post() {
        int before = postedAll;
        for (int i = 0; i < posted.length; i++) {
            while (posted[i] < plan.iterations() && posted[i] - done[i] < plan.sendDepth()) {
                boolean isSignaled = (posted[i] + 1) % plan.moderation() == 0 || posted[i] + 1 == plan.iterations();
                long nowNs = clock.nowNs();
                if (!end.tryPost(i, plan.opcode(), bytes, isSignaled)) {
                    break;
                }
                if (postedAll < postedNs.length) {
                    postedNs[postedAll] = nowNs;
                }
                posted[i]++;
                postedAll++;
            }
        }
        return postedAll > before;
    }

    private boolean takeSent() {
        boolean hasTaken = false;
        while (end.pollSent()) {
            int index = end.sentOn();
            int count = Math.min(plan.moderation(), plan.iterations() - done[index]);
            done[index] += count;
            doneAll += count;
            if (doneAll <= doneNs.length) {
                doneNs[doneAll - 1] = clock.nowNs();
            }
            hasTaken = true;
        }
        return hasTaken;
    }

    private boolean takeReceived() {
        boolean hasTaken = false;
        while (receivedAll < total && end.pollReceived()) {
            if (firstNs == 0) {
                firstNs = clock.nowNs();
            }
            int index = end.receivedOn();
            receivedAll++;
            if (roomPosted[index] < plan.iterations()) {
                end.postReceive(index, bytes);
                roomPosted[index]++;
            }
            hasTaken = true;
        }
        return hasTaken;
    }

    /** The shortest time per message of any run of them, from the posting of its first to the completion of its last. */
    private double peakNs() {
        double best = 0;
        for (int last = 0; last < doneNs.length; last++) {
            for (int first = 0; first <= last && doneNs[last] != 0; first++) {
                double each = (double) (doneNs[last] - postedNs[first]) / (last - first + 1);
                best = best == 0 || each < best ? each : best;
            }
        }
        return best;
    }
}
