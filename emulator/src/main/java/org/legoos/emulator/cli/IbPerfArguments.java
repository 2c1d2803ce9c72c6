package org.legoos.emulator.cli;

import org.legoos.emulator.ibperf.IbPerfPlan;
import org.legoos.emulator.perftest.PerfPlan.Kind;
import org.legoos.emulator.perftest.PerfPlan.Verb;
import org.legoos.kernel.ib.QpType;
import picocli.CommandLine.Option;

/** Options of perftest's programs that only make sense with one of them as the other end. */
final class IbPerfArguments {
    private static final int SIZE_MAX = 1 << 23;
    private static final int SIZE_LATENCY = 2;
    private static final int SIZE_BANDWIDTH = 65536;
    private static final int SIZE_DATAGRAM = 2048;
    private static final int SIZE_ATOMIC = 8;
    private static final int ITERATIONS = 1000;
    private static final int ITERATIONS_WRITE = 5000;
    private static final int ITERATIONS_MAX = 10_000_000;
    private static final int QUEUE_PAIRS_MAX = 64;
    private static final int RECEIVES_MAX = 8192;

    @Option(names = {"-c", "--connection"}, paramLabel = "SERVICE", defaultValue = "RC", description = "RC, UC or UD (default: ${DEFAULT-VALUE})")
    private String service;

    @Option(names = {"-A", "--atomic_type"}, paramLabel = "TYPE", defaultValue = "FETCH_AND_ADD",
            description = "FETCH_AND_ADD or CMP_AND_SWAP (default: ${DEFAULT-VALUE})")
    private String atomicType;

    @Option(names = {"-a", "--all"}, description = "one size after the other, from 2 bytes to 8 MiB")
    private boolean hasAllSizes;

    @Option(names = {"-b", "--bidirectional"}, description = "both ends send (bw)")
    private boolean isBothWays;

    @Option(names = {"-e", "--events"}, description = "sleep until the card interrupts, instead of looking all the time")
    private boolean sleeps;

    @Option(names = {"-q", "--qp"}, paramLabel = "N", defaultValue = "1", description = "queue pairs (bw; default: ${DEFAULT-VALUE})")
    private int queuePairs;

    @Option(names = {"-r", "--rx-depth"}, paramLabel = "N", defaultValue = "512", description = "receives posted (send; default: ${DEFAULT-VALUE})")
    private int receiveDepth;

    @Option(names = {"-x", "--gid-index"}, paramLabel = "N", defaultValue = "-1", description = "0: tell the other end a GID, which it then expects")
    private int gidIndex;

    private enum AtomicType { FETCH_AND_ADD, CMP_AND_SWAP }

    /** @param size and iterations and mtu: 0 when not given */
    IbPerfPlan plan(Verb verb, Kind kind, int size, int iterations, int mtu) {
        QpType chosen = Choice.of(QpType.values(), service, "perftest: --connection");
        boolean isSwap = Choice.of(AtomicType.values(), atomicType, "perftest: --atomic_type") == AtomicType.CMP_AND_SWAP;
        boolean isLatency = kind == Kind.LAT;
        check(chosen == QpType.RC || verb == Verb.SEND || chosen == QpType.UC && verb == Verb.WRITE,
                "there is no " + verb.name().toLowerCase(java.util.Locale.ROOT) + " over " + chosen);
        check(!isLatency || !isBothWays && queuePairs == 1, "-b and -q are for bw");
        check(queuePairs >= 1 && queuePairs <= QUEUE_PAIRS_MAX, "--qp " + queuePairs + ": expected 1 to " + QUEUE_PAIRS_MAX);
        check(receiveDepth >= 1 && receiveDepth <= RECEIVES_MAX, "--rx-depth " + receiveDepth + ": expected 1 to " + RECEIVES_MAX);
        check(size >= 0 && size <= SIZE_MAX, "--size " + size + ": expected 1 to " + SIZE_MAX);
        check(!(sleeps && isLatency && verb == Verb.WRITE), "write lat has no events: it looks at the memory");
        check(gidIndex <= 0, "--gid-index " + gidIndex + ": the card has only 0");
        check(!hasAllSizes || verb != Verb.ATOMIC && size == 0, "-a is for one of send, write and read, without -s");
        int common = isLatency ? SIZE_LATENCY : chosen == QpType.UD ? SIZE_DATAGRAM : SIZE_BANDWIDTH;
        int bytes = hasAllSizes ? 0 : verb == Verb.ATOMIC ? SIZE_ATOMIC : size != 0 ? size : common;
        int count = iterations != 0 ? iterations : verb == Verb.WRITE && !isLatency ? ITERATIONS_WRITE : ITERATIONS;
        check(count <= ITERATIONS_MAX / queuePairs, "--iterations " + count + ": too many");
        return new IbPerfPlan(verb, kind, chosen, isSwap, bytes, count, queuePairs, mtu, receiveDepth, isBothWays, sleeps, gidIndex);
    }

    private static void check(boolean isGood, String message) {
        if (!isGood) {
            throw new UserError(Lego.FAILED, "perftest: " + message);
        }
    }
}
