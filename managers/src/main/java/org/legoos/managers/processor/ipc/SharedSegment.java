package org.legoos.managers.processor.ipc;

import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.SharedMemory;

/** A System V shared memory segment. Guarded by itself. */
final class SharedSegment extends IpcObject {
    /** struct shmid64_ds behind the permissions. */
    static final int DS_BYTES = 112;
    private static final int SEGSZ = 48;
    private static final int ATIME = 56;
    private static final int DTIME = 64;
    private static final int CTIME = 72;
    private static final int CPID = 80;
    private static final int LPID = 84;
    private static final int NATTCH = 88;

    /** In the mode: goes with its last user; cannot be evicted (which no line of the ExCache is kept from). */
    static final int SHM_DEST = 01000;
    static final int SHM_LOCKED = 02000;

    final SharedMemory memory;
    final long sizeBytes;
    private final int creatorPid;
    private int lastPid;
    private int attached;
    private long attachedS;
    private long detachedS;
    private long changedS;

    SharedSegment(UserThread t, int key, int mode, SharedMemory memory, long sizeBytes) {
        super(t, key, mode);
        this.memory = memory;
        this.sizeBytes = sizeBytes;
        creatorPid = t.process().pid();
        changedS = SemaphoreSet.seconds(t);
    }

    @Override
    void wakeAll() {}

    synchronized void attached(int pid, long nowS) {
        attached++;
        lastPid = pid;
        attachedS = nowS;
    }

    /** @return whether it goes now: nobody uses it and it was to be removed */
    synchronized boolean detached(int pid, long nowS) {
        attached--;
        lastPid = pid;
        detachedS = nowS;
        return attached == 0 && (mode() & SHM_DEST) != 0;
    }

    synchronized int attachedCount() {
        return attached;
    }

    synchronized void changed(UserThread t) {
        changedS = SemaphoreSet.seconds(t);
    }

    synchronized void putStatus(byte[] to) {
        putPermissions(to);
        Le.putLong(to, SEGSZ, sizeBytes);
        Le.putLong(to, ATIME, attachedS);
        Le.putLong(to, DTIME, detachedS);
        Le.putLong(to, CTIME, changedS);
        Le.putInt(to, CPID, creatorPid);
        Le.putInt(to, LPID, lastPid);
        Le.putLong(to, NATTCH, attached);
    }

    synchronized String line() {
        return "%10d %10d  %4o %21d %5d %5d  %5d %s %10d %10d %10d %21d %21d\n".formatted(key, id(), mode(), sizeBytes, creatorPid,
                lastPid, attached, owners(), attachedS, detachedS, changedS, memory.residentBytes(), 0);
    }
}
