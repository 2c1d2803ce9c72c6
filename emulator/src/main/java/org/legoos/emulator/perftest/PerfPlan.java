package org.legoos.emulator.perftest;

import org.legoos.kernel.ib.SendWorkRequest.Opcode;

/**
 * What is measured.
 *
 * @param iterations messages that count; @param sizeBytes of each
 * @param sharesMemory whether two processes may use shared memory
 * @param noisePercent packets lost, repeated and reordered on the link, each at this rate
 */
public record PerfPlan(Verb verb, Kind kind, int sizeBytes, int iterations, int mtuBytes, int noisePercent, boolean sharesMemory) {
    /** The operations of perftest's programs. */
    public enum Verb {
        SEND("Send", Opcode.SEND),
        WRITE("RDMA_Write", Opcode.RDMA_WRITE),
        READ("RDMA_Read", Opcode.RDMA_READ),
        ATOMIC("Atomic FETCH_AND_ADD", Opcode.ATOMIC_FETCH_AND_ADD);

        public final String title;
        public final Opcode opcode;

        Verb(String title, Opcode opcode) {
            this.title = title;
            this.opcode = opcode;
        }

        /** Does the other end answer with a message of its own, so that half the round trip counts? */
        public boolean isPingPong() {
            return this == SEND || this == WRITE;
        }
    }

    public enum Kind { LAT, BW }

    /** Send queue and receive queue: perftest's --tx-depth of the two kinds of test. */
    int depth() {
        return kind == Kind.LAT ? 1 : 128;
    }

    /** As many messages before those that count, for the JIT. */
    int warmUp() {
        return Math.max(20_000, iterations / 4);
    }

    /** The program's name among perftest's, such as ib_send_lat. */
    public String program() {
        return "ib_" + verb.name().toLowerCase(java.util.Locale.ROOT) + "_" + kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
