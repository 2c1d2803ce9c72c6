package org.legoos.emulator.ibperf;

import java.util.Locale;
import org.legoos.emulator.peer.EndPlan;
import org.legoos.emulator.perftest.PerfPlan.Kind;
import org.legoos.emulator.perftest.PerfPlan.Verb;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;

/**
 * What both ends of a perftest program are told, each by its options.
 *
 * @param comparesAndSwaps of atomics: instead of fetching and adding
 * @param sizeBytes of a message; 0: all powers of two
 * @param mtuBytes of the path at most; 0: what the port has
 * @param receiveDepth receives posted on a queue pair, at most
 * @param isBothWays whether both ends send (bandwidth)
 * @param sleeps whether this end waits for events of its card
 * @param gidIndex -1: addresses are LIDs
 */
public record IbPerfPlan(Verb verb, Kind kind, QpType service, boolean comparesAndSwaps, int sizeBytes, int iterations, int queuePairs,
        int mtuBytes, int receiveDepth, boolean isBothWays, boolean sleeps, int gidIndex) {
    static final int ALL_SIZES_MAX = 1 << 23;
    private static final int SEND_DEPTH = 128;
    private static final int MODERATION = 100;
    private static final int MODERATED_BYTES_MAX = 8192;
    private static final int INLINE_SEND_BYTES = 236;
    private static final int INLINE_DATAGRAM_BYTES = 188;
    private static final int INLINE_WRITE_BYTES = 220;
    private static final int READS_AT_ONCE = 16;

    boolean isLatency() {
        return kind == Kind.LAT;
    }

    boolean hasAllSizes() {
        return sizeBytes == 0;
    }

    /** Does the other end have to post a receive for each message? */
    boolean takesReceives() {
        return verb == Verb.SEND;
    }

    Opcode opcode() {
        return comparesAndSwaps ? Opcode.ATOMIC_CMP_AND_SWP : verb.opcode;
    }

    int sendDepth() {
        return isLatency() ? 1 : Math.min(SEND_DEPTH, iterations);
    }

    int receives() {
        return Math.min(receiveDepth, iterations);
    }

    /** Every so many messages of a bandwidth test one asks for a completion. */
    int moderation() {
        return sizeBytes > MODERATED_BYTES_MAX ? 1 : Math.min(MODERATION, sendDepth());
    }

    int inlineBytes() {
        if (!isLatency()) {
            return 0;
        }
        return switch (verb) {
            case SEND -> service == QpType.UD ? INLINE_DATAGRAM_BYTES : INLINE_SEND_BYTES;
            case WRITE -> INLINE_WRITE_BYTES;
            default -> 0;
        };
    }

    int readsAtOnce() {
        return verb == Verb.READ || verb == Verb.ATOMIC ? READS_AT_ONCE : 1;
    }

    /** @param bufferBytes the largest message, and what the other end's addresses may vary in */
    EndPlan end(int bufferBytes) {
        return new EndPlan(service, queuePairs, false, sendDepth(), takesReceives() ? receives() : 1, bufferBytes, inlineBytes(), sleeps);
    }

    String title() {
        String what = verb == Verb.ATOMIC ? comparesAndSwaps ? "Atomic CMP_AND_SWAP" : "Atomic FETCH_AND_ADD" : verb.title;
        return what + (isBothWays ? " Bidirectional" : "") + (isLatency() ? " Latency" : " BW");
    }

    /** The program's name. */
    public String program() {
        return ("ib_" + verb + "_" + kind).toLowerCase(Locale.ROOT);
    }
}
