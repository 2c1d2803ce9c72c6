package org.legoos.managers.processor.pcache;

import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.WaitQueue;

/** kvictim_flushd: sends dirty pages of the victim cache home in the background. */
final class VictimFlushDaemon implements KThread.Body {
    /** A home that does not answer is asked again this much later. */
    private static final long RETRY_NS = 100_000_000;

    private final PcacheParts parts;
    private final VictimMechanism victims;
    private final Clock clock;

    VictimFlushDaemon(PcacheParts parts, VictimMechanism victims) {
        this.parts = parts;
        this.victims = victims;
        this.clock = parts.clock;
    }

    @Override
    public void run(KThread self) {
        BooleanSupplier wanted = () -> self.shouldStop() || victims.hasWork();
        self.onStop(() -> victims.work().wakeAll());
        FaultContext context = parts.contexts.take();
        if (context == null) {
            parts.log.err("pcache: no memory for kvictim_flushd");
            return;
        }
        while (!self.shouldStop()) {
            victims.work().await(clock, wanted, 0, WaitQueue.FOREVER);
            parts.events.victimAsyncRun.increment();
            int result = 1;
            while (result > 0 && !self.shouldStop()) {
                result = victims.flushOldest(context);
            }
            if (result < 0) {
                victims.work().await(clock, self::shouldStop, 0, clock.nowNs() + RETRY_NS);
            }
        }
        parts.contexts.give(context);
    }
}
