package org.legoos.managers.processor.inet;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.OpenFlags;

/**
 * One end of an established TCP connection as tcp(7) describes it: what has arrived, who has said goodbye, which error
 * waits for the program. There are no segments: a send puts its bytes straight into the other end's queue, whose
 * room is the sender's buffer and the receiver's together. Thread-safe: one lock, never held while the peer is called.
 */
final class StreamEnd implements StreamPeer {
    private final StreamQueue queue; // guarded by this, as all that is not volatile
    private final WaitList waiters;
    private volatile StreamPeer peer;
    private volatile int capacity;
    private volatile int queued; // queue.size(), for those who only look
    private int lowWater = 1;
    private boolean isClosed; // by the program
    private volatile boolean isReset;
    private volatile boolean isFinished; // the peer sends no more
    private volatile boolean isReceiveShut;
    private volatile boolean isSendShut;
    private volatile int error;
    private long bytesReceived;
    private volatile long bytesSent;
    private volatile boolean isStarved; // there was room, but no memory: full until something is read
    private UrgentByte urgent; // null until there was one
    private boolean isUrgentInline; // SO_OOBINLINE

    StreamEnd(BufferBudget budget, WaitList waiters) {
        queue = new StreamQueue(budget);
        this.waiters = waiters;
    }

    /** Joins the end to its peer before anybody uses it. */
    void attach(StreamPeer other, int capacityBytes) {
        peer = other;
        capacity = Math.max(StreamQueue.MIN_BYTES, capacityBytes);
    }

    void setCapacity(int bytes) {
        capacity = Math.max(StreamQueue.MIN_BYTES, bytes);
    }

    /** SO_RCVLOWAT and SO_OOBINLINE. */
    synchronized void setOptions(int lowWaterBytes, boolean urgentInline) {
        lowWater = lowWaterBytes;
        isUrgentInline = urgentInline;
    }

    // ---- from the peer

    @Override
    public int deliver(MemorySegment from, long at, int length) {
        int taken;
        synchronized (this) {
            if (isClosed || isReset) {
                return GONE;
            }
            taken = queue.put(from, at, length, capacity);
            queued = queue.size();
            isStarved = taken == 0 && length > 0 && queued < capacity;
            bytesReceived += taken;
        }
        if (taken > 0) {
            waiters.wake(OpenFlags.READABLE);
        }
        return taken;
    }

    /** One byte of urgent data (MSG_OOB). @return false when the end is gone */
    boolean deliverUrgent(byte value) {
        synchronized (this) {
            if (isClosed || isReset) {
                return false;
            }
            if (urgent == null) {
                urgent = new UrgentByte();
            }
            urgent.arrive(value, bytesReceived, isUrgentInline);
            if (isUrgentInline) {
                queue.put(MemorySegment.ofArray(new byte[] {value}), 0, 1, Integer.MAX_VALUE);
                queued = queue.size();
                bytesReceived++;
            }
        }
        waiters.wake(OpenFlags.READABLE | OpenFlags.POLLPRI);
        return true;
    }

