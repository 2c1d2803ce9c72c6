package org.legoos.managers.processor.mqueue;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.SigeventLayout;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.time.Clocks;

/** mq_open(2), mq_timedsend(2), mq_timedreceive(2), mq_notify(2), mq_getsetattr(2), mq_unlink(2). */
public final class QueueCalls {
    private static final int NAME_MAX = 255;
    private static final int PRIORITY_MAX = 32768;

    /** struct mq_attr: flags, maxmsg, msgsize, curmsgs, four that are reserved. */
    private static final int ATTR_BYTES = 64;
    private static final int MAXMSG = 8;
    private static final int MSGSIZE = 16;
    private static final int CURMSGS = 24;

    private static final int R_OK = 4;
    private static final int W_OK = 2;

    private QueueCalls() {}

    public static void addTo(SyscallTable<UserThread> table) {
        table.full("mq_open", (t, a, b, c, d, e, f) -> open(t, name(t, a), (int) b, (int) c, d));
        table.full("mq_unlink", (t, a, b, c, d, e, f) -> unlink(t, name(t, a)));
        table.full("mq_timedsend", (t, a, b, c, d, e, f) -> send(t, a, b, c, (int) d, e));
        table.full("mq_timedreceive", (t, a, b, c, d, e, f) -> receive(t, a, b, c, d, e));
        table.full("mq_notify", (t, a, b, c, d, e, f) -> notify(t, file(t, a), b));
        table.full("mq_getsetattr", (t, a, b, c, d, e, f) -> attributes(t, a, b, c));
    }

    private static NamedQueues queues(UserThread t) {
        return t.process().manager().namedQueues();
    }

