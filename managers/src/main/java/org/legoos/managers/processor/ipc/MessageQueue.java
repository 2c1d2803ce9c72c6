package org.legoos.managers.processor.ipc;

import static org.legoos.managers.processor.ipc.IpcNumbers.*;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;

/** A System V message queue. Guarded by itself. */
final class MessageQueue extends IpcObject {
    /** struct msqid64_ds behind the permissions. */
    static final int DS_BYTES = 120;
    private static final int STIME = 48;
    private static final int RTIME = 56;
    private static final int CTIME = 64;
    private static final int CBYTES = 72;
    private static final int QNUM = 80;
    private static final int QBYTES = 88;
    private static final int LSPID = 96;
    private static final int LRPID = 100;

    record Message(long type, byte[] text) {}

    final WaitList waiters = new WaitList();
    private final AtomicLong bytesOfAll;
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private long bytes;
    private long bytesMax = MSGMNB;
    private long sentS;
    private long receivedS;
    private long changedS;
    private int senderPid;
    private int receiverPid;

    /** @param bytesOfAll what is in all queues together */
    MessageQueue(UserThread t, int key, int mode, AtomicLong bytesOfAll) {
        super(t, key, mode);
        this.bytesOfAll = bytesOfAll;
        changedS = SemaphoreSet.seconds(t);
    }

    @Override
    void wakeAll() {
        waiters.wakeAll();
    }

    @Override
    synchronized void setRemoved() {
        super.setRemoved();
        bytesOfAll.addAndGet(-bytes);
        bytes = 0;
        messages.clear();
    }

    /** @return 0, -EAGAIN when full, -EIDRM, -ENOMEM */
    synchronized int send(UserThread t, Message message) {
        int length = message.text.length;
        if (isRemoved()) {
            return -Errno.EIDRM;
        }
        if (bytes + length > bytesMax || messages.size() + 1 > bytesMax) {
            return -Errno.EAGAIN;
        }
        if (bytesOfAll.addAndGet(length) > MESSAGE_BYTES_MAX) {
            bytesOfAll.addAndGet(-length);
            return -Errno.ENOMEM;
        }
        messages.add(message);
        bytes += length;
        sentS = SemaphoreSet.seconds(t);
        senderPid = t.process().pid();
        return 0;
    }

    /**
     * @param got gets the message in [0]
     * @return 0, -ENOMSG when there is none of that type, -EIDRM, -E2BIG
     */
    synchronized int receive(UserThread t, long type, long room, int flags, Message[] got) {
        if (isRemoved()) {
            return -Errno.EIDRM;
        }
        Message found = (flags & MSG_COPY) != 0 ? at(type) : select(type, (flags & MSG_EXCEPT) != 0);
        if (found == null) {
            return -Errno.ENOMSG;
        }
        if (found.text.length > room && (flags & MSG_NOERROR) == 0) {
            return -Errno.E2BIG;
        }
        got[0] = found;
        if ((flags & MSG_COPY) == 0) {
            messages.removeFirstOccurrence(found);
            bytes -= found.text.length;
            bytesOfAll.addAndGet(-found.text.length);
            receivedS = SemaphoreSet.seconds(t);
            receiverPid = t.process().pid();
        }
        return 0;
    }

    private Message at(long index) {
        Iterator<Message> all = messages.iterator();
        for (long i = 0; i < index && all.hasNext(); i++) {
            all.next();
        }
        return all.hasNext() && index >= 0 ? all.next() : null;
    }

    private Message select(long type, boolean isExcept) {
        Message best = null;
        for (Message message : messages) {
            if (type == 0 || type > 0 && message.type == type != isExcept) {
                return message;
            }
            if (type < 0 && message.type <= Math.abs(Math.max(type, -Long.MAX_VALUE)) && (best == null || message.type < best.type)) {
                best = message;
            }
        }
        return best;
    }

    /** IPC_SET of msg_qbytes. */
    synchronized void setBytesMax(UserThread t, long newMax) {
        bytesMax = newMax;
        changedS = SemaphoreSet.seconds(t);
    }

    static long bytesMaxOf(byte[] ds) {
        return Le.getLong(ds, QBYTES);
    }

    synchronized void putStatus(byte[] to) {
        putPermissions(to);
        Le.putLong(to, STIME, sentS);
        Le.putLong(to, RTIME, receivedS);
        Le.putLong(to, CTIME, changedS);
        Le.putLong(to, CBYTES, bytes);
        Le.putLong(to, QNUM, messages.size());
        Le.putLong(to, QBYTES, bytesMax);
        Le.putInt(to, LSPID, senderPid);
        Le.putInt(to, LRPID, receiverPid);
    }

    synchronized int messageCount() {
        return messages.size();
    }

    synchronized String line() {
        return "%10d %10d  %4o  %10d %10d %5d %5d %s %10d %10d %10d\n".formatted(key, id(), mode(), bytes, messages.size(),
                senderPid, receiverPid, owners(), sentS, receivedS, changedS);
    }
}
