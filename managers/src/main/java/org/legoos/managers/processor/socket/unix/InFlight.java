package org.legoos.managers.processor.socket.unix;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;

/** Open files on their way in messages (net/unix/garbage.c of Linux): bounded, and let go without deep recursion. */
final class InFlight {
    /** Files in flight on all nodes of this machine together: nobody can hold more by sending them about. */
    private static final int MAX = 1 << 16;

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ConcurrentHashMap<UnixSocket, Integer> SOCKETS = new ConcurrentHashMap<>();
    private static final AtomicLong CHANGES = new AtomicLong();
    private static final AtomicBoolean COLLECTING = new AtomicBoolean();
    private static final ArrayDeque<OpenFile> TO_RELEASE = new ArrayDeque<>(); // guarded by itself
    private static boolean isReleasing; // guarded by TO_RELEASE

    private InFlight() {}

    /** Counts files that are about to be sent. @return false when there are too many: ETOOMANYREFS */
    static boolean sent(UserThread t, OpenFile[] files) {
        if (COUNT.get() + files.length > MAX) {
            collectGarbage();
        }
        long limit = t.process().credentials().has(Capability.CAP_SYS_RESOURCE) ? MAX : Math.min(MAX, t.process().rlimits().soft(Rlimits.NOFILE));
        if (COUNT.addAndGet(files.length) > limit) {
            COUNT.addAndGet(-files.length);
            return false;
        }
        for (OpenFile file : files) {
            if (file instanceof UnixSocket socket) {
                SOCKETS.merge(socket, 1, Integer::sum);
            }
        }
        CHANGES.incrementAndGet();
        return true;
    }

    /** Counts files that have been received or thrown away: they are out of their inbox. */
    static void taken(Iterable<OpenFile> files) {
        for (OpenFile file : files) {
            COUNT.decrementAndGet();
            if (file instanceof UnixSocket socket) {
                SOCKETS.computeIfPresent(socket, (s, count) -> count == 1 ? null : count - 1);
            }
        }
        CHANGES.incrementAndGet();
    }

    /** Called when a socket is closed and when there are too many files in flight. */
    static void collectGarbage() {
        if (SOCKETS.isEmpty() || !COLLECTING.compareAndSet(false, true)) {
            return;
        }
        List<OpenFile> files = List.of();
        try {
            long before = CHANGES.get();
            GarbageCollector collector = new GarbageCollector(SOCKETS);
            collector.look();
            if (CHANGES.get() == before) {
                files = collector.clear();
            }
        } finally {
            COLLECTING.set(false);
        }
        release(files);
    }

    /**
     * Releases files that were in flight. Closing a socket may throw away messages with sockets whose closing throws
     * away messages, as deep as a program likes: so they are taken one after the other.
     */
    static void release(List<OpenFile> files) {
        if (files.isEmpty()) {
            return;
        }
        synchronized (TO_RELEASE) {
            TO_RELEASE.addAll(files);
            if (isReleasing) {
                return;
            }
            isReleasing = true;
        }
        for (OpenFile file = next(); file != null; file = next()) {
            file.release();
        }
    }

    private static OpenFile next() {
        synchronized (TO_RELEASE) {
            OpenFile file = TO_RELEASE.poll();
            isReleasing = file != null;
            return file;
        }
    }
}