    private static String name(UserThread t, long va) {
        String name = t.user().path(va);
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw SysError.of(name.isEmpty() ? Errno.ENOENT : Errno.EACCES);
        }
        if (name.length() > NAME_MAX) {
            throw SysError.of(Errno.ENAMETOOLONG);
        }
        return name;
    }

    private static QueueFile file(UserThread t, long fd) {
        if (t.files().get(fd) instanceof QueueFile file) {
            return file;
        }
        throw SysError.of(Errno.EBADF);
    }

    private static long open(UserThread t, String name, int flags, int mode, long attrVa) {
        NamedQueues queues = queues(t);
        NamedQueue queue;
        synchronized (queues) {
            queue = queues.find(name);
            if (queue == null) {
                if ((flags & OpenFlags.O_CREAT) == 0) {
                    return -Errno.ENOENT;
                }
                queue = queues.make(name, () -> make(t, mode, attrVa));
            } else if ((flags & (OpenFlags.O_CREAT | OpenFlags.O_EXCL)) == (OpenFlags.O_CREAT | OpenFlags.O_EXCL)) {
                return -Errno.EEXIST;
            } else {
                int access = flags & OpenFlags.O_ACCMODE;
                int wanted = (access != OpenFlags.O_WRONLY ? R_OK : 0) | (access != OpenFlags.O_RDONLY ? W_OK : 0);
                if (!queue.stat.allows(t.process().credentials(), wanted)) {
                    return -Errno.EACCES;
                }
            }
        }
        QueueFile file = new QueueFile(queue, name, flags & (OpenFlags.O_ACCMODE | OpenFlags.O_NONBLOCK));
        return t.files().add(file, 0, t.process().rlimits().soft(Rlimits.NOFILE), true);
    }

    private static NamedQueue make(UserThread t, int mode, long attrVa) {
        long messages = NamedQueue.MESSAGES_DEFAULT;
        long bytes = NamedQueue.BYTES_DEFAULT;
        if (attrVa != 0) {
            byte[] attr = t.user().struct(attrVa, ATTR_BYTES);
            messages = Le.getLong(attr, MAXMSG);
            bytes = Le.getLong(attr, MSGSIZE);
        }
        Credentials who = t.process().credentials();
        long messagesMax = who.has(Capability.CAP_SYS_RESOURCE) ? NamedQueue.MESSAGES_HARD : NamedQueue.MESSAGES_DEFAULT;
        long bytesMax = who.has(Capability.CAP_SYS_RESOURCE) ? NamedQueue.BYTES_HARD : NamedQueue.BYTES_DEFAULT;
        if (messages <= 0 || bytes <= 0 || messages > messagesMax || bytes > bytesMax) {
            throw SysError.of(Errno.EINVAL);
        }
        if (messages * bytes > NamedQueue.TOTAL_BYTES_MAX) {
            throw SysError.of(Errno.EMFILE);
        }
        return new NamedQueue(t, mode & FileMode.PERMISSIONS & ~t.fs().umask(), (int) messages, (int) bytes);
    }

    private static long unlink(UserThread t, String name) {
        NamedQueue queue = queues(t).find(name);
        if (queue == null) {
            return -Errno.ENOENT;
        }
        Credentials who = t.process().credentials();
        if (!who.has(Capability.CAP_FOWNER) && who.fsuid != queue.stat.uid) {
            return -Errno.EACCES;
        }
        queues(t).remove(name);
        return 0;
    }

    /** The deadline of an absolute time of CLOCK_REALTIME. */
    private static long deadline(UserThread t, long timespecVa) {
        if (timespecVa == 0) {
            return WaitQueue.FOREVER;
        }
        byte[] ts = t.user().struct(timespecVa, 16);
        return Clocks.toNodeNs(t, Clocks.REALTIME, Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8)));
    }

    private static long send(UserThread t, long fd, long va, long length, int priority, long timeoutVa) {
        long deadlineNs = deadline(t, timeoutVa);
        if (Integer.compareUnsigned(priority, PRIORITY_MAX) >= 0) {
            return -Errno.EINVAL;
        }
        QueueFile file = file(t, fd);
        if (!file.isWritable()) {
            return -Errno.EBADF;
        }
        NamedQueue queue = file.queue();
        if (Long.compareUnsigned(length, queue.bytesMax) > 0) {
            return -Errno.EMSGSIZE;
        }
        byte[] text = new byte[(int) length];
        t.user().read(va, text, text.length);
        int result = queue.send(t, priority, text);
        return result != -Errno.EAGAIN || file.isNonBlocking() ? result
                : await(t, queue, OpenFlags.WRITABLE, deadlineNs, () -> queue.send(t, priority, text));
    }

    private interface Attempt {
        int go();
    }

    private static long await(UserThread t, NamedQueue queue, int interest, long deadlineNs, Attempt attempt) {
        queue.waiters.add(t.link(), interest);
        try {
            while (true) {
                t.prepareSleep();
                int result = attempt.go();
                if (result != -Errno.EAGAIN) {
                    return result;
                }
                if (t.isInterrupted()) {
                    return -Errno.ERESTARTSYS;
                }
                if (!t.sleep(deadlineNs)) {
                    return -Errno.ETIMEDOUT;
                }
            }
        } finally {
            queue.waiters.remove(t.link());
        }
    }

    private static long receive(UserThread t, long fd, long va, long room, long priorityVa, long timeoutVa) {
        long deadlineNs = deadline(t, timeoutVa);
        QueueFile file = file(t, fd);
        if (!file.isReadable()) {
            return -Errno.EBADF;
        }
        NamedQueue queue = file.queue();
        if (Long.compareUnsigned(room, queue.bytesMax) < 0) {
            return -Errno.EMSGSIZE;
        }
        NamedQueue.Message[] got = {queue.receive()};
        if (got[0] == null) {
            if (file.isNonBlocking()) {
                return -Errno.EAGAIN;
            }
            queue.countReceiver(1);
            long error = await(t, queue, OpenFlags.READABLE, deadlineNs, () -> {
                got[0] = queue.receive();
                return got[0] == null ? -Errno.EAGAIN : 0;
            });
            queue.countReceiver(-1);
            if (error != 0) {
                return error;
            }
        }
        t.user().write(va, got[0].text(), got[0].text().length);
        if (priorityVa != 0) {
            t.user().putInt(priorityVa, got[0].priority());
        }
        return got[0].text().length;
    }

    private static long notify(UserThread t, QueueFile file, long eventVa) {
        if (eventVa == 0) {
            file.queue().unregister(t.process());
            return 0;
        }
        byte[] event = t.user().struct(eventVa, SigeventLayout.SIZE);
        int kind = Le.getInt(event, SigeventLayout.NOTIFY);
        int signal = Le.getInt(event, SigeventLayout.SIGNO);
        long value = Le.getLong(event, SigeventLayout.VALUE);
        boolean isBadSignal = kind == Sigev.SIGNAL && signal != 0 && !Signals.isValid(signal);
        if (kind != Sigev.NONE && kind != Sigev.SIGNAL && kind != Sigev.THREAD || isBadSignal) {
            return -Errno.EINVAL;
        }
        ThreadNotice thread = kind == Sigev.THREAD ? ThreadNotice.of(t, signal, value) : null;
        int error = file.queue().register(new NamedQueue.Notice(t.process(), kind, signal, value, thread));
        if (error != 0 && thread != null) {
            thread.abandon();
        }
        return error;
    }

    private static long attributes(UserThread t, long fd, long newVa, long oldVa) {
        long wanted = newVa == 0 ? 0 : Le.getLong(t.user().struct(newVa, ATTR_BYTES), 0);
        if ((wanted & ~OpenFlags.O_NONBLOCK) != 0) {
            return -Errno.EINVAL;
        }
        QueueFile file = file(t, fd);
        int flags = file.flags() & OpenFlags.O_NONBLOCK;
        if (newVa != 0) {
            file.setFlags(file.flags() & ~OpenFlags.O_NONBLOCK | (int) wanted);
        }
        if (oldVa != 0) {
            byte[] attr = t.user().zeroed(ATTR_BYTES);
            Le.putLong(attr, 0, flags);
            Le.putLong(attr, MAXMSG, file.queue().messagesMax);
            Le.putLong(attr, MSGSIZE, file.queue().bytesMax);
            Le.putLong(attr, CURMSGS, file.queue().count());
            t.user().putStruct(oldVa, ATTR_BYTES);
        }
        return 0;
    }
}
