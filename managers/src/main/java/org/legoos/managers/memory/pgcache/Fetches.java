package org.legoos.managers.memory.pgcache;

import java.util.ArrayDeque;
import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.counters.LatencyHistogram;
import org.legoos.managers.rpc.FileTransfer;

/**
 * Misses that no thread waits for. The request that found a page missing is kept; the storage node's card writes the pages into the
 * line; whoever notices that they are there handles the request again, which is a hit then. No lock is held meanwhile: other pages of the
 * file are read and written, but whoever needs the file for itself ({@link CachedFile#lock}) waits. What does not fit this (a
 * hole, no memory without writing something back, another's fetch of the same pages, an error) is a worker's.
 */
public final class Fetches {
    /** More at a time go to workers. */
    private static final int MAX = 64;

    private static final int REQUEST_PAGES = 2;

    /** Who handles a request again. */
    public interface Retry {
        /** @param isThere what it needs is in the cache; else a worker must do it */
        void again(Incoming message, boolean isThere);
    }

    private final PageCache cache;
    private final Kernel kernel;
    private final LatencyHistogram latency;
    private final boolean isOn;
    private final ArrayDeque<Fetch> idle = new ArrayDeque<>(MAX); // guarded by itself
    private int made; // guarded by idle
    private Retry retry;
    /** Whether a request is being handled again: it is not kept a second time. Of the thread that handles messages. */
    private boolean isRetrying;

    Fetches(PageCache cache, Kernel kernel) {
        this.cache = cache;
        this.kernel = kernel;
        this.latency = kernel.counters().histogram("pgcache_fetch_ns");
        // With several polling threads a reply may come to another thread than the one that handles messages.
        this.isOn = kernel.config().bool("FIT_RECEIVE_IN_INTERRUPT") || kernel.config().integer("FIT_NR_RECVCQ_POLLING_THREADS") == 1;
    }

    /** Before the first message. */
    public void onDone(Retry handler) {
        retry = handler;
    }

    /**
     * Fetches what a request for bytes of a file misses, and what the file's reader will ask for next. For the thread that
     * handles messages, with the file's lock.
     *
     * @return whether the message is kept
     */
    public boolean start(CachedFile file, long offset, int lengthBytes, Incoming message) {
        Fetch fetch = isOn && retry != null && !isRetrying ? take() : null;
        if (fetch == null) {
            return false;
        }
        if (!file.planFetch(offset, lengthBytes, fetch)) {
            give(fetch);
            return false;
        }
        message.moveTo(fetch.message);
        fetch.startNs = kernel.clock().nowNs();
        if (!cache.storage().readNowait(fetch)) {
            file.endFetch(fetch, -1);
            give(fetch);
            return false;
        }
        cache.counters().miss();
        return true;
    }

    void done(Fetch fetch, int result, int privateBits) {
        latency.recordNs(kernel.clock().nowNs() - fetch.startNs);
        CachedFile file = fetch.file;
        boolean isThere = result > 0 && result <= fetch.wantedBytes && privateBits != FileTransfer.STATUS_ONLY;
        file.lockBriefly();
        try {
            file.endFetch(fetch, isThere ? result : -1);
        } finally {
            file.unlock();
        }
        isRetrying |= isThere;
        try {
            retry.again(fetch.message, isThere);
        } finally {
            isRetrying &= !isThere;
            give(fetch);
        }
    }

    private Fetch take() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
            long pa = made < MAX ? kernel.frames().allocContiguous(REQUEST_PAGES) : 0;
            made += pa == 0 ? 0 : 1;
            return pa == 0 ? null : new Fetch(this, pa);
        }
    }

    private void give(Fetch fetch) {
        fetch.file = null;
        fetch.line = null;
        synchronized (idle) {
            idle.push(fetch);
        }
    }

    static int requestBytes() {
        return REQUEST_PAGES * PhysicalMemory.PAGE_SIZE;
    }
}
