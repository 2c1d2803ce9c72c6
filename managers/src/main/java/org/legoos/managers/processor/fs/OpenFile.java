package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.mm.SharedMemory;
import org.legoos.managers.processor.notify.FileEvents;
import org.legoos.managers.processor.notify.Notifier;

/**
 * An open file description (Linux's struct file): what descriptors refer to, shared by dup and fork. The
 * operations move bytes between the file and the node's memory and answer a count or a negative errno;
 * -EAGAIN means "not now", and the caller decides whether to wait. What a kind of file cannot do
 * keeps the errno that Linux gives.
 */
public abstract class OpenFile {
    private final AtomicInteger references = new AtomicInteger(1);
    private volatile String path;
    private volatile int flags;
    private volatile long position;
    private List<CloseListener> listeners; // guarded by references
    private AsyncOwner asyncOwner; // guarded by references
    private volatile Notifier closeNotifier;

    protected OpenFile(String path, int flags) {
        this.path = path;
        this.flags = flags & OpenFlags.KEPT;
    }

    /** A path, or what stands for it: "pipe:[12]". */
    public String path() {
        return path;
    }

    /** What O_DIRECT says to a transfer. @param va the program's buffer; @return 0, or -EINVAL when it is not aligned as the file wants */
    public int checkDirect(long va, long lengthBytes, long offset) {
        return 0;
    }

    /** The last name of a file that has lost it, else null. */
    public String lostName() {
        return null;
    }

    /** What /proc/self/fd shows. */
    public String shownPath() {
        return path;
    }

    /** What /proc/self/fdinfo shows beside place and flags, in whole lines. */
    public String fdInfo() {
        return "";
    }

    /** The file's name has changed. */
    protected final void setPath(String newPath) {
        path = newPath;
    }

    public final int flags() {
        return flags;
    }

    public final void setFlags(int newFlags) {
        flags = newFlags;
    }

    /** Opened with O_PATH: it stands for a place in the tree, nothing of what is in it. */
    public final boolean isPathOnly() {
        return (flags & OpenFlags.O_PATH) != 0;
    }

    public final boolean isReadable() {
        int mode = flags & OpenFlags.O_ACCMODE;
        return (mode == OpenFlags.O_RDONLY || mode == OpenFlags.O_RDWR) && (flags & OpenFlags.O_PATH) == 0;
    }

    public final boolean isWritable() {
        int mode = flags & OpenFlags.O_ACCMODE;
        return (mode == OpenFlags.O_WRONLY || mode == OpenFlags.O_RDWR) && (flags & OpenFlags.O_PATH) == 0;
    }

    public final boolean isNonBlocking() {
        return (flags & OpenFlags.O_NONBLOCK) != 0;
    }

    public final boolean isAppending() {
        return (flags & OpenFlags.O_APPEND) != 0;
    }

    public final long position() {
        return position;
    }

    public final void setPosition(long newPosition) {
        position = newPosition;
    }

    public final OpenFile retain() {
        references.incrementAndGet();
        return this;
    }

    /**
     * As {@link #retain} for one who found the file without holding a reference: another thread may be closing it.
     *
     * @return false when it is closed already
     */
    public final boolean tryRetain() {
        int now = references.get();
        while (now > 0 && !references.compareAndSet(now, now + 1)) {
            now = references.get();
        }
        return now > 0;
    }

    public final void release() {
        if (references.decrementAndGet() == 0) {
            for (CloseListener listener : takeListeners()) {
                listener.fileClosed(this);
            }
            Notifier notifier = closeNotifier;
            if (notifier != null && (flags & OpenFlags.O_PATH) == 0) {
                FileEvents.closed(notifier, this);
            }
            AsyncOwner owner = asyncOwner();
            if (owner != null) {
                owner.listen(false);
            }
            closed();
        }
    }

    /** Wants to know when the last descriptor of a file is gone: an epoll set that watches it. */
    @FunctionalInterface
    public interface CloseListener {
        void fileClosed(OpenFile file);
    }

    /** Precondition: the caller holds a reference. */
    public final void onClose(CloseListener listener) {
        synchronized (references) {
            if (listeners == null) {
                listeners = new ArrayList<>(1);
            }
            listeners.add(listener);
        }
    }

    public final void offClose(CloseListener listener) {
        synchronized (references) {
            if (listeners != null) {
                listeners.remove(listener);
            }
        }
    }

    private List<CloseListener> takeListeners() {
        synchronized (references) {
            List<CloseListener> taken = listeners == null ? List.of() : listeners;
            listeners = null;
            return taken;
        }
    }

    /** inotify wants to know of the last close. */
    public final void tellCloseTo(Notifier notifier) {
        closeNotifier = notifier;
    }

    /** Who gets SIGIO, or null. */
    public final AsyncOwner asyncOwner() {
        synchronized (references) {
            return asyncOwner;
        }
    }

    /** @return the owner that there is now: the first one stays */
    public final AsyncOwner setAsyncOwner(AsyncOwner owner) {
        synchronized (references) {
            asyncOwner = asyncOwner == null ? owner : asyncOwner;
            return asyncOwner;
        }
    }

    /** References there are now: descriptors, messages that carry it, calls that use it. */
    public final int referenceCount() {
        return references.get();
    }

    /** A process closes one of its descriptors of it (flush of Linux). */
    public void flushed(UserThread t) {}

