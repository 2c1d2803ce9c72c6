package org.legoos.managers.processor.fs;

import java.util.Arrays;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitLink;
import org.legoos.managers.processor.core.WaitList;

/**
 * The files whose readiness one call of a thread waits for: the common part of poll, select and other calls
 * that look at several files. Each thread has one and uses it again, so that a call allocates only when it watches more
 * files than any before it. Owner only.
 */
public final class PollTable {
    /** Larger tables are not kept after the call. */
    private static final int KEPT_MAX = 1024;

    private final UserThread t;
    private OpenFile[] files = new OpenFile[0];
    private WaitLink[] links = new WaitLink[0];
    private int[] wanted = new int[0];
    private int[] results = new int[0];
    private byte[] bytes = new byte[0];
    private int count;

    public PollTable(UserThread t) {
        this.t = t;
    }

    /** Begins a call that watches up to {@code capacity} files. */
    public void begin(int capacity) {
        count = 0;
        if (files.length < capacity || files.length > KEPT_MAX) {
            int size = Math.max(16, capacity);
            files = new OpenFile[size];
            links = new WaitLink[size];
            wanted = new int[size];
            results = new int[size];
        }
    }

    /** Scratch for the call's argument, at least this long; content is undefined. */
    public byte[] scratch(int lengthBytes) {
        if (bytes.length < lengthBytes || bytes.length > KEPT_MAX * 16) {
            bytes = new byte[Math.max(256, lengthBytes)];
        }
        return bytes;
    }

    /**
     * Adds a file.
     *
     * @param file null for none: it is never ready
     * @param events bits that count
     * @param now bits that hold anyway (POLLNVAL)
     */
    public void add(OpenFile file, int events, int now) {
        files[count] = file;
        wanted[count] = events;
        results[count] = now;
        count++;
    }

    /** What is ready of the file that was added as {@code index}. */
    public int result(int index) {
        return results[index];
    }

    /** @return how many are ready, 0 at the deadline, or -EINTR when the thread has to see to a signal */
    public int await(long deadlineNs) {
        int ready = scan();
        try {
            return ready > 0 || deadlineNs != WaitQueue.FOREVER && deadlineNs <= t.nowNs() ? ready : sleep(deadlineNs);
        } finally {
            Arrays.fill(files, 0, count, null);
        }
    }

    private int sleep(long deadlineNs) {
        listen();
        try {
            while (true) {
                t.prepareSleep();
                int ready = scan();
                if (ready > 0) {
                    return ready;
                }
                if (t.isInterrupted()) {
                    return -Errno.EINTR;
                }
                if (!t.sleep(deadlineNs)) {
                    return scan();
                }
            }
        } finally {
            unlisten();
        }
    }

    private int scan() {
        int ready = 0;
        for (int i = 0; i < count; i++) {
            if (files[i] != null) {
                results[i] = files[i].poll(t) & wanted[i];
            }
            ready += results[i] != 0 ? 1 : 0;
        }
        return ready;
    }

    private void listen() {
        for (int i = 0; i < count; i++) {
            WaitList waiters = files[i] == null ? null : files[i].waiters(t);
            if (waiters != null) {
                if (links[i] == null) {
                    links[i] = new WaitLink(t.waiter());
                }
                waiters.add(links[i], wanted[i]);
            }
        }
    }

    private void unlisten() {
        for (int i = 0; i < count; i++) {
            WaitList waiters = files[i] == null ? null : files[i].waiters(t);
            if (waiters != null) {
                waiters.remove(links[i]);
            }
        }
    }
}
