package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.legoos.emulator.bench.BareNode;
import org.legoos.fit.Fit;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.counters.Counters;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.kernel.sched.Scheduler;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.Link;

/** Nodes with a driver, a card and FIT, on one switch; joined when the constructor returns. */
final class FitNodes implements AutoCloseable {
    private static final int FIRST_LID = 21;

    final HostClock clock = HostClock.instance();
    final Fabric fabric = Fabric.ofOneSwitch(clock, 8);
    final List<BareNode> nodes = new ArrayList<>();
    final List<Link> cables = new ArrayList<>();
    final Fit[] fits;
    private final List<Kernel> kernels = new ArrayList<>();
    private final List<Throwable> crashes = new ArrayList<>();

    FitNodes(int count, UnaryOperator<KConfig> change) throws InterruptedException {
        fits = new Fit[count];
        List<String> names = new ArrayList<>();
        List<String> lids = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            names.add("node" + id);
            lids.add(Integer.toString(FIRST_LID + id));
        }
        KConfig common = change.apply(KConfig.defaults().with("FIT_NR_NODES", Integer.toString(count))
                .with("FIT_NODE_HOSTNAMES", String.join(",", names)).with("FIT_NODE_LIDS", String.join(",", lids)));
        for (int id = 0; id < count; id++) {
            addNode(id, common.with("FIT_LOCAL_ID", Integer.toString(id)));
        }
        joinAll();
    }

    private void addNode(int id, KConfig config) {
        BareNode node = new BareNode(id, clock);
        node.hca.port(1).setConfiguredLid(FIRST_LID + id);
        cables.add(fabric.attach(node.hca.port(1)));
        node.probe();
        nodes.add(node);
        Scheduler sched = new Scheduler("node" + id, clock, (thread, crash) -> crashes.add(crash));
        kernels.add(new Kernel(node.platform, config, node.log, sched, node.frames, null, new Counters(), node.device));
    }

    private void joinAll() throws InterruptedException {
        Thread[] joining = new Thread[fits.length];
        for (int id = 0; id < fits.length; id++) {
            Fit fit = fits[id] = Fit.prepare(kernels.get(id));
            joining[id] = Thread.ofPlatform().start(fit::join);
        }
        for (Thread thread : joining) {
            thread.join(20_000);
            assertThat(thread.isAlive()).as(nodes.get(0).log.dump()).isFalse();
        }
    }

    Kernel kernel(int id) {
        return kernels.get(id);
    }

    /** Pages of a node's memory. */
    long pages(int id, int count) {
        return nodes.get(id).frames.allocContiguous(count);
    }

    @Override
    public void close() {
        for (Fit fit : fits) {
            fit.close();
        }
        for (Kernel kernel : kernels) {
            assertThat(kernel.sched().stopAll(clock.nowNs() + 5_000_000_000L)).isTrue();
        }
        fabric.close();
        nodes.forEach(BareNode::close);
        assertThat(crashes).isEmpty();
    }
}
