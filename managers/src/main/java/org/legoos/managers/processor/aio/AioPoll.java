package org.legoos.managers.processor.aio;

import java.util.concurrent.atomic.AtomicBoolean;
import org.legoos.isa.time.Clock;
import org.legoos.managers.processor.core.WaitLink;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.event.EventFile;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/**
 * One IOCB_CMD_POLL that waits. Whoever makes the file ready only arms a timer: the event, and the eventfd that is told,
 * which others may poll in turn, come on the clock's thread, where no list is locked.
 */
final class AioPoll {
    private static final int ALWAYS = OpenFlags.POLLERR | OpenFlags.POLLHUP;

    private final AioContext context;
    private final Clock clock;
    private final OpenFile file;
    private final int events;
    private final EventFile signal;
    private final long data;
    private final long requestVa;
    private final AtomicBoolean isFinished = new AtomicBoolean();
    private final Clock.Timer timer;
    private final WaitLink link = new WaitLink(this::wake);
    private final WaitList list;

    AioPoll(AioContext context, Clock clock, OpenFile file, int events, EventFile signal, long data, long requestVa) {
        this.context = context;
        this.clock = clock;
        this.file = file;
        this.events = events | ALWAYS;
        this.signal = signal;
        this.data = data;
        this.requestVa = requestVa;
        this.timer = clock.newTimer(this::look);
        this.list = file.waiters();
    }

    long requestVa() {
        return requestVa;
    }

    void start() {
        if (list != null) {
            list.add(link, events);
        }
        look();
    }

    private void wake(int ready) {
        timer.arm(clock.nowNs());
    }

    private void look() {
        int ready = file.poll() & events;
        if (ready != 0) {
            finish(ready);
        }
    }

    /** @return false when it is done already */
    boolean finish(int ready) {
        if (!isFinished.compareAndSet(false, true)) {
            return false;
        }
        if (list != null) {
            list.remove(link);
        }
        timer.cancel();
        context.remove(this);
        file.release();
        context.complete(new AioContext.Event(data, requestVa, ready), signal);
        return true;
    }
}
