package org.legoos.managers.processor.socket.unix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.legoos.managers.processor.fs.OpenFile;

/**
 * Finds sockets that only messages to each other still refer to (net/unix/garbage.c of Linux): a socket sent to itself, two that
 * were sent to each other, and closed. Candidates are sockets all of whose references are in flight; those that somebody
 * outside can still receive, and all that can be received from them, stay; the messages of the others are thrown away.
 *
 * <p>Nobody can get at a candidate but by receiving it. So it works without locks, and {@link InFlight} takes the result only
 * when nothing was sent or received meanwhile; garbage stays garbage.
 */
final class GarbageCollector {
    private final Map<UnixSocket, Integer> inFlight;
    private final Set<UnixSocket> garbage = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param inFlight how many references of each socket are in messages */
    GarbageCollector(Map<UnixSocket, Integer> inFlight) {
        this.inFlight = inFlight;
    }

    /** Looks; {@link #clear} acts. */
    void look() {
        Map<UnixSocket, Integer> fromOutside = new IdentityHashMap<>();
        inFlight.forEach((socket, count) -> {
            if (socket.referenceCount() == count) {
                garbage.add(socket);
                fromOutside.put(socket, count);
            }
        });
        for (UnixSocket socket : garbage) {
            forEachSent(socket, sent -> fromOutside.computeIfPresent(sent, (s, count) -> count - 1));
        }
        ArrayDeque<UnixSocket> reachable = new ArrayDeque<>();
        fromOutside.forEach((socket, count) -> {
            if (count > 0) {
                reachable.add(socket);
            }
        });
        garbage.removeAll(reachable);
        while (!reachable.isEmpty()) {
            forEachSent(reachable.poll(), sent -> {
                if (garbage.remove(sent)) {
                    reachable.add(sent);
                }
            });
        }
    }

    /** @return files out of garbage's messages, to be released */
    List<OpenFile> clear() {
        List<OpenFile> files = new ArrayList<>();
        for (UnixSocket socket : garbage) {
            socket.inboxes().forEach(inbox -> files.addAll(inbox.clear()));
        }
        return files;
    }

    private static void forEachSent(UnixSocket socket, java.util.function.Consumer<UnixSocket> action) {
        socket.inboxes().forEach(inbox -> inbox.forEachFile(file -> {
            if (file instanceof UnixSocket sent) {
                action.accept(sent);
            }
        }));
    }
}
