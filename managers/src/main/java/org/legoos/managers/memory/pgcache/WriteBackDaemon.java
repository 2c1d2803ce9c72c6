package org.legoos.managers.memory.pgcache;

import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.WaitQueue;

/** Sends what is dirty to the storage node every now and then, so that a crash loses only the last seconds' work (Linux's flusher). */
public final class WriteBackDaemon implements KThread.Body {
    /** dirty_writeback_centisecs. */
    private static final long INTERVAL_NS = 5_000_000_000L;

    private final PageCache cache;
    private final Clock clock;
    private final WaitQueue sleep = new WaitQueue();

    public WriteBackDaemon(PageCache cache, Clock clock) {
        this.cache = cache;
        this.clock = clock;
    }

    @Override
    public void run(KThread self) {
        self.onStop(sleep::wakeAll);
        while (!self.shouldStop()) {
            if (!sleep.await(clock, self::shouldStop, 0, clock.nowNs() + INTERVAL_NS) && cache.dirtyBytes() > 0) {
                cache.writeBackAll();
            }
        }
    }
}
