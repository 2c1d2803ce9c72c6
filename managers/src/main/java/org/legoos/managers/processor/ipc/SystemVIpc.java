package org.legoos.managers.processor.ipc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.managers.processor.core.Process;

/** All System V objects of one node (Linux's ipc_namespace). */
public final class SystemVIpc {
    private static final long NS_PER_S = 1_000_000_000L;

    final IpcTable<SemaphoreSet> semaphores = new IpcTable<>(IpcNumbers.SEMMNI);
    final AtomicInteger semaphoreCount = new AtomicInteger();
    final IpcTable<MessageQueue> queues = new IpcTable<>(IpcNumbers.MSGMNI);
    final AtomicLong messageBytes = new AtomicLong();

    final IpcTable<SharedSegment> segments = new IpcTable<>(IpcNumbers.SHMMNI);
    final Attachments attachments = new Attachments();

    /** IPC_RMID of a segment: it goes now, or with its last user; nobody finds it by its key any more. */
    void destroy(SharedSegment segment) {
        segments.forgetKey(segment);
        segment.setModeFlag(SharedSegment.SHM_DEST, true);
        if (segment.attachedCount() == 0) {
            remove(segment);
        }
    }

    private void remove(SharedSegment segment) {
        if (segments.remove(segment)) {
            segment.memory.release();
        }
    }

    void detached(SharedSegment segment, int pid, long nowS) {
        if (segment.detached(pid, nowS)) {
            remove(segment);
        }
    }

    /** fork: the child has its parent's segments. */
    public void forked(Process parent, Process child) {
        long nowS = child.manager().clock().wallTimeNs() / NS_PER_S;
        attachments.copy(parent, child).values().forEach(segment -> segment.attached(child.pid(), nowS));
    }

    /** execve or exit: the process has lost its memory. */
    public void leftMemory(Process process) {
        long nowS = process.manager().clock().wallTimeNs() / NS_PER_S;
        attachments.removeAll(process).values().forEach(segment -> detached(segment, process.pid(), nowS));
    }

    /** /proc/sysvipc/shm. */
    public String segmentLines() {
        StringBuilder text = new StringBuilder("       key      shmid perms                  size  cpid  lpid nattch   uid   gid"
                + "  cuid  cgid      atime      dtime      ctime                   rss                  swap\n");
        for (SharedSegment segment : segments.all()) {
            text.append(segment.line());
        }
        return text.toString();
    }

    /** The process has ended. */
    public void exited(Process process) {
        leftMemory(process);
        for (SemaphoreSet set : semaphores.all()) {
            set.exited(process);
        }
    }

    /** /proc/sysvipc/sem. */
    public String semaphoreLines() {
        StringBuilder text = new StringBuilder("       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n");
        for (SemaphoreSet set : semaphores.all()) {
            text.append("%10d %10d  %4o %10d %s %10d %10d\n".formatted(set.key, set.id(), set.mode(), set.count(), set.owners(),
                    set.lastOperationS(), set.changedS()));
        }
        return text.toString();
    }

    /** /proc/sysvipc/msg. */
    public String queueLines() {
        StringBuilder text = new StringBuilder(
                "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n");
        for (MessageQueue queue : queues.all()) {
            text.append(queue.line());
        }
        return text.toString();
    }
}
