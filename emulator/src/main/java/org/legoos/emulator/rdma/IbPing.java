package org.legoos.emulator.rdma;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.legoos.kernel.ib.mad.Path;
import org.legoos.kernel.sched.Completion;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.mlx4.prm.mad.Gid;

/** The client of OpenIB's ping, with ibping's output. */
public final class IbPing {
    private static final long TIMEOUT_NS = 1_000_000_000L;
    private static final long PAUSE_NS = 1_000_000_000L;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final double NS_PER_MS = 1e6;
    private static final int LID_MAX = 0xbfff;

    private final RdmaNode node;
    private final PrintStream out;
    private long sent;
    private long replied;
    private long minNs = Long.MAX_VALUE;
    private long maxNs;
    private long sumNs;
    private String host = "";

    public IbPing(RdmaNode node, PrintStream out) {
        this.node = node;
        this.out = out;
    }

    /**
     * @param destination an LID, or with {@code isGuid} a port GUID
     * @param count 0: for ever
     * @param waitSeconds how long the first answer may take to come
     * @return true when every ping after the first answered one was answered
     */
    public boolean run(long destination, boolean isGuid, int count, int waitSeconds) {
        long startNs = node.clock().nowNs();
        long deadlineNs = startNs + waitSeconds * NS_PER_S;
        int lid = isGuid ? lidOf(destination, deadlineNs) : (int) destination;
        if (lid <= 0 || lid > LID_MAX) {
            throw new IllegalStateException(destination + " is no LID");
        }
        while (!isAnswered(lid) && node.clock().nowNs() < deadlineNs) {
            pause();
        }
        for (int i = 0; count == 0 || i < count; i++) {
            ping(lid);
            if (i + 1 != count) {
                pause();
            }
        }
        report(lid, node.clock().nowNs() - startNs);
        return replied == sent;
    }

    private void pause() {
        new WaitQueue().await(node.clock(), () -> false, 0, node.clock().nowNs() + PAUSE_NS);
    }

    private int lidOf(long guid, long deadlineNs) {
        Gid gid = new Gid(node.services().port().gid().high(), guid);
        Path path = ask(end -> node.services().sa().path(gid, end));
        while (path == null && node.clock().nowNs() < deadlineNs) {
            pause();
            path = ask(end -> node.services().sa().path(gid, end));
        }
        if (path == null) {
            throw new IllegalStateException(String.format("subnet administration knows no way to %016x", guid));
        }
        return path.dlid();
    }

    private boolean isAnswered(int lid) {
        return this.<String>ask(end -> node.services().ping().ping(lid, TIMEOUT_NS, end)) != null;
    }

    private void ping(int lid) {
        long startNs = node.clock().nowNs();
        sent++;
        String name = ask(end -> node.services().ping().ping(lid, TIMEOUT_NS, end));
        long ns = node.clock().nowNs() - startNs;
        if (name == null) {
            return;
        }
        host = name;
        replied++;
        minNs = Math.min(minNs, ns);
        maxNs = Math.max(maxNs, ns);
        sumNs += ns;
        out.printf("Pong from %s (Lid %d): time %.3f ms%n", name, lid, ns / NS_PER_MS);
    }

    /** Has the port's thread ask, and waits for the answer, which comes in any case. */
    private <T> T ask(Consumer<Consumer<T>> question) {
        AtomicReference<T> answer = new AtomicReference<>();
        Completion done = new Completion();
        node.services().port().thread().execute(() -> question.accept(got -> {
            answer.set(got);
            done.complete();
        }));
        done.await(node.clock(), 0, WaitQueue.FOREVER);
        return answer.get();
    }

    private void report(int lid, long totalNs) {
        out.printf("%n--- %s (Lid %d) ibping statistics ---%n", host, lid);
        out.printf("%d packets transmitted, %d received, %d%% packet loss, time %d ms%n", sent, replied,
                sent == 0 ? 0 : (sent - replied) * 100 / sent, (long) (totalNs / NS_PER_MS));
        out.printf("rtt min/avg/max = %.3f/%.3f/%.3f ms%n", replied == 0 ? 0 : minNs / NS_PER_MS,
                replied == 0 ? 0 : sumNs / NS_PER_MS / replied, maxNs / NS_PER_MS);
    }
}
