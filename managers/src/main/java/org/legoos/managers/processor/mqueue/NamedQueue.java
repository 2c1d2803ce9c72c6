package org.legoos.managers.processor.mqueue;

import java.util.PriorityQueue;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFlags;

/** One queue. Guarded by itself. */
final class NamedQueue {
    /** fs.mqueue.msg_max and msgsize_max, and the hard limits of those who are privileged. */
    static final int MESSAGES_DEFAULT = 10;
    static final int BYTES_DEFAULT = 8192;
    static final int MESSAGES_HARD = 65536;
    static final int BYTES_HARD = 1 << 24;

    /** What a queue may take at most, whoever asks: kept in the node's Java heap. */
    static final long TOTAL_BYTES_MAX = 16L << 20;

    private static final int SI_MESGQ = -3;

    record Message(int priority, long sequence, byte[] text) implements Comparable<Message> {
        @Override
        public int compareTo(Message other) {
            return priority != other.priority ? Integer.compare(other.priority, priority) : Long.compare(sequence, other.sequence);
        }
    }

    /** Who is told of a message that comes to an empty queue, once. */
    private record Notice(Process process, int signal, long value) {}

    final WaitList waiters = new WaitList();
    final FileService.Stat stat = new FileService.Stat();
    final int messagesMax;
    final int bytesMax;
    private final PriorityQueue<Message> messages = new PriorityQueue<>();
    private long nextSequence;
    private int receivers; // that wait: notices are for queues that nobody waits on
    private Notice notice;

    NamedQueue(UserThread t, int mode, int messagesMax, int bytesMax) {
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
        stat.mode = org.legoos.managers.processor.fs.FileMode.S_IFREG | mode;
        stat.uid = t.process().credentials().fsuid;
        stat.gid = t.process().credentials().fsgid;
        stat.nlink = 1;
        stat.blksize = 4096;
        stat.atimeNs = stat.mtimeNs = stat.ctimeNs = t.kernel().clock().wallTimeNs();
    }

    /** @return 0 or -EAGAIN when full */
    int send(UserThread t, int priority, byte[] text) {
        Notice told = null;
        synchronized (this) {
            if (messages.size() >= messagesMax) {
                return -Errno.EAGAIN;
            }
            if (messages.isEmpty() && receivers == 0) {
                told = notice;
                notice = null;
            }
            messages.add(new Message(priority, nextSequence++, text));
        }
        waiters.wake(OpenFlags.READABLE);
        if (told != null && told.signal != 0) {
            told.process.send(siginfo(t, told));
        }
        return 0;
    }

    private static SigInfo siginfo(UserThread t, Notice told) {
        byte[] image = new byte[SigInfo.BYTES];
        Le.putInt(image, SigInfo.SI_CODE, SI_MESGQ);
        Le.putInt(image, SigInfo.SI_PID, t.process().pid());
        Le.putInt(image, SigInfo.SI_UID, t.process().credentials().uid);
        Le.putLong(image, SigInfo.SI_VALUE, told.value);
        return SigInfo.raw(told.signal, image);
    }

    /** The message with the highest priority, or null. */
    Message receive() {
        Message message;
        synchronized (this) {
            message = messages.poll();
        }
        if (message != null) {
            waiters.wake(OpenFlags.WRITABLE);
        }
        return message;
    }

    synchronized void countReceiver(int by) {
        receivers += by;
    }

    synchronized int count() {
        return messages.size();
    }

    synchronized int poll() {
        return (messages.isEmpty() ? 0 : OpenFlags.READABLE) | (messages.size() < messagesMax ? OpenFlags.WRITABLE : 0);
    }

    /** mq_notify(2). @param signal 0 for SIGEV_NONE. @return 0 or -EBUSY */
    synchronized int register(Process process, int signal, long value) {
        if (notice != null && !notice.process.isExiting()) {
            return -Errno.EBUSY;
        }
        notice = new Notice(process, signal, value);
        return 0;
    }

    synchronized void unregister(Process process) {
        if (notice != null && notice.process == process) {
            notice = null;
        }
    }
}
