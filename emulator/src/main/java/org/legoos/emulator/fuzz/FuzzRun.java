package org.legoos.emulator.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.legoos.isa.time.Clock;

/** One run of a fuzzer: its random numbers, and how long it goes on. */
public final class FuzzRun {
    private final Clock clock;
    private final long seed;
    private final long roundsMax;
    private final long deadlineNs;
    private final SplittableRandom random;
    private final List<String> remarks = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private volatile long rounds; // written by the fuzzer

    /** @param roundsMax ends after so many rounds, or at the deadline, whichever comes first */
    public FuzzRun(Clock clock, long seed, long roundsMax, long deadlineNs) {
        this.clock = clock;
        this.seed = seed;
        this.roundsMax = roundsMax;
        this.deadlineNs = deadlineNs;
        this.random = new SplittableRandom(seed);
    }

    /** Begins another round, or says that it is enough. */
    public boolean more() {
        if (rounds >= roundsMax || clock.nowNs() >= deadlineNs) {
            return false;
        }
        rounds = rounds + 1;
        return true;
    }

    public SplittableRandom random() {
        return random;
    }

    public long rounds() {
        return rounds;
    }

    public long seed() {
        return seed;
    }

    /** Says how far it got: a line for people, at the end. */
    public void tell(String remark) {
        remarks.add(remark);
    }

    /** A line for people who want to know it exactly. */
    public void tellInDetail(String remark) {
        details.add(remark);
    }

    public List<String> remarks() {
        return remarks;
    }

    public List<String> details() {
        return details;
    }

    /** Must hold at any time. */
    public void require(boolean holds, String what) {
        if (!holds) {
            throw new FuzzFinding("round " + rounds + ": " + what);
        }
    }

    /** Something that must hold does not. */
    public static final class FuzzFinding extends RuntimeException {
        private static final long serialVersionUID = 1;

        FuzzFinding(String message) {
            super(message);
        }
    }
}
