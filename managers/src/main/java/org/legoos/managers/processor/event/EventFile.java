package org.legoos.managers.processor.event;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.OpenFlags;

/** eventfd(2). */
public final class EventFile extends AnonymousFile {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long FULL = -2L; // 2^64 - 2 as unsigned

    private final boolean isSemaphore;
    private final WaitList waiters = new WaitList();
    private long count; // unsigned; guarded by this

    public EventFile(long count, boolean isSemaphore, int flags) {
        super("[eventfd]", flags | OpenFlags.O_RDWR);
        this.count = count;
        this.isSemaphore = isSemaphore;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        if (lengthBytes < Long.BYTES) {
            return -Errno.EINVAL;
        }
        synchronized (this) {
            if (count == 0) {
                return -Errno.EAGAIN;
            }
            long taken = isSemaphore ? 1 : count;
            count -= taken;
            to.set(LONG, at, taken);
        }
        waiters.wake(OpenFlags.WRITABLE);
        return Long.BYTES;
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        if (lengthBytes < Long.BYTES) {
            return -Errno.EINVAL;
        }
        long added = from.get(LONG, at);
        if (added == -1L) {
            return -Errno.EINVAL;
        }
        synchronized (this) {
            if (Long.compareUnsigned(added, FULL - count) > 0) {
                return -Errno.EAGAIN;
            }
            count += added;
        }
        waiters.wake(OpenFlags.READABLE);
        return Long.BYTES;
    }

    /** Counts up, as far as there is room (eventfd_signal of Linux). Any thread. */
    public void add(long more) {
        synchronized (this) {
            count += Long.compareUnsigned(more, FULL - count) > 0 ? FULL - count : more;
        }
        waiters.wake(OpenFlags.READABLE);
    }

    @Override
    public synchronized int poll() {
        return (count != 0 ? OpenFlags.POLLIN : 0) | (Long.compareUnsigned(count, FULL) < 0 ? OpenFlags.POLLOUT : 0);
    }

    @Override
    public WaitList waiters() {
        return waiters;
    }
}
