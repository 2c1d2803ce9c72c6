package org.legoos.managers.processor.strace;

import org.legoos.managers.processor.core.UserThread;

/** Writes one line a system call for one thread, as strace(1) does. Only exists when tracing is on. */
public final class SyscallTracer {
    private static final int ARGS = 6;
    private static final int RESULT_COLUMN = 39;
    private static final int NR_EXIT = 60;
    private static final int NR_EXIT_GROUP = 231;

    private final UserThread thread;
    private final TraceSink sink;
    private final long[] args = new long[ARGS];
    private final ArgFormatter formatter;
    private String entryText = "";

    public SyscallTracer(UserThread thread, TraceSink sink) {
        this.thread = thread;
        this.sink = sink;
        this.formatter = new ArgFormatter(thread);
    }

    /** At entry: what the call reads is shown as it is now. */
    public void enter(long nr) {
        for (int i = 0; i < ARGS; i++) {
            args[i] = thread.arg(i);
        }
        entryText = formatter.entry(nr, args);
    }

    public void leave(long nr, long result, long durationNs) {
        thread.process().summary().count(nr, result, durationNs);
        if (nr == NR_EXIT || nr == NR_EXIT_GROUP) {
            sink.line(thread.tid(), padded(entryText + ")") + " = ?"); // does not return
            return;
        }
        sink.line(thread.tid(), padded(entryText + formatter.exit(nr, args, result) + ")") + " = " + formatter.result(nr, result));
    }

    /** Results stand in a column of their own where they can. */
    private static String padded(String call) {
        return call.length() >= RESULT_COLUMN ? call : call + " ".repeat(RESULT_COLUMN - call.length());
    }
}
