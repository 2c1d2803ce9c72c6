package org.legoos.managers.processor.mm;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheConfig;
import org.legoos.managers.rpc.LoopbackCluster;

/** A processor node with a small ExCache and its home node. */
final class TestNode implements AutoCloseable {
    final LoopbackCluster cluster;
    final Kernel kernel;
    final PhysicalMemory memory;
    final TestHome home;
    final Pcache pcache;
    final ProcessorMm mm;
    private int nextPid = 1;

    TestNode(PcacheConfig config, long excacheBytes) {
        cluster = new LoopbackCluster(2, 64 << 20, excacheBytes, KConfig.defaults(), HostClock.instance());
        kernel = cluster.kernel(0);
        memory = kernel.memory();
        home = new TestHome(cluster);
        pcache = Pcache.start(kernel, cluster.ibapi(0), config);
        mm = new ProcessorMm(kernel, cluster.ibapi(0), pcache, "", () -> 4);
    }

    /** @param ways log2 */
    static PcacheConfig config(PcacheConfig.Policy policy, PcacheConfig.Mechanism mechanism, int ways) {
        return new PcacheConfig(ways, policy, mechanism, 4, 0, true, false, true, true, 1);
    }

    static PcacheConfig usual() {
        return config(PcacheConfig.Policy.LRU, PcacheConfig.Mechanism.PERSET_LIST, 2);
    }

    ProcessAddressSpace newSpace() {
        int pid = nextPid++;
        ProcessAddressSpace space = mm.newSpace(pid, pid);
        space.change(ranges -> ranges.with(TestHome.stackRange()));
        space.setHeapStart(TestHome.HEAP_START);
        return space;
    }

    long counter(String name) {
        return kernel.counters().counter(name).value();
    }

    @Override
    public void close() {
        cluster.close();
        pcache.close();
    }
}
