package org.legoos.emulator.fuzz;

import java.util.Map;
import java.util.stream.Stream;

/** Where threads are, for the report of a hang. */
public final class Stacks {
    private static final int FRAMES_MAX = 48;
    private static final String OURS = "org.legoos";

    private Stacks() {}

    /** The threads that are in a call of these packages. @param prefix the begin of a class name */
    public static String of(String prefix) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
            if (Stream.of(entry.getValue()).anyMatch(frame -> frame.getClassName().startsWith(prefix))) {
                Thread thread = entry.getKey();
                text.append("\n").append(thread.getName()).append(' ').append(thread.getState());
                Stream.of(entry.getValue()).limit(FRAMES_MAX).forEach(frame -> text.append("\n    ").append(frame));
            }
        }
        return text.toString();
    }

    /** All threads of the nodes, and whoever works for them. */
    public static String ofNodes() {
        return of(OURS);
    }
}
