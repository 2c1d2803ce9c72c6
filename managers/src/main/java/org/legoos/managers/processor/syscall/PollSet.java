package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** Descriptors whose readiness one call waits for. */
final class PollSet {
    static final int SELECT_READ = OpenFlags.POLLIN | OpenFlags.POLLRDNORM | OpenFlags.POLLHUP | OpenFlags.POLLERR;
    static final int SELECT_WRITE = OpenFlags.POLLOUT | OpenFlags.POLLWRNORM | OpenFlags.POLLERR;
    static final int SELECT_EXCEPT = OpenFlags.POLLPRI;

    private final UserThread t;
    private final OpenFile[] files;
    private final int[] wanted;
    private final int[] results;
    private int count;

    PollSet(UserThread t, int capacity) {
        this.t = t;
        this.files = new OpenFile[capacity];
        this.wanted = new int[capacity];
        this.results = new int[capacity];
    }

    /** Adds a descriptor; a negative one is passed over, one that is not open answers POLLNVAL. */
    void add(int fd, int events) {
        files[count] = fd < 0 ? null : t.files().find(fd);
        wanted[count] = fd < 0 ? 0 : events | OpenFlags.POLLERR | OpenFlags.POLLHUP;
        results[count] = fd >= 0 && files[count] == null ? OpenFlags.POLLNVAL : 0;
        count++;
    }

    int result(int index) {
        return results[index];
    }

    /** @return how many are ready, 0 at the deadline, or -ERESTARTNOHAND */
    long await(long deadlineNs) {
        long ready = scan();
        if (ready > 0 || deadlineNs <= t.nowNs()) {
            return ready;
        }
        listen(true);
        try {
            while (true) {
                t.prepareSleep();
                ready = scan();
                if (ready > 0) {
                    return ready;
                }
                if (t.isInterrupted()) {
                    return -Errno.ERESTARTNOHAND;
                }
                if (!t.sleep(deadlineNs)) {
                    return scan();
                }
            }
        } finally {
            listen(false);
        }
    }

    private long scan() {
        long ready = 0;
        for (int i = 0; i < count; i++) {
            if (files[i] != null) {
                results[i] = files[i].poll() & wanted[i];
            }
            ready += results[i] != 0 ? 1 : 0;
        }
        return ready;
    }

    private void listen(boolean isOn) {
        for (int i = 0; i < count; i++) {
            WaitList waiters = files[i] == null ? null : files[i].waiters();
            if (waiters != null && isOn) {
                waiters.add(t.waiter());
            } else if (waiters != null) {
                waiters.remove(t.waiter());
            }
        }
    }
}
