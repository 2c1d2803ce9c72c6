package org.legoos.managers.processor.pipe;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.PlacelessAttributes;

/** What is between the ends of a pipe or FIFO. Thread-safe. */
public final class Pipe {
    /** PIPE_BUF: writes up to this are not torn, packets are no longer. */
    public static final int ATOMIC_BYTES = 4096;
    public static final int DEFAULT_BYTES = 64 << 10;

    /** fs.pipe-max-size. */
    public static final int MAX_BYTES = 1 << 20;

    private static final AtomicLong NEXT_INO = new AtomicLong(1000);

    private final long ino = NEXT_INO.getAndIncrement();
    private final WaitList waiters = new WaitList();
    private final PipeBuffer buffer = new PipeBuffer(); // guarded by this
    private int capacity = DEFAULT_BYTES; // guarded by this
    private int readers; // guarded by this
    private int writers; // guarded by this
    private int readersEver; // guarded by this
    private int writersEver; // guarded by this

    private final PlacelessAttributes attributes = new PlacelessAttributes(FileMode.S_IFIFO | 0600);

    /** Of a pipe; those of a FIFO are in its file system. */
    PlacelessAttributes attributes() {
        return attributes;
    }

    public long ino() {
        return ino;
    }

    /** Who waits for data, for room, or for the other side of a FIFO. */
    public WaitList waiters() {
        return waiters;
    }

    void opened(boolean isReader, boolean isWriter) {
        synchronized (this) {
            readers += isReader ? 1 : 0;
            readersEver += isReader ? 1 : 0;
            writers += isWriter ? 1 : 0;
            writersEver += isWriter ? 1 : 0;
        }
        waiters.wakeAll();
    }

    /** @return whether that was the last end */
    boolean closed(boolean isReader, boolean isWriter) {
        boolean isLast;
        int ready;
        synchronized (this) {
            readers -= isReader ? 1 : 0;
            writers -= isWriter ? 1 : 0;
            isLast = readers == 0 && writers == 0;
            ready = (writers == 0 ? OpenFlags.POLLHUP | OpenFlags.READABLE : 0) | (readers == 0 ? OpenFlags.POLLERR | OpenFlags.WRITABLE : 0);
        }
        if (ready != 0) {
            waiters.wake(ready);
        }
        return isLast;
    }

    synchronized boolean hasReaders() {
        return readers > 0;
    }

    synchronized boolean hasWriters() {
        return writers > 0;
    }

    /** How often the end was opened: a FIFO's opener waits for a change. */
    synchronized int everOpened(boolean asReader) {
        return asReader ? readersEver : writersEver;
    }

    /** @return bytes, 0 when all writers have closed, -EAGAIN when empty */
    public int read(MemorySegment to, long at, int lengthBytes) {
        int done;
        synchronized (this) {
            if (buffer.used() == 0) {
                return writers == 0 || lengthBytes == 0 ? 0 : -Errno.EAGAIN;
            }
            done = Math.min(lengthBytes, buffer.readable());
            buffer.peek(to, at, done);
            buffer.consume(done);
        }
        waiters.wake(OpenFlags.WRITABLE);
        return done;
    }

    /** As read, but leaves everything where it is (tee(2), splice(2)). */
    public synchronized int peek(MemorySegment to, long at, int lengthBytes) {
        if (buffer.used() == 0) {
            return writers == 0 || lengthBytes == 0 ? 0 : -Errno.EAGAIN;
        }
        int done = Math.min(lengthBytes, buffer.readable());
        buffer.peek(to, at, done);
        return done;
    }

    /** @return bytes (all when at most ATOMIC_BYTES and {@code isAtomic}), -EAGAIN, -EPIPE */
    public int write(MemorySegment from, long at, int lengthBytes, boolean isAtomic) {
        int done;
        synchronized (this) {
            if (readers == 0) {
                return -Errno.EPIPE;
            }
            int room = room();
            if (room == 0 || isAtomic && lengthBytes <= ATOMIC_BYTES && room < lengthBytes) {
                return lengthBytes == 0 ? 0 : -Errno.EAGAIN;
            }
            done = Math.min(lengthBytes, room);
            buffer.write(from, at, done, false);
        }
        waiters.wake(OpenFlags.READABLE);
        return done;
    }

    /** Writes one packet, or several when it is longer than ATOMIC_BYTES. @return bytes, -EAGAIN, -EPIPE */
    int writePacket(MemorySegment from, long at, int lengthBytes) {
        int done = 0;
        synchronized (this) {
            if (readers == 0) {
                return -Errno.EPIPE;
            }
            while (done < lengthBytes && room() >= Math.min(lengthBytes - done, ATOMIC_BYTES)
                    && buffer.packets() < capacity / ATOMIC_BYTES) {
                int length = Math.min(lengthBytes - done, ATOMIC_BYTES);
                buffer.write(from, at + done, length, true);
                done += length;
            }
        }
        waiters.wake(OpenFlags.READABLE);
        return done > 0 || lengthBytes == 0 ? done : -Errno.EAGAIN;
    }

    private int room() {
        return Math.max(0, capacity - buffer.used());
    }

    /** Bytes that can be written now, -EPIPE when nobody reads. */
    public synchronized int writable() {
        return readers == 0 ? -Errno.EPIPE : room();
    }

    synchronized int available() {
        return buffer.used();
    }

    synchronized int capacity() {
        return capacity;
    }

    /** F_SETPIPE_SZ: rounded up to a power of two of pages. @return the new capacity or -EBUSY, -EPERM, -EINVAL */
    int setCapacity(long bytes) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE) {
            return -Errno.EINVAL;
        }
        if (bytes > MAX_BYTES) {
            return -Errno.EPERM;
        }
        int rounded = Math.max(ATOMIC_BYTES, Integer.highestOneBit((int) bytes * 2 - 1));
        synchronized (this) {
            if (rounded < buffer.used()) {
                return -Errno.EBUSY;
            }
            capacity = rounded;
            buffer.trim();
        }
        waiters.wake(OpenFlags.WRITABLE);
        return rounded;
    }

    /** @param writersBefore how often the write end had been opened when the asking FIFO reader was, -1 for a pipe */
    synchronized int poll(boolean isReader, boolean isWriter, int writersBefore) {
        int ready = 0;
        if (isReader) {
            ready |= buffer.used() > 0 ? OpenFlags.READABLE : 0;
            ready |= writers == 0 && writersEver != writersBefore ? OpenFlags.POLLHUP : 0;
        }
        if (isWriter) {
            ready |= room() >= ATOMIC_BYTES ? OpenFlags.WRITABLE : 0;
            ready |= readers == 0 ? OpenFlags.POLLERR : 0;
        }
        return ready;
    }
}
