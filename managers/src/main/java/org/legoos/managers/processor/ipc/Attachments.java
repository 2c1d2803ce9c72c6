package org.legoos.managers.processor.ipc;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.legoos.managers.processor.core.Process;

/** Which segments are attached where in which process. Thread-safe. */
final class Attachments {
    private final Map<Process, TreeMap<Long, SharedSegment>> segments = new HashMap<>(); // guarded by this

    synchronized void add(Process process, long va, SharedSegment segment) {
        segments.computeIfAbsent(process, p -> new TreeMap<>()).put(va, segment);
    }

    /** The segment that was attached at exactly this address, taken out; or null. */
    synchronized SharedSegment remove(Process process, long va) {
        TreeMap<Long, SharedSegment> own = segments.get(process);
        SharedSegment segment = own == null ? null : own.remove(va);
        if (own != null && own.isEmpty()) {
            segments.remove(process);
        }
        return segment;
    }

    /** All of a process, taken out: address to segment. */
    synchronized Map<Long, SharedSegment> removeAll(Process process) {
        Map<Long, SharedSegment> own = segments.remove(process);
        return own == null ? Map.of() : own;
    }

    /** fork: the child has what its parent has. @return what that is */
    synchronized Map<Long, SharedSegment> copy(Process parent, Process child) {
        TreeMap<Long, SharedSegment> own = segments.get(parent);
        if (own == null) {
            return Map.of();
        }
        segments.put(child, new TreeMap<>(own));
        return own;
    }
}