    @Override
    public int room() {
        return isReset ? capacity : isStarved ? 0 : Math.max(0, capacity - queued);
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void finish() {
        isFinished = true;
        waiters.wake(OpenFlags.READABLE | OpenFlags.POLLRDHUP | OpenFlags.POLLHUP);
    }

    @Override
    public void reset() {
        synchronized (this) {
            if (isClosed || isReset) {
                return;
            }
            // In CLOSE_WAIT only the program's own sending can have been wrong (tcp_reset of Linux).
            error = isFinished && !isSendShut ? Errno.EPIPE : Errno.ECONNRESET;
            isReset = true;
        }
        waiters.wakeAll();
    }

    @Override
    public void drained() {
        waiters.wake(OpenFlags.WRITABLE);
    }

    // ---- from the program

    /** @return bytes taken, -EAGAIN, -EPIPE, -ECONNRESET */
    int send(MemorySegment from, long at, int length) {
        int pending = takeError();
        if (pending != 0) {
            return -pending;
        }
        if (isSendShut || isReset) {
            return -Errno.EPIPE;
        }
        if (length == 0) {
            return 0; // no segment, no answer
        }
        int taken = peer.deliver(from, at, length);
        if (taken == GONE) {
            reset(); // the answer comes at once; the call itself has succeeded
            return length;
        }
        bytesSent += taken;
        return taken > 0 ? taken : -Errno.EAGAIN;
    }

    void sent(int bytes) {
        bytesSent += bytes;
    }

    StreamPeer peer() {
        return peer;
    }

    boolean isSendShut() {
        return isSendShut || isReset;
    }

    /** @return bytes, 0 at the end, -EAGAIN, -ECONNRESET */
    int receive(MemorySegment to, long at, int length, boolean isPeek, boolean isDiscard) {
        int taken;
        boolean isNowWritable;
        synchronized (this) {
            taken = Math.min(length, untilMark());
            if (taken == 0) {
                return length == 0 ? 0 : nothingHere();
            }
            if (!isDiscard) {
                queue.peek(to, at, taken);
            }
            if (isPeek) {
                return taken;
            }
            boolean wasWritable = isWritable(queue.size()) && !isStarved;
            isStarved = false;
            queue.skip(taken);
            queued = queue.size();
            isNowWritable = !wasWritable && isWritable(queue.size());
        }
        if (isNowWritable) {
            peer.drained();
        }
        return taken;
    }

    /** Bytes up to the urgent mark: a read stops there. */
    private int untilMark() {
        return urgent == null ? queue.size() : urgent.readable(bytesReceived - queue.size(), queue.size());
    }

    private int nothingHere() {
        int pending = takeError();
        if (pending != 0) {
            return -pending;
        }
        return isFinished || isReceiveShut || isReset ? 0 : -Errno.EAGAIN;
    }

    /** recv with MSG_OOB. @return the byte, or -EINVAL, -EAGAIN */
    synchronized int takeUrgent(boolean isPeek) {
        return urgent == null ? -Errno.EINVAL : urgent.take(isPeek);
    }

    /** SIOCATMARK. */
    synchronized boolean isAtMark() {
        return urgent != null && urgent.isAtMark(bytesReceived - queue.size());
    }

    private boolean isWritable(int used) {
        return capacity - used >= capacity / 3;
    }

    synchronized int takeError() {
        int taken = error;
        error = 0;
        return taken;
    }

    /** @return false when that was done before */
    boolean shutSend() {
        synchronized (this) {
            if (isSendShut || isReset) {
                return false;
            }
            isSendShut = true;
        }
        peer.finish();
        waiters.wakeAll();
        return true;
    }

    void shutReceive() {
        isReceiveShut = true;
        waiters.wakeAll();
    }

    /** The program closes the socket. @param isAbort SO_LINGER with time 0: the peer gets a reset */
    void close(boolean isAbort) {
        boolean isUnread;
        boolean isFirstFinish;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            isUnread = queue.size() > 0;
            isFirstFinish = !isSendShut;
            isSendShut = true;
            queue.clear();
            queued = 0;
        }
        if (isReset) {
            return;
        }
        if (isAbort || isUnread) {
            peer.reset();
        } else if (isFirstFinish) {
            peer.finish();
        }
        peer.closed();
        peer.drained();
    }

    int poll() {
        boolean isInputOver = isFinished || isReceiveShut || isReset;
        boolean isOutputOver = isSendShut || isReset;
        int ready = 0;
        if (isInputOver) {
            ready |= OpenFlags.READABLE | OpenFlags.POLLRDHUP;
        } else if (queued > 0 && hasReadable()) {
            ready |= OpenFlags.READABLE;
        }
        if (isOutputOver || peer.room() >= peer.capacity() / 3) {
            ready |= OpenFlags.WRITABLE;
        }
        if (isInputOver && isOutputOver) {
            ready |= OpenFlags.POLLHUP;
        }
        if (error != 0) {
            ready |= OpenFlags.POLLERR | OpenFlags.READABLE;
        }
        return hasUrgent() ? ready | OpenFlags.POLLPRI : ready;
    }

    private synchronized boolean hasReadable() {
        return queue.size() >= Math.min(lowWater, capacity);
    }

    private synchronized boolean hasUrgent() {
        return urgent != null && urgent.isWaiting();
    }

    int queuedBytes() {
        return queued;
    }

    boolean isFinished() {
        return isFinished;
    }

    boolean isReset() {
        return isReset;
    }

    synchronized long bytesReceived() {
        return bytesReceived;
    }

    long bytesSent() {
        return bytesSent;
    }
}
