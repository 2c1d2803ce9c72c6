package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.WaitList;

/** A pipe (pipe(7)): a ring of bytes between a read end and a write end. Thread-safe. */
public final class Pipe {
    /** PIPE_BUF: writes up to this are not torn. */
    public static final int ATOMIC_BYTES = 4096;
    public static final int DEFAULT_BYTES = 64 << 10;
    public static final int MAX_BYTES = 1 << 20;

    private static final AtomicLong NEXT_INO = new AtomicLong(1000);

    private final long ino = NEXT_INO.getAndIncrement();
    private final WaitList waiters = new WaitList();
    private byte[] ring = new byte[ATOMIC_BYTES]; // grows up to capacity; guarded by this
    private int capacity = DEFAULT_BYTES; // guarded by this
    private int start; // guarded by this
    private int used; // guarded by this
    private int readers; // guarded by this
    private int writers; // guarded by this

    public long ino() {
        return ino;
    }

    public WaitList waiters() {
        return waiters;
    }

    synchronized void opened(boolean isReader) {
        if (isReader) {
            readers++;
        } else {
            writers++;
        }
    }

    void closed(boolean isReader) {
        synchronized (this) {
            if (isReader) {
                readers--;
            } else {
                writers--;
            }
        }
        waiters.wakeAll();
    }

    /** @return bytes, 0 when all writers have closed, -EAGAIN when empty */
    int read(MemorySegment to, long at, int lengthBytes) {
        int done;
        synchronized (this) {
            if (used == 0) {
                return writers == 0 || lengthBytes == 0 ? 0 : -Errno.EAGAIN;
            }
            done = Math.min(lengthBytes, used);
            int first = Math.min(done, ring.length - start);
            MemorySegment.copy(ring, start, to, ValueLayout.JAVA_BYTE, at, first);
            MemorySegment.copy(ring, 0, to, ValueLayout.JAVA_BYTE, at + first, done - first);
            start = (start + done) % ring.length;
            used -= done;
        }
        waiters.wakeAll();
        return done;
    }

    /** @return bytes (all when at most ATOMIC_BYTES), -EAGAIN, -EPIPE */
    int write(MemorySegment from, long at, int lengthBytes) {
        int done;
        synchronized (this) {
            if (readers == 0) {
                return -Errno.EPIPE;
            }
            int room = capacity - used;
            if (room == 0 || lengthBytes <= ATOMIC_BYTES && room < lengthBytes) {
                return lengthBytes == 0 ? 0 : -Errno.EAGAIN;
            }
            done = Math.min(lengthBytes, room);
            reserve(used + done);
            int end = (start + used) % ring.length;
            int first = Math.min(done, ring.length - end);
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, ring, end, first);
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at + first, ring, 0, done - first);
            used += done;
        }
        waiters.wakeAll();
        return done;
    }

    private void reserve(int bytes) {
        if (bytes > ring.length) {
            resize(Math.min(capacity, Math.max(bytes, ring.length * 4)));
        }
    }

    private void resize(int bytes) {
        byte[] larger = new byte[bytes];
        int first = Math.min(used, ring.length - start);
        System.arraycopy(ring, start, larger, 0, first);
        System.arraycopy(ring, 0, larger, first, used - first);
        ring = larger;
        start = 0;
    }

    synchronized int available() {
        return used;
    }

    synchronized int capacity() {
        return capacity;
    }

    /** F_SETPIPE_SZ: rounded up to a power of two of pages. @return the new capacity or -EBUSY, -EPERM, -EINVAL */
    synchronized int setCapacity(long bytes) {
        if (bytes <= 0 || bytes > Integer.MAX_VALUE) {
            return -Errno.EINVAL;
        }
        if (bytes > MAX_BYTES) {
            return -Errno.EPERM;
        }
        int rounded = Math.max(ATOMIC_BYTES, Integer.highestOneBit((int) bytes * 2 - 1));
        if (rounded < used) {
            return -Errno.EBUSY;
        }
        capacity = rounded;
        resize(Math.min(Math.max(used, ATOMIC_BYTES), rounded));
        return rounded;
    }

    synchronized int poll(boolean isReader) {
        if (isReader) {
            return (used > 0 ? OpenFlags.POLLIN | OpenFlags.POLLRDNORM : 0) | (writers == 0 ? OpenFlags.POLLHUP : 0);
        }
        return (capacity - used >= ATOMIC_BYTES ? OpenFlags.POLLOUT | OpenFlags.POLLWRNORM : 0)
                | (readers == 0 ? OpenFlags.POLLERR : 0);
    }
}