    /** The last descriptor is gone. */
    protected void closed() {}

    /** Whether reads and writes have a place in the file; false for pipes, terminals and the like. */
    public abstract boolean isSeekable();

    /** Whether lseek succeeds and changes nothing: /dev/null and its like. */
    public boolean isAlwaysAtStart() {
        return false;
    }

    /** Reads at {@code offset} (ignored when not seekable). @return bytes, 0 at the end, or a negative errno */
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        return -Errno.EINVAL;
    }

    /** Writes at {@code offset} (ignored when not seekable). @return bytes or a negative errno */
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        return -Errno.EINVAL;
    }

    /** Appends; only regular files tell it from write. */
    public int append(UserThread t, MemorySegment from, long at, int lengthBytes) {
        return write(t, from, at, lengthBytes, 0);
    }

    /** Fills in what fstat shows. @return 0 or a negative errno */
    public abstract int stat(UserThread t, FileService.Stat to);

    /** Size for SEEK_END, or a negative errno. */
    public long size(UserThread t) {
        FileService.Stat stat = new FileService.Stat();
        int error = stat(t, stat);
        return error < 0 ? error : stat.size;
    }

    /** Fills linux_dirent64 records from {@link #position}, which it moves on. */
    public int getdents(UserThread t, MemorySegment to, long at, int lengthBytes) {
        return -Errno.ENOTDIR;
    }

    public int truncate(UserThread t, long sizeBytes) {
        return -Errno.EINVAL;
    }

    public int sync(UserThread t) {
        return -Errno.EINVAL;
    }

    /** @param dataOnly fdatasync(2) */
    public int sync(UserThread t, boolean dataOnly) {
        return sync(t);
    }

    /** SEEK_DATA and SEEK_HOLE of files that can tell; -EOPNOTSUPP: the caller takes the file as one piece. */
    public long seekContent(UserThread t, long offset, int whence) {
        return -Errno.EOPNOTSUPP;
    }

    /** fallocate(2) of files that can; mode is FALLOC_FL_*. */
    public int fallocate(UserThread t, int mode, long offset, long lengthBytes) {
        return -Errno.EOPNOTSUPP;
    }

    public int setattr(UserThread t, int mask, FileService.Stat to) {
        return -Errno.EPERM;
    }

    public int ioctl(UserThread t, int request, long arg) {
        return -Errno.ENOTTY;
    }

    /**
     * The readiness bits of poll(2) that hold now. Any thread; must not block, and must not call {@link WaitList#wake}.
     * With {@link #waiters} this is all that poll, select, epoll and SIGIO need to know of a file.
     */
    public int poll() {
        return OpenFlags.READABLE | OpenFlags.WRITABLE;
    }

    /**
     * Who is told when {@link #poll} changes; null when it never does (such files are always ready, and epoll
     * refuses them with EPERM). Whoever makes a bit of poll() true wakes with that bit after its state has changed, also
     * when the bit was true before: edge-triggered epoll counts wakes.
     */
    public WaitList waiters() {
        return null;
    }

    /** How long a read may wait for data: SO_RCVTIMEO. */
    public long readTimeoutNs() {
        return WaitQueue.FOREVER;
    }

    /** How long a write may wait for room: SO_SNDTIMEO. */
    public long writeTimeoutNs() {
        return WaitQueue.FOREVER;
    }

    /** As {@link #poll()} for one thread; only a signalfd is not ready for all alike. */
    public int poll(UserThread t) {
        return poll();
    }

    /** As {@link #waiters()} for one thread. */
    public WaitList waiters(UserThread t) {
        return waiters();
    }

    /** POSIX_FADV_DONTNEED. @param lengthBytes 0: to the end */
    public void dropCache(UserThread t, long offset, long lengthBytes) {}

    /** POSIX_FADV_WILLNEED, readahead(2). @param lengthBytes 0: to the end */
    public void readAhead(UserThread t, long offset, long lengthBytes) {}

    /** What was written begins its way to the disk (sync_file_range(2)). */
    public void writeOut(UserThread t) {}

    /** The file's path at the memory node for mmap, or null: not mappable (ENODEV). */
    public String mappablePath() {
        return null;
    }

    /** The memory that mmap shows of this file, or null: {@link #mappablePath} says. */
    public SharedMemory sharedMemory() {
        return null;
    }

    /**
     * The memory that mappings show, with one user more.
     *
     * @param isShared whether stores through the mapping shall reach the file
     * @return null when it cannot be mapped, or without memory for it
     */
    public SharedMemory shareMemory(UserThread t, boolean isShared) {
        SharedMemory memory = sharedMemory();
        if (memory != null) {
            memory.retain();
        }
        return memory;
    }

    /** What else speaks against mapping it so: seals. Flags and prot as of mmap(2). @return 0 or a negative errno */
    public int mappingError(int prot, int flags) {
        return 0;
    }

    /** Whether a shared mapping of it, which may only be read now, may never be written: seals. */
    public boolean isWriteSealed() {
        return false;
    }

    /** The directory for *at calls, or null when it is none. */
    public String directoryPath() {
        return null;
    }

    /** The same as an object that goes where the directory goes; null when it is none. */
    public DirectoryName directoryName(UserThread t) {
        String directory = directoryPath();
        return directory == null ? null : t.process().manager().vfs().at(directory).directoryName(directory);
    }
}
