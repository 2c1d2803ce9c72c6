package org.legoos.managers.processor.ipc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.managers.processor.core.Process;

/** All System V objects of one node (Linux's ipc_namespace). */
public final class SystemVIpc {
    final IpcTable<SemaphoreSet> semaphores = new IpcTable<>(IpcNumbers.SEMMNI);
    final AtomicInteger semaphoreCount = new AtomicInteger();
    final IpcTable<MessageQueue> queues = new IpcTable<>(IpcNumbers.MSGMNI);
    final AtomicLong messageBytes = new AtomicLong();

    /** The process has ended. */
    public void exited(Process process) {
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
