package org.legoos.managers.processor.mqueue;

import java.util.PriorityQueue;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserAccounts;
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

    /** What of struct msg_msg and the tree of priorities Linux counts for each message against RLIMIT_MSGQUEUE. */
    private static final int MESSAGE_OVERHEAD_BYTES = 96;

    /**
     * Who is told of a message that comes to an empty queue, once.
     *
     * @param kind SIGEV_*
     * @param value of the signal
     * @param thread of SIGEV_THREAD, else null
     */
    record Notice(Process process, int kind, int signal, long value, ThreadNotice thread) {
        void end(boolean hasCome) {
            if (thread != null) {
                thread.end(hasCome);
            }
        }
    }

    final WaitList waiters = new WaitList();
    final FileService.Stat stat = new FileService.Stat();
    final int messagesMax;
    final int bytesMax;
    private final PriorityQueue<Message> messages = new PriorityQueue<>();
    private long nextSequence;
    private int receivers; // that wait: notices are for queues that nobody waits on
    private Notice notice;
    private int references = 1; // its name and its descriptors; guarded by this
    private final UserAccounts.Account account;

    /** Throws EMFILE beyond RLIMIT_MSGQUEUE. */
    NamedQueue(UserThread t, int mode, int messagesMax, int bytesMax) {
        this.account = t.process().manager().users().of(t.process().credentials().uid);
        if (!account.takeMessageQueue(chargedBytes(messagesMax, bytesMax), t.process().rlimits().soft(Rlimits.MSGQUEUE))) {
            throw SysError.of(Errno.EMFILE);
        }
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
        stat.mode = org.legoos.managers.processor.fs.FileMode.S_IFREG | mode;
        stat.uid = t.process().credentials().fsuid;
        stat.gid = t.process().credentials().fsgid;
        stat.nlink = 1;
        stat.blksize = FileService.Stat.PAGE_BLKSIZE;
        stat.atimeNs = stat.mtimeNs = stat.ctimeNs = t.kernel().clock().wallTimeNs();
    }

    private static long chargedBytes(long messagesMax, long bytesMax) {
        return messagesMax * (bytesMax + MESSAGE_OVERHEAD_BYTES);
    }

    synchronized void retain() {
        references++;
    }

    /** A name or a descriptor less. */
    void drop() {
        Notice left = null;
        synchronized (this) {
            if (--references > 0) {
                return;
            }
            left = notice;
            notice = null;
        }
        account.giveMessageQueue(chargedBytes(messagesMax, bytesMax));
        if (left != null) {
            left.end(false);
        }
    }

    /** What read(2) tells. */
    synchronized String state() {
        long bytes = messages.stream().mapToLong(message -> message.text.length).sum();
        boolean isTold = notice != null;
        return "QSIZE:%-10d NOTIFY:%-5d SIGNO:%-5d NOTIFY_PID:%-6d\n".formatted(bytes, isTold ? notice.kind : 0,
                isTold && notice.kind == Sigev.SIGNAL ? notice.signal : 0, isTold ? notice.process.pid() : 0);
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
        if (told != null && told.kind == Sigev.SIGNAL && told.signal != 0) {
            told.process.send(siginfo(t, told));
        }
        if (told != null) {
            told.end(true);
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

    /** mq_notify(2). @return 0 or -EBUSY */
    int register(Notice wanted) {
        Notice left;
        synchronized (this) {
            if (notice != null && !notice.process.isExiting()) {
                return -Errno.EBUSY;
            }
            left = notice;
            notice = wanted;
        }
        if (left != null) {
            left.end(false);
        }
        return 0;
    }

    void unregister(Process process) {
        Notice left = null;
        synchronized (this) {
            if (notice != null && notice.process == process) {
                left = notice;
                notice = null;
            }
        }
        if (left != null) {
            left.end(false);
        }
    }
}
