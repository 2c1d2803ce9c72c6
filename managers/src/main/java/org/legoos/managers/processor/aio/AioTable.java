package org.legoos.managers.processor.aio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Process;

/** The contexts of all processes of a node, each known by the address of its ring. Thread-safe. */
public final class AioTable {
    /** fs.aio-max-nr. */
    public static final long EVENTS_MAX = 65536;

    private final Map<Process, Map<Long, AioContext>> contexts = new ConcurrentHashMap<>();
    private final AtomicLong events = new AtomicLong();

    /** fs.aio-nr. */
    public long events() {
        return events.get();
    }

    /** @return 0, or -EAGAIN when all contexts together would hold more than {@link #EVENTS_MAX} */
    public int add(Process process, long ringVa, int capacity) {
        if (events.addAndGet(capacity) > EVENTS_MAX) {
            events.addAndGet(-capacity);
            return -Errno.EAGAIN;
        }
        contexts.compute(process, (p, there) -> {
            Map<Long, AioContext> mine = there == null ? new HashMap<>() : new HashMap<>(there);
            mine.put(ringVa, new AioContext(ringVa, capacity));
            return mine;
        });
        return 0;
    }

    /** The context of that number, or null. */
    public AioContext find(Process process, long ringVa) {
        return contexts.getOrDefault(process, Map.of()).get(ringVa);
    }

    /** io_destroy(2). @return false when there is none */
    public boolean remove(Process process, long ringVa) {
        AioContext[] removed = new AioContext[1];
        contexts.computeIfPresent(process, (p, there) -> {
            Map<Long, AioContext> mine = new HashMap<>(there);
            removed[0] = mine.remove(ringVa);
            return mine.isEmpty() ? null : mine;
        });
        if (removed[0] != null) {
            close(removed[0]);
        }
        return removed[0] != null;
    }

    private void close(AioContext context) {
        events.addAndGet(-context.capacity());
        context.close();
    }

    /** The process ends, or becomes another program. */
    public void left(Process process) {
        Map<Long, AioContext> mine = contexts.remove(process);
        if (mine != null) {
            List.copyOf(mine.values()).forEach(this::close);
        }
    }
}
