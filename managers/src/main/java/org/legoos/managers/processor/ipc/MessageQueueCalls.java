package org.legoos.managers.processor.ipc;

import org.legoos.managers.processor.core.Capability;
import static org.legoos.managers.processor.ipc.IpcNumbers.*;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;

/** msgget(2), msgsnd(2), msgrcv(2), msgctl(2). */
public final class MessageQueueCalls {
    /** struct msginfo: msgpool, msgmap, msgmax, msgmnb, msgmni, msgssz, msgtql, unsigned short msgseg. */
    private static final int INFO_INTS = 8;
    private static final int SEGMENT_BYTES = 16;
    private static final int SEGMENTS = 0xffff;

    private MessageQueueCalls() {}

    public static void addTo(SyscallTable<UserThread> table) {
        table.full("msgget", (t, a, b, c, d, e, f) -> get(t, (int) a, (int) b));
        table.full("msgsnd", (t, a, b, c, d, e, f) -> send(t, (int) a, b, c, (int) d));
        table.full("msgrcv", (t, a, b, c, d, e, f) -> receive(t, (int) a, b, c, d, (int) e));
        table.full("msgctl", (t, a, b, c, d, e, f) -> control(t, (int) a, (int) b & ~IPC_64, c));
    }

    private static SystemVIpc ipc(UserThread t) {
        return t.process().manager().ipc();
    }

    private static long get(UserThread t, int key, int flags) {
        SystemVIpc ipc = ipc(t);
        return ipc.queues.get(t, key, flags, queue -> {}, () -> new MessageQueue(t, key, flags, ipc.messageBytes)).id();
    }

    private static long send(UserThread t, int id, long va, long length, int flags) {
        if (length < 0 || length > MSGMAX || id < 0) {
            return -Errno.EINVAL;
        }
        long type = t.user().getLong(va);
        if (type < 1) {
            return -Errno.EINVAL;
        }
        byte[] text = new byte[(int) length];
        t.user().read(va + Long.BYTES, text, text.length);
        MessageQueue queue = ipc(t).queues.find(id);
        queue.require(t, 02);
        MessageQueue.Message message = new MessageQueue.Message(type, text);
        long result = queue.send(t, message);
        if (result == -Errno.EAGAIN && (flags & IPC_NOWAIT) == 0) {
            result = await(t, queue, () -> queue.send(t, message), Errno.EAGAIN);
        }
        if (result == 0) {
            queue.wakeAll();
        }
        return result;
    }

    private interface Attempt {
        int go();
    }

    private static long await(UserThread t, MessageQueue queue, Attempt attempt, int again) {
        queue.waiters.add(t.link());
        try {
            while (true) {
                t.prepareSleep();
                int result = attempt.go();
                if (result != -again) {
                    return result;
                }
                if (t.isInterrupted()) {
                    return -Errno.ERESTARTNOHAND;
                }
                t.sleep(WaitQueue.FOREVER);
            }
        } finally {
            queue.waiters.remove(t.link());
        }
    }

    private static long receive(UserThread t, int id, long va, long room, long type, int flags) {
        if (id < 0 || room < 0) {
            return -Errno.EINVAL;
        }
        if ((flags & MSG_COPY) != 0 && ((flags & MSG_EXCEPT) != 0 || (flags & IPC_NOWAIT) == 0)) {
            return -Errno.EINVAL;
        }
        MessageQueue queue = ipc(t).queues.find(id);
        queue.require(t, 04);
        MessageQueue.Message[] got = new MessageQueue.Message[1];
        long result = queue.receive(t, type, room, flags, got);
        if (result == -Errno.ENOMSG && (flags & IPC_NOWAIT) == 0) {
            result = await(t, queue, () -> queue.receive(t, type, room, flags, got), Errno.ENOMSG);
        }
        if (result != 0) {
            return result;
        }
        queue.wakeAll();
        byte[] text = got[0].text();
        int length = (int) Math.min(room, text.length);
        t.user().putLong(va, got[0].type());
        t.user().write(va + Long.BYTES, text, length);
        return length;
    }

    private static long control(UserThread t, int id, int command, long va) {
        switch (command) {
            case IPC_INFO, MSG_INFO -> {
                return info(t, command, va);
            }
            case MSG_STAT, MSG_STAT_ANY -> {
                MessageQueue queue = ipc(t).queues.at(id);
                if (command == MSG_STAT) {
                    queue.require(t, 04);
                }
                putStatus(t, queue, va);
                return queue.id();
            }
            case IPC_STAT -> {
                MessageQueue queue = ipc(t).queues.find(id);
                queue.require(t, 04);
                putStatus(t, queue, va);
            }
            case IPC_SET -> {
                byte[] ds = t.user().struct(va, MessageQueue.DS_BYTES).clone();
                MessageQueue queue = ipc(t).queues.find(id);
                queue.requireOwner(t);
                set(t, queue, ds);
            }
            case IPC_RMID -> {
                MessageQueue queue = ipc(t).queues.find(id);
                queue.requireOwner(t);
                ipc(t).queues.remove(queue);
            }
            default -> {
                return -Errno.EINVAL;
            }
        }
        return 0;
    }

    private static void set(UserThread t, MessageQueue queue, byte[] ds) {
        long bytesMax = MessageQueue.bytesMaxOf(ds);
        if (bytesMax > MSGMNB && !t.process().credentials().has(Capability.CAP_SYS_RESOURCE)) {
            throw SysError.of(Errno.EPERM);
        }
        queue.setPermissions(ds);
        queue.setBytesMax(t, Math.min(bytesMax, MESSAGE_BYTES_MAX));
        queue.wakeAll();
    }

    private static void putStatus(UserThread t, MessageQueue queue, long va) {
        queue.putStatus(t.user().zeroed(MessageQueue.DS_BYTES));
        t.user().putStruct(va, MessageQueue.DS_BYTES);
    }

    private static long info(UserThread t, int command, long va) {
        SystemVIpc ipc = ipc(t);
        int messages = 0;
        for (MessageQueue queue : ipc.queues.all()) {
            messages += queue.messageCount();
        }
        boolean isUsage = command == MSG_INFO;
        int[] values = {isUsage ? ipc.queues.size() : MSGMNI * MSGMNB / 1024, isUsage ? messages : MSGMNB, MSGMAX, MSGMNB, MSGMNI,
            SEGMENT_BYTES, isUsage ? (int) ipc.messageBytes.get() : MSGMNB, SEGMENTS};
        byte[] to = t.user().zeroed(INFO_INTS * Integer.BYTES);
        for (int i = 0; i < INFO_INTS; i++) {
            Le.putInt(to, i * Integer.BYTES, values[i]);
        }
        t.user().putStruct(va, INFO_INTS * Integer.BYTES);
        return ipc.queues.maxIndex();
    }
}
