package org.legoos.managers.processor.notify;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.event.AnonymousFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** An inotify instance: a queue of events. Thread-safe. */
public final class InotifyFile extends AnonymousFile {
    public static final int IN_Q_OVERFLOW = 0x4000;

    /** fs.inotify.max_queued_events: later ones are lost and one event says so. */
    private static final int EVENTS_MAX = 16384;

    /** struct inotify_event: wd, mask, cookie, len; the name follows, padded to a multiple of this. */
    private static final int EVENT_BYTES = 16;
    private static final int FIONREAD = 0x541b;

    private record Event(int watch, int mask, int cookie, String name) {
        int bytes() {
            return EVENT_BYTES + (name.isEmpty() ? 0 : name.length() + EVENT_BYTES & -EVENT_BYTES);
        }
    }

    private final Notifier notifier;
    private final WaitList waiters = new WaitList();
    private final ArrayDeque<Event> events = new ArrayDeque<>(); // guarded by this
    int nextWatch = 1; // guarded by the notifier

    public InotifyFile(Notifier notifier, int flags) {
        super("inotify", flags | OpenFlags.O_RDONLY);
        this.notifier = notifier;
    }

    void add(int watch, int mask, int cookie, String name) {
        synchronized (this) {
            Event event = events.size() >= EVENTS_MAX ? new Event(-1, IN_Q_OVERFLOW, 0, "") : new Event(watch, mask, cookie, name);
            if (event.equals(events.peekLast())) {
                return; // as Linux: two that are the same are one
            }
            events.add(event);
        }
        waiters.wake(OpenFlags.READABLE);
    }

    @Override
    protected void closed() {
        notifier.removeAll(this);
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        int done = 0;
        synchronized (this) {
            if (events.isEmpty()) {
                return -Errno.EAGAIN;
            }
            while (!events.isEmpty() && events.peek().bytes() <= lengthBytes - done) {
                Event event = events.poll();
                byte[] image = new byte[event.bytes()];
                Le.putInt(image, 0, event.watch);
                Le.putInt(image, 4, event.mask);
                Le.putInt(image, 8, event.cookie);
                Le.putInt(image, 12, image.length - EVENT_BYTES);
                byte[] name = Program.bytes(event.name);
                System.arraycopy(name, 0, image, EVENT_BYTES, name.length);
                MemorySegment.copy(image, 0, to, ValueLayout.JAVA_BYTE, at + done, image.length);
                done += image.length;
            }
        }
        return done > 0 ? done : -Errno.EINVAL;
    }

    @Override
    public int ioctl(UserThread t, int request, long arg) {
        if (request != FIONREAD) {
            return -Errno.ENOTTY;
        }
        int bytes = 0;
        synchronized (this) {
            for (Event event : events) {
                bytes += event.bytes();
            }
        }
        t.user().putInt(arg, bytes);
        return 0;
    }

    @Override
    public synchronized int poll() {
        return events.isEmpty() ? 0 : OpenFlags.READABLE;
    }

    @Override
    public WaitList waiters() {
        return waiters;
    }
}
