package org.legoos.emulator.bench;

import java.util.Arrays;
import java.util.List;
import org.legoos.fit.Fit;
import org.legoos.fit.Incoming;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.counters.Counters;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.kernel.sched.Scheduler;
import org.legoos.mlx4.fabric.Fabric;

/**
 * FIT RPC between two nodes in one JVM over driver, card model and switch: 64-byte requests, replies of 64 bytes and of
 * a page; received by the thread that delivers, or by the polling thread of the original. The stages: until the
 * handler runs (post, two cards, the wire), the handler (which posts the reply), until the caller goes on.
 */
final class RpcBench implements Benchmark {
    private static final int PORT = 5;
    private static final int REQUEST_BYTES = 64;
    private static final int PAGE_BYTES = 4096;
    private static final int CALLS = 50_000;
    private static final int ROUNDS = 3;
    private static final double SMALL_MAX_US = 10;
    private static final double PAGE_MAX_US = 12;

    private final Clock clock;
    private long handlerStartNs; // ordered by the RPC itself
    private long handlerEndNs;

    RpcBench(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rpc";
    }

    @Override
    public List<BenchTable> run() {
        BenchTable table = new BenchTable("rpc: FIT send and reply between two nodes, us, " + CALLS + " calls",
                "call", "received by", "p50", "p90", "p99", "to handler p50", "handler p50", "back p50", "target (p50)");
        for (boolean inInterrupt : new boolean[] {true, false}) {
            measurePair(inInterrupt, table);
        }
        return List.of(table);
    }

    private void measurePair(boolean inInterrupt, BenchTable table) {
        try (Fabric fabric = Fabric.ofOneSwitch(clock, 4); BareNode client = new BareNode(0, clock); BareNode server = new BareNode(1, clock)) {
            Fit caller = prepare(client, 0, fabric, inInterrupt);
            Fit callee = prepare(server, 1, fabric, inInterrupt);
            long page = server.frames.alloc();
            callee.registerHandler(PORT, "bench", message -> answer(callee, message, page));
            Thread joining = Thread.ofPlatform().daemon().start(caller::join);
            callee.join();
            joining.join();
            measure(caller, client, REQUEST_BYTES, inInterrupt, SMALL_MAX_US, table);
            measure(caller, client, PAGE_BYTES, inInterrupt, PAGE_MAX_US, table);
            caller.close();
            callee.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Fit prepare(BareNode node, int id, Fabric fabric, boolean inInterrupt) {
        node.hca.port(1).setConfiguredLid(21 + id);
        fabric.attach(node.hca.port(1));
        node.probe();
        KConfig config = KConfig.defaults().with("FIT_NR_NODES", "2").with("FIT_LOCAL_ID", Integer.toString(id))
                .with("FIT_NODE_HOSTNAMES", "p0,m0").with("FIT_NODE_LIDS", "21,22")
                .with("FIT_RECEIVE_IN_INTERRUPT", inInterrupt ? "y" : "n");
        Scheduler sched = new Scheduler("node" + id, clock, (thread, crash) -> crash.printStackTrace());
        return Fit.prepare(new Kernel(node.platform, config, node.log, sched, node.frames, null, new Counters(), node.device));
    }

    private void answer(Fit fit, Incoming message, long page) {
        handlerStartNs = clock.nowNs();
        fit.replyMessageNowait(message, page, Math.min(message.maxReplyBytes, PAGE_BYTES));
        handlerEndNs = clock.nowNs();
    }

    private void measure(Fit fit, BareNode node, int replyBytes, boolean inInterrupt, double limitUs, BenchTable table) {
        long request = node.frames.alloc();
        long reply = node.frames.alloc();
        long[] whole = new long[CALLS];
        long[] there = new long[CALLS];
        long[] handler = new long[CALLS];
        long[] back = new long[CALLS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < CALLS; i++) {
                long startNs = clock.nowNs();
                int result = fit.sendReplyImm(1, PORT, request, REQUEST_BYTES, reply, replyBytes);
                long endNs = clock.nowNs();
                if (result != replyBytes) {
                    throw new IllegalStateException("a reply of " + result + " instead of " + replyBytes);
                }
                whole[i] = endNs - startNs;
                there[i] = handlerStartNs - startNs;
                handler[i] = handlerEndNs - handlerStartNs;
                back[i] = Math.max(0, endNs - handlerEndNs); // the reply may overtake the handler's end
            }
        }
        double p50 = at(whole, 0.5);
        table.row(REQUEST_BYTES + " -> " + replyBytes + " bytes", inInterrupt ? "delivering thread" : "polling thread", p50, at(whole, 0.9),
                at(whole, 0.99), at(there, 0.5), at(handler, 0.5), at(back, 0.5), BenchTable.target(p50, limitUs, "us"));
    }

    private static double at(long[] tookNs, double quantile) {
        Arrays.sort(tookNs);
        return tookNs[(int) (quantile * (tookNs.length - 1))] / 1e3;
    }
}
