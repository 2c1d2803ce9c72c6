package org.legoos.managers.processor.core;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.abi.IovecLayout;

/**
 * The program's buffers of one call (struct iovec), with a place in them that copies move on: what Linux calls an
 * iov_iter. Used again and again by one thread. Owner only.
 */
public final class IoVector {
    /** UIO_MAXIOV. */
    public static final int COUNT_MAX = 1024;

    /** MAX_RW_COUNT of Linux: longer requests are cut. */
    public static final long BYTES_MAX = 0x7ffff000L;

    private static final int PAGE = 4096;

    private long[] bases = new long[8];
    private long[] lengths = new long[8];
    private byte[] raw = new byte[8 * IovecLayout.SIZE];
    private int count;
    private int index;
    private long skip; // into the buffer at index
    private long left;

    /** One buffer; a length that ends outside user space is EFAULT. */
    public IoVector single(long va, long length) {
        UserAccess.requireUserSpace(va, length);
        bases[0] = va;
        lengths[0] = Math.min(length, BYTES_MAX);
        return begin(1, lengths[0]);
    }

    /** The buffers of an array of struct iovec. Throws EINVAL, EFAULT. */
    public IoVector load(UserThread t, long va, long newCount) {
        if (newCount < 0 || newCount > COUNT_MAX) {
            throw SysError.of(Errno.EINVAL);
        }
        int n = (int) newCount;
        if (bases.length < n) {
            bases = new long[n];
            lengths = new long[n];
            raw = new byte[n * IovecLayout.SIZE];
        }
        t.user().read(va, raw, n * IovecLayout.SIZE);
        long total = 0;
        for (int i = 0; i < n; i++) {
            bases[i] = Le.getLong(raw, i * IovecLayout.SIZE + IovecLayout.BASE);
            long length = Le.getLong(raw, i * IovecLayout.SIZE + IovecLayout.LEN);
            if (length < 0) {
                throw SysError.of(Errno.EINVAL);
            }
            UserAccess.requireUserSpace(bases[i], length);
            lengths[i] = Math.min(length, BYTES_MAX - total);
            total += lengths[i];
        }
        return begin(n, total);
    }

    private IoVector begin(int newCount, long total) {
        count = newCount;
        index = 0;
        skip = 0;
        left = total;
        return this;
    }

    /** Bytes from the place on. */
    public long left() {
        return left;
    }

    /** Where buffer {@code i} of the call lies. */
    public long base(int i) {
        return bases[i];
    }

    public long length(int i) {
        return lengths[i];
    }

    /** Copies from the program and moves on. @return bytes; fewer than asked when a buffer cannot be read */
    public int copyIn(UserThread t, MemorySegment to, long at, int lengthBytes) {
        return copy(t, to, at, lengthBytes, true);
    }

    /** Copies to the program and moves on. @return bytes; fewer than asked when a buffer cannot be written */
    public int copyOut(UserThread t, MemorySegment from, long at, int lengthBytes) {
        return copy(t, from, at, lengthBytes, false);
    }

    private int copy(UserThread t, MemorySegment segment, long at, int lengthBytes, boolean isIn) {
        int done = 0;
        while (done < lengthBytes && index < count) {
            int part = (int) Math.min(lengthBytes - done, lengths[index] - skip);
            long va = bases[index] + skip;
            int copied = part == 0 ? 0 : (int) (isIn ? t.user().memory().copyFrom(va, segment, at + done, part)
                    : t.user().memory().copyTo(va, segment, at + done, part));
            done += copied;
            skip += copied;
            left -= copied;
            if (copied < part) {
                break;
            }
            if (skip == lengths[index]) {
                index++;
                skip = 0;
            }
        }
        return done;
    }

    /** Moves the place back: what was copied in could not be used. */
    public void unread(long lengthBytes) {
        long back = lengthBytes;
        left += back;
        while (back > skip) {
            back -= skip;
            index--;
            skip = lengths[index];
        }
        skip -= back;
    }

    /** Whether at least the first page from the place on can be written: what is taken out of a stream cannot be put back. */
    public boolean isWritable(UserThread t, long lengthBytes) {
        long todo = Math.min(left, lengthBytes);
        long at = skip;
        boolean isAny = todo == 0;
        for (int i = index; i < count && todo > 0; i++) {
            long part = Math.min(todo, lengths[i] - at);
            long va = bases[i] + at;
            for (long page = va & -PAGE; page < va + part; page += PAGE) {
                if (t.process().space().fault(Math.max(page, va), PageWalker.WRITE) != 0) {
                    return isAny;
                }
                isAny = true;
            }
            todo -= part;
            at = 0;
        }
        return true;
    }
}
