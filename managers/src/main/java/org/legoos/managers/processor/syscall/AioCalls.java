package org.legoos.managers.processor.syscall;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.aio.AioContext;
import org.legoos.managers.processor.aio.AioTable;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.AddressSpace;

/** io_setup(2) and its relatives (fs/aio.c): contexts and their events; {@link AioSubmit} has the requests. */
final class AioCalls {
    private static final int PAGE_BYTES = 4096;
    /** Linux: 0x10000000 / sizeof(struct io_event). */
    private static final int EVENTS_ASKED_MAX = 0x800000;
    /** Linux gives room for as many events for each CPU at least. */
    private static final int EVENTS_EACH_CPU = 4;

    /** struct io_event: data, obj, res, res2. */
    private static final int EVENT_BYTES = 32;
    private static final int EVENT_OBJ = 8;
    private static final int EVENT_RES = 16;
    private static final int EVENT_RES2 = 24;

    private AioCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("io_setup", (t, a, b, c, d, e, f) -> setup(t, (int) a, b));
        table.full("io_destroy", (t, a, b, c, d, e, f) -> destroy(t, a));
        table.full("io_submit", (t, a, b, c, d, e, f) -> submit(t, a, b, c));
        table.full("io_cancel", (t, a, b, c, d, e, f) -> cancel(t, a, b));
        table.full("io_getevents", (t, a, b, c, d, e, f) -> {
            long events = getEvents(t, a, b, c, d, PollCalls.deadline(t, e));
            return events == -Errno.ERESTARTNOHAND ? -Errno.EINTR : events;
        });
        table.full("io_pgetevents", (t, a, b, c, d, e, f) -> {
            long deadlineNs = PollCalls.deadline(t, e);
            if (f != 0) {
                SignalMask.swap(t, t.user().getLong(f), t.user().getLong(f + Long.BYTES));
            }
            return getEvents(t, a, b, c, d, deadlineNs);
        });
    }

    private static AioTable table(UserThread t) {
        return t.process().manager().aio();
    }

    private static AioContext context(UserThread t, long id) {
        AioContext found = table(t).find(t.process(), id);
        if (found == null) {
            throw SysError.of(Errno.EINVAL);
        }
        return found;
    }

    /** The context's number is the address of a page of zeros: no ring's magic number, so C libraries ask the kernel for events. */
    private static long setup(UserThread t, int events, long idVa) {
        if (t.user().getLong(idVa) != 0 || events <= 0) {
            return -Errno.EINVAL;
        }
        if (events > EVENTS_ASKED_MAX) {
            return -Errno.EINVAL;
        }
        if (events > AioTable.EVENTS_MAX) {
            return -Errno.EAGAIN;
        }
        AddressSpace space = t.process().space();
        long ringVa = space.mmap(0, PAGE_BYTES, MemoryCalls.PROT_READ | MemoryCalls.PROT_WRITE,
                MemoryCalls.MAP_PRIVATE | MemoryCalls.MAP_ANONYMOUS, null, 0);
        if (ringVa < 0) {
            return ringVa;
        }
        space.madvise(ringVa, PAGE_BYTES, MemoryCalls.MADV_DONTFORK);
        int error = table(t).add(t.process(), ringVa, Math.max(events, EVENTS_EACH_CPU * t.process().manager().cpuCount()));
        if (error == 0 && !t.user().memory().putLong(idVa, ringVa)) {
            table(t).remove(t.process(), ringVa);
            error = -Errno.EFAULT;
        }
        if (error != 0) {
            space.munmap(ringVa, PAGE_BYTES);
        }
        return error;
    }

    private static long destroy(UserThread t, long id) {
        if (!table(t).remove(t.process(), id)) {
            return -Errno.EINVAL;
        }
        t.process().space().munmap(id, PAGE_BYTES);
        return 0;
    }

    private static long submit(UserThread t, long id, long count, long pointersVa) {
        if (count < 0) {
            return -Errno.EINVAL;
        }
        AioContext context = context(t, id);
        long submitted = 0;
        while (submitted < count) {
            long error;
            try {
                error = AioSubmit.one(t, context, t.user().getLong(pointersVa + submitted * Long.BYTES));
            } catch (SysError e) {
                error = -e.errno();
            }
            if (error < 0) {
                return submitted > 0 ? submitted : error;
            }
            submitted++;
        }
        return submitted;
    }

    private static long cancel(UserThread t, long id, long requestVa) {
        if (AioSubmit.key(t, requestVa) != 0) {
            return -Errno.EINVAL;
        }
        return context(t, id).cancel(requestVa);
    }

    private static long getEvents(UserThread t, long id, long least, long most, long va, long deadlineNs) {
        AioContext context = context(t, id);
        if (least < 0 || least > most) {
            return -Errno.EINVAL;
        }
        long done = take(t, context, 0, most, va);
        if (done < 0 || done >= least || deadlineNs != WaitQueue.FOREVER && deadlineNs <= t.nowNs()) {
            return done;
        }
        context.waiters().add(t.link());
        try {
            while (true) {
                t.prepareSleep();
                done = take(t, context, done, most, va);
                if (done < 0 || done >= least) {
                    return done;
                }
                if (context.isDead()) {
                    return done > 0 ? done : -Errno.EINVAL;
                }
                if (t.isInterrupted()) {
                    return done > 0 ? done : -Errno.ERESTARTNOHAND;
                }
                if (!t.sleep(deadlineNs)) {
                    return done;
                }
            }
        } finally {
            context.waiters().remove(t.link());
        }
    }

    /** Hands out what is there. @return how many there are now in all, or -EFAULT when it is the first that cannot be written */
    private static long take(UserThread t, AioContext context, long already, long most, long va) {
        long done = already;
        while (done < most) {
            AioContext.Event event = context.take();
            if (event == null) {
                break;
            }
            byte[] to = t.user().zeroed(EVENT_BYTES);
            Le.putLong(to, 0, event.data());
            Le.putLong(to, EVENT_OBJ, event.requestVa());
            Le.putLong(to, EVENT_RES, event.result());
            Le.putLong(to, EVENT_RES2, 0);
            if (t.user().memory().write(va + done * EVENT_BYTES, to, 0, EVENT_BYTES) != EVENT_BYTES) {
                return done > 0 ? done : -Errno.EFAULT;
            }
            done++;
        }
        return done;
    }
}
