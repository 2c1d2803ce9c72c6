package org.legoos.managers.processor.lock;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;

/** The locks of one kind on all files of one node. Thread-safe; waits with nothing locked. */
final class FileLocks {
    /** Locks that one file can have: more are ENOLCK. */
    private static final int LOCKS_MAX = 65536;

    private final Map<Object, InodeLocks> files = new HashMap<>(); // guarded by this
    private final Map<Object, Set<Object>> filesOf = new IdentityHashMap<>(); // owner to files with its locks; guarded by this
    private final Map<Object, Object> blockedBy = new IdentityHashMap<>(); // owner to owner; guarded by this

    /**
     * Takes a lock.
     *
     * @param file what identifies the file
     * @param mayWait whether to wait when it is held by another
     * @param detectsDeadlock answer EDEADLK when everybody would wait for ever
     * @return 0, -EAGAIN, -EDEADLK, -ENOLCK, -ERESTARTSYS
     */
    int lock(UserThread t, Object file, Range wanted, boolean mayWait, boolean detectsDeadlock) {
        int result = tryLock(file, wanted);
        if (result != -Errno.EAGAIN || !mayWait) {
            return result;
        }
        InodeLocks locks;
        synchronized (this) {
            locks = files.computeIfAbsent(file, key -> new InodeLocks());
            locks.users++;
            locks.waiters.add(t.link());
        }
        try {
            while (true) {
                t.prepareSleep();
                result = tryLock(file, wanted);
                if (result != -Errno.EAGAIN) {
                    return result;
                }
                if (detectsDeadlock && isDeadlock(file, wanted)) {
                    return -Errno.EDEADLK;
                }
                if (t.isInterrupted()) {
                    return -Errno.ERESTARTSYS;
                }
                t.sleep(WaitQueue.FOREVER);
            }
        } finally {
            synchronized (this) {
                blockedBy.remove(wanted.owner());
                locks.waiters.remove(t.link());
                locks.users--;
                dropUnused(file, locks);
            }
        }
    }

    private synchronized int tryLock(Object file, Range wanted) {
        InodeLocks locks = files.computeIfAbsent(file, key -> new InodeLocks());
        if (locks.conflict(wanted) != null) {
            return -Errno.EAGAIN;
        }
        if (locks.count() >= LOCKS_MAX) {
            return -Errno.ENOLCK;
        }
        locks.put(wanted);
        filesOf.computeIfAbsent(wanted.owner(), owner -> new HashSet<>(2)).add(file);
        locks.waiters.wakeAll(); // a write lock may have become a read lock
        return 0;
    }

    /** Whether the holder waits, over others, for who wants the lock. Notes who waits for whom. */
    private synchronized boolean isDeadlock(Object file, Range wanted) {
        InodeLocks locks = files.get(file);
        Range holder = locks == null ? null : locks.conflict(wanted);
        if (holder == null) {
            return false;
        }
        Object owner = holder.owner();
        for (int steps = 0; owner != null && steps <= blockedBy.size(); steps++) {
            if (owner == wanted.owner()) {
                return true;
            }
            owner = blockedBy.get(owner);
        }
        blockedBy.put(wanted.owner(), holder.owner());
        return false;
    }

    /** A lock in the way, or null. */
    synchronized Range conflict(Object file, Range wanted) {
        InodeLocks locks = files.get(file);
        return locks == null ? null : locks.conflict(wanted);
    }

    synchronized void unlock(Object file, Object owner, long start, long end) {
        InodeLocks locks = files.get(file);
        if (locks != null && locks.clear(owner, start, end)) {
            locks.waiters.wakeAll();
            boolean hasMore = locks.all().stream().anyMatch(lock -> lock.owner() == owner);
            Set<Object> own = filesOf.get(owner);
            if (!hasMore && own != null) {
                own.remove(file);
                if (own.isEmpty()) {
                    filesOf.remove(owner);
                }
            }
            dropUnused(file, locks);
        }
    }

    /** The owner is gone: so are its locks. */
    synchronized void dropOwner(Object owner) {
        Set<Object> own = filesOf.remove(owner);
        if (own != null) {
            for (Object file : own) {
                InodeLocks locks = files.get(file);
                locks.clear(owner, 0, Long.MAX_VALUE);
                locks.waiters.wakeAll();
                dropUnused(file, locks);
            }
        }
    }

    private void dropUnused(Object file, InodeLocks locks) {
        if (locks.isUnused()) {
            files.remove(file, locks);
        }
    }
}
