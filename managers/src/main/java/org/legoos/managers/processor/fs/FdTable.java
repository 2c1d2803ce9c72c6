package org.legoos.managers.processor.fs;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;

/** A descriptor table; threads share one (CLONE_FILES), fork copies it. Thread-safe. */
public final class FdTable {
    private static final int INITIAL = 64; // the original's whole table

    private OpenFile[] files = new OpenFile[INITIAL]; // guarded by this
    private final BitSet cloexec = new BitSet(); // guarded by this
    private final AtomicInteger users = new AtomicInteger();
    private volatile Runnable dropLocks; // null until the first record lock

    /** One more thread uses this table. */
    public FdTable retain() {
        users.incrementAndGet();
        return this;
    }

    /** A thread has ended or has another table now; the last one closes all files. */
    public void release() {
        if (users.decrementAndGet() == 0) {
            closeAll();
        }
    }

    /** This table owns record locks from now on; {@code drop} lets them go when it ends. */
    public void locked(Runnable drop) {
        if (dropLocks == null) {
            dropLocks = drop;
        }
    }

    /** Whether it may own record locks. */
    public boolean hasLocked() {
        return dropLocks != null;
    }

    /** Whether more than one thread uses it. */
    public boolean isShared() {
        return users.get() > 1;
    }

    /** The file of a descriptor, or EBADF. */
    public synchronized OpenFile get(long fd) {
        OpenFile file = find(fd);
        if (file == null) {
            throw SysError.of(Errno.EBADF);
        }
        return file;
    }

    /** As {@link #get} for calls on the file itself: EBADF for O_PATH too, which has a name only (fdget of Linux). */
    public OpenFile getOpen(long fd) {
        OpenFile file = get(fd);
        if (file.isPathOnly()) {
            throw SysError.of(Errno.EBADF);
        }
        return file;
    }

    /** The file of a descriptor, or null. Only the low 32 bits count, as in the kernel's int argument. */
    public synchronized OpenFile find(long fd) {
        int index = (int) fd;
        return index >= 0 && index < files.length ? files[index] : null;
    }

    /** Puts the file at the lowest free descriptor from {@code from}. Takes over one reference (also when it fails). */
    public int add(OpenFile file, int from, long limit, boolean isCloexec) {
        synchronized (this) {
            int fd = from;
            while (fd < files.length && files[fd] != null) {
                fd++;
            }
            if (fd < limit) {
                put(fd, file, isCloexec);
                return fd;
            }
        }
        file.release();
        throw SysError.of(Errno.EMFILE);
    }

    /** EMFILE now, for calls that cannot undo what they do before they add a file. */
    public synchronized void requireRoom(long limit) {
        for (int fd = 0; fd < Math.min(limit, files.length); fd++) {
            if (files[fd] == null) {
                return;
            }
        }
        if (files.length >= limit) {
            throw SysError.of(Errno.EMFILE);
        }
    }

    /** dup2: puts the file at exactly {@code fd}. @return the file that was there, to be released, or null */
    public synchronized OpenFile replace(int fd, OpenFile file, boolean isCloexec) {
        OpenFile old = fd < files.length ? files[fd] : null;
        put(fd, file, isCloexec);
        return old;
    }

    private void put(int fd, OpenFile file, boolean isCloexec) {
        if (fd >= files.length) {
            files = Arrays.copyOf(files, Math.max(fd + 1, files.length * 2));
        }
        files[fd] = file;
        cloexec.set(fd, isCloexec);
    }

    /** Takes a descriptor out. @return its file, to be released by the caller, or EBADF */
    public synchronized OpenFile remove(long fd) {
        OpenFile file = get(fd);
        files[(int) fd] = null;
        cloexec.clear((int) fd);
        return file;
    }

    /** @param fd any number; what is not open is not closed by execve either */
    public synchronized boolean isCloexec(int fd) {
        return fd >= 0 && cloexec.get(fd);
    }

    public synchronized void setCloexec(int fd, boolean isCloexec) {
        cloexec.set(fd, isCloexec);
    }

    /** One more than the highest descriptor that may be in use. */
    public synchronized int size() {
        return files.length;
    }

    public synchronized int count() {
        int count = 0;
        for (OpenFile file : files) {
            count += file == null ? 0 : 1;
        }
        return count;
    }

    /** execve: closes what is marked close-on-exec. @param closing sees each file before it is released, as at any close */
    public void closeOnExec(Consumer<OpenFile> closing) {
        for (int fd = 0; fd < size(); fd++) {
            if (isCloexec(fd) && find(fd) != null) {
                OpenFile file = remove(fd);
                closing.accept(file);
                file.release();
            }
        }
    }

    public void closeAll() {
        if (dropLocks != null) {
            dropLocks.run();
        }
        for (int fd = 0; fd < size(); fd++) {
            if (find(fd) != null) {
                remove(fd).release();
            }
        }
    }

    /** fork: the same open files in a table of its own. */
    public synchronized FdTable copy() {
        FdTable copy = new FdTable();
        for (int fd = 0; fd < files.length; fd++) {
            if (files[fd] != null) {
                copy.put(fd, files[fd].retain(), cloexec.get(fd));
            }
        }
        return copy;
    }
}
