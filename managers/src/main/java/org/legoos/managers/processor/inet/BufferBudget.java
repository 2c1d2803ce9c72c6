package org.legoos.managers.processor.inet;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory all sockets of a node may hold together (Linux's tcp_mem and udp_mem). Thread-safe. */
final class BufferBudget {
    private final long maxBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    BufferBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @return false when that would be too much */
    boolean take(long bytes) {
        if (usedBytes.addAndGet(bytes) > maxBytes) {
            usedBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        usedBytes.addAndGet(-bytes);
    }

    long usedBytes() {
        return usedBytes.get();
    }
}
