package org.legoos.managers.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Tasks by (node, pid): 2^10 hash buckets as in the original (managers/memory/task.c). Finding takes no lock and
 * allocates nothing: chains are immutable and replaced as a whole.
 */
final class TaskTable {
    private static final int BUCKETS = 1 << 10;
    private static final int HASH = 0x9e3779b9;

    private record Link(Task task, Link next) {}

    private final AtomicReferenceArray<Link> buckets = new AtomicReferenceArray<>(BUCKETS);
    private final AtomicInteger count = new AtomicInteger();

    private static int bucket(int node, int pid) {
        return ((pid * 31 + node) * HASH >>> 16) & BUCKETS - 1;
    }

    Task find(int node, int pid) {
        for (Link link = buckets.get(bucket(node, pid)); link != null; link = link.next()) {
            if (link.task().pid() == pid && link.task().node() == node) {
                return link.task();
            }
        }
        return null;
    }

    /** @return the task that was there under the same name, or null */
    synchronized Task put(Task task) {
        Task old = remove(task.node(), task.pid());
        int bucket = bucket(task.node(), task.pid());
        buckets.set(bucket, new Link(task, buckets.get(bucket)));
        count.incrementAndGet();
        return old;
    }

    synchronized Task remove(int node, int pid) {
        Task task = find(node, pid);
        if (task != null) {
            int bucket = bucket(node, pid);
            Link rest = null;
            for (Link link = buckets.get(bucket); link != null; link = link.next()) {
                rest = link.task() == task ? rest : new Link(link.task(), rest);
            }
            buckets.set(bucket, rest);
            count.decrementAndGet();
        }
        return task;
    }

    int count() {
        return count.get();
    }

    List<Task> all() {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            for (Link link = buckets.get(i); link != null; link = link.next()) {
                tasks.add(link.task());
            }
        }
        return tasks;
    }
}
