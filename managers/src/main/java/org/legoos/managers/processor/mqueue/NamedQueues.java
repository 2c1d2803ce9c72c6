package org.legoos.managers.processor.mqueue;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;

/** The queues of one node by name. Thread-safe. */
public final class NamedQueues {
    /** fs.mqueue.queues_max. */
    private static final int QUEUES_MAX = 256;

    private final Map<String, NamedQueue> queues = new HashMap<>(); // guarded by this

    synchronized NamedQueue find(String name) {
        return queues.get(name);
    }

    synchronized NamedQueue make(String name, Supplier<NamedQueue> maker) {
        if (queues.size() >= QUEUES_MAX) {
            throw SysError.of(Errno.ENOSPC);
        }
        NamedQueue queue = maker.get();
        queues.put(name, queue);
        return queue;
    }

    /** The name is free again; the queue lives on while somebody has it open. */
    synchronized void remove(String name) {
        NamedQueue removed = queues.remove(name);
        if (removed != null) {
            removed.drop();
        }
    }
}
