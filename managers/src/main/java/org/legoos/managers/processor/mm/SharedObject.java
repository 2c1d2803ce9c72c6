package org.legoos.managers.processor.mm;

import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.kernel.sched.RunGroup;
import org.legoos.kernel.syscall.Errno;

/** {@link SharedMemory} on an address space that has one range, from {@link #BASE_VA} on. */
class SharedObject implements SharedMemory {
    /** A multiple of what all lines of a set have in common: an offset's set is that of its address. */
    static final long BASE_VA = 1L << 40;

    private static final int FIXED = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_FIXED | Linux.MAP_NORESERVE;
    static final long SIZE_MAX = Linux.TASK_SIZE - BASE_VA - Linux.PAGE_BYTES;

    private final ProcessAddressSpace backing;
    private final String name;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile long sizeBytes;
    private RunGroup group; // guarded by this

    SharedObject(ProcessAddressSpace backing, String name) {
        this.backing = backing;
        this.name = name;
    }

    /** What /proc/PID/maps shows. */
    String name() {
        return name;
    }

    /** The name that a range of it has, which may be of none: files show theirs as it is when it is asked for. */
    static String rangeName(SharedObject object) {
        return object == null || object.isFile() ? null : object.name();
    }

    /** Whether its pages come from a file, and not of zeros. */
    boolean isFile() {
        return false;
    }

    final ProcessAddressSpace backing() {
        return backing;
    }

    @Override
    public final long va(long offset) {
        return BASE_VA + offset;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public synchronized long resize(long newSizeBytes) {
        if (newSizeBytes < 0 || newSizeBytes > SIZE_MAX) {
            return newSizeBytes < 0 ? -Errno.EINVAL : -Errno.EFBIG;
        }
        long oldEnd = Linux.pageUp(sizeBytes);
        long newEnd = Linux.pageUp(newSizeBytes);
        long result = 0;
        if (newEnd > oldEnd) {
            long at = backing.mmap(va(oldEnd), newEnd - oldEnd, Linux.PROT_ALL, FIXED, null, 0);
            result = at < 0 ? at : 0;
        } else if (newEnd < oldEnd) {
            result = backing.munmap(va(newEnd), oldEnd - newEnd);
        }
        if (result == 0) {
            boolean isCut = newSizeBytes < sizeBytes;
            sizeBytes = newSizeBytes;
            if (isCut && newSizeBytes < newEnd) {
                clearTail(newSizeBytes, newEnd);
            }
        }
        return result;
    }

    /** Behind the end of the last page there are zeros when it grows again. */
    private void clearTail(long from, long to) {
        UserMemory access = newAccess();
        access.write(va(from), new byte[(int) (to - from)], 0, (int) (to - from));
        endAccess(access);
    }

    @Override
    public long punch(long offset, long lengthBytes) {
        long end = Math.min(Linux.pageUp(sizeBytes), offset + lengthBytes);
        return offset >= end ? 0 : backing.madvise(va(offset), end - offset, Linux.MADV_DONTNEED);
    }

    @Override
    public UserMemory newAccess() {
        return backing.newUserMemory();
    }

    @Override
    public void endAccess(UserMemory access) {
        backing.forget(access);
    }

    @Override
    public long residentBytes() {
        return backing.residentBytes();
    }

    @Override
    public boolean isMapped() {
        return users.get() > 1;
    }

    @Override
    public void retain() {
        users.incrementAndGet();
    }

    @Override
    public void release() {
        if (users.decrementAndGet() == 0) {
            backing.destroy();
        }
    }

    @Override
    public synchronized RunGroup joinGroup(RunGroup wanted) {
        if (group == null || group.isEmpty()) {
            group = wanted;
        }
        return group;
    }
}
