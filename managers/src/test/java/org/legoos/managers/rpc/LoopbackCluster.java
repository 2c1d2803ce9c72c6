package org.legoos.managers.rpc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.platform.Platform;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.counters.Counters;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.sched.Scheduler;

/**
 * Test double of a cluster: n nodes in one JVM, each with memory, a kernel record (machine parts that no manager needs are
 * null) and a {@link LoopbackIbapi} that calls the peer's handlers directly. Close it to end threads and free memory.
 */
public final class LoopbackCluster implements AutoCloseable {
    /** Receive slots of a node lie at the top of its memory. */
    static final int SLOT_COUNT = 16;

    static final int SLOT_BYTES = org.legoos.fit.Ibapi.MAX_MESSAGE_BYTES;
    private static final long FIRST_FRAME_PA = PhysicalMemory.PAGE_SIZE; // 0 means "none"

    /** A message on its way: who waits where. */
    record Pending(LoopbackIbapi caller, LoopbackIbapi.Call call) {}

    private final LoopbackIbapi[] ibapis;
    private final Kernel[] kernels;
    final ConcurrentHashMap<Long, Pending> pending = new ConcurrentHashMap<>();
    final AtomicLong nextCall = new AtomicLong();

    public LoopbackCluster(int nodes, long memoryBytes) {
        this(nodes, memoryBytes, 0, KConfig.defaults(), HostClock.instance());
    }

    /** @param excacheBytes size of the range that each kernel shows as its ExCache (0 for none), beside memoryBytes */
    public LoopbackCluster(int nodes, long memoryBytes, long excacheBytes, KConfig config, Clock clock) {
        ibapis = new LoopbackIbapi[nodes];
        kernels = new Kernel[nodes];
        for (int i = 0; i < nodes; i++) {
            PhysicalMemory memory =
                    PhysicalMemory.ofSize(memoryBytes + excacheBytes + (long) SLOT_COUNT * SLOT_BYTES);
            Platform platform = new Platform(memory, null, null, null, null, clock, null, 1);
            Printk log = new Printk(clock);
            kernels[i] = new Kernel(
                    platform,
                    config,
                    log,
                    new Scheduler("node" + i, clock, (thread, crash) -> log.err("%s: %s", thread.name(), crash)),
                    new FrameAllocator(memory, FIRST_FRAME_PA, memoryBytes - FIRST_FRAME_PA),
                    new Kernel.MemoryRange(memoryBytes, excacheBytes),
                    new Counters(),
                    null);
            ibapis[i] = new LoopbackIbapi(this, i, memory, clock, memoryBytes + excacheBytes);
        }
    }

    public Kernel kernel(int node) {
        return kernels[node];
    }

    public LoopbackIbapi ibapi(int node) {
        return node >= 0 && node < ibapis.length ? ibapis[node] : null;
    }

    int size() {
        return ibapis.length;
    }

    /** Identifies the message that lies in a receive slot. */
    static long key(int node, Incoming message) {
        return (long) node << 48 | message.messagePa;
    }

    @Override
    public void close() {
        for (Kernel kernel : kernels) {
            boolean ended = kernel.sched().stopAll(kernel.clock().nowNs() + 5_000_000_000L);
            if (ended) {
                kernel.memory().close();
            }
        }
    }
}
