package org.legoos.managers.processor.aio;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.event.EventFile;
import org.legoos.managers.processor.fs.OpenFile;

/** One context of io_setup(2): requests on their way and what has become of those that are done. Thread-safe. */
public final class AioContext {
    /**
     * What io_getevents(2) gives (struct io_event).
     *
     * @param data the request's own number
     * @param requestVa where its struct iocb lies
     * @param result bytes, poll bits or a negative errno
     */
    public record Event(long data, long requestVa, long result) {}

    private final long ringVa;
    private final int capacity;
    private final WaitList waiters = new WaitList();
    private final ArrayDeque<Event> done = new ArrayDeque<>(); // guarded by this, as all that follows
    private final Set<AioPoll> polls = new LinkedHashSet<>();
    private int reserved;
    private boolean isDead;

    /** @param ringVa the context's number, at which programs look for a ring that they could read themselves */
    AioContext(long ringVa, int capacity) {
        this.ringVa = ringVa;
        this.capacity = capacity;
    }

    public long ringVa() {
        return ringVa;
    }

    int capacity() {
        return capacity;
    }

    public WaitList waiters() {
        return waiters;
    }

    /** A place for one request and its event. @return 0, -EAGAIN: as many as it was made for are on their way or not fetched */
    public synchronized int reserve() {
        if (isDead) {
            return -Errno.EINVAL;
        }
        if (reserved >= capacity) {
            return -Errno.EAGAIN;
        }
        reserved++;
        return 0;
    }

    /** A request that was refused needs its place no more. */
    public synchronized void unreserve() {
        reserved--;
    }

    /** A request is done. @param signal an eventfd that is told (with a reference, which goes), or null */
    public void complete(Event event, EventFile signal) {
        synchronized (this) {
            done.add(event);
        }
        waiters.wakeAll();
        if (signal != null) {
            signal.add(1);
            signal.release();
        }
    }

    /** The next event, or null. */
    public synchronized Event take() {
        Event event = done.poll();
        reserved -= event == null ? 0 : 1;
        return event;
    }

    /** IOCB_CMD_POLL: completes once when the file is ready. The references of file and signal go with it. */
    public void poll(Clock clock, OpenFile file, int events, EventFile signal, long data, long requestVa) {
        AioPoll poll = new AioPoll(this, clock, file, events, signal, data, requestVa);
        synchronized (this) {
            polls.add(poll);
        }
        poll.start();
    }

    synchronized void remove(AioPoll poll) {
        polls.remove(poll);
    }

    /** io_cancel(2) of a poll: its event comes with no bits. @return -EINPROGRESS, or -EINVAL when there is none */
    public int cancel(long requestVa) {
        AioPoll found = null;
        synchronized (this) {
            for (AioPoll poll : polls) {
                found = poll.requestVa() == requestVa ? poll : found;
            }
        }
        return found != null && found.finish(0) ? -Errno.EINPROGRESS : -Errno.EINVAL;
    }

    public synchronized boolean isDead() {
        return isDead;
    }

    /** No more requests; what is waited for is given up. */
    void close() {
        List<AioPoll> left;
        synchronized (this) {
            isDead = true;
            left = List.copyOf(polls);
        }
        left.forEach(poll -> poll.finish(0));
        waiters.wakeAll();
    }
}
