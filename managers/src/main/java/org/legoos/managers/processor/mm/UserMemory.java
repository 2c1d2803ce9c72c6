package org.legoos.managers.processor.mm;

import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/**
 * The kernel's access to a process's memory (copy_from_user, copy_to_user): walks the same page tables as
 * the CPU, faults pages in like the CPU would, and never goes outside what the process may access.
 * Every method returns how many bytes were done, or stops at the first byte that faults; callers turn a
 * short count into EFAULT or a partial result as the system call demands. Nothing throws.
 */
public interface UserMemory {
    /** Copies from the process. @return bytes copied, less than lengthBytes when a page faulted */
    long copyFrom(long guestVa, MemorySegment to, long offset, long lengthBytes);

    long copyTo(long guestVa, MemorySegment from, long offset, long lengthBytes);

    /** Like copyFrom / copyTo with a byte array. */
    int read(long guestVa, byte[] to, int offset, int lengthBytes);

    int write(long guestVa, byte[] from, int offset, int lengthBytes);

    /** Reads a 64-bit word; {@link #faulted} tells whether it failed. */
    long getLong(long guestVa);

    int getInt(long guestVa);

    boolean putLong(long guestVa, long value);

    boolean putInt(long guestVa, int value);

    /**
     * Replaces a 32-bit word (4-byte aligned) if it has the expected value.
     *
     * @param isExclusive asked when the page is at hand and nothing can come between: whether no program that shares the word runs
     * @return {@link #STORED}, {@link #OTHER_VALUE}, {@link #FAULTED}, or {@link #NOT_EXCLUSIVE} with nothing done
     */
    int compareAndSetInt(long guestVa, int expected, int value, BooleanSupplier isExclusive);

    int STORED = 0;
    int OTHER_VALUE = 1;
    int FAULTED = 2;
    int NOT_EXCLUSIVE = 3;

    /** Whether the last getLong or getInt of this object failed. */
    boolean faulted();

    /** Reads a NUL-terminated string of at most maxBytes bytes (without the NUL), null if it faults or is longer. */
    byte[] readString(long guestVa, int maxBytes);
}
