package org.legoos.managers.processor.core;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.mm.UserMemory;

/**
 * A thread's copies to and from its program, with EFAULT thrown as {@link SysError}: what the system calls
 * use. Holds a scratch array for structures. Owner thread only.
 */
public final class UserAccess {
    /** PATH_MAX of Linux, with the NUL. */
    public static final int PATH_MAX = 4096;

    /** TASK_SIZE_MAX of Linux with four-level page tables. */
    private static final long USER_END = 0x7ffffffff000L;

    private UserMemory memory;
    private final byte[] scratch = new byte[PATH_MAX];

    void use(UserMemory newMemory) {
        memory = newMemory;
    }

    /** The access to memory without exceptions. */
    public UserMemory memory() {
        return memory;
    }

    /** Throws EFAULT for a range that is not whole below the end of user space (access_ok of Linux). */
    public static void requireUserSpace(long guestVa, long lengthBytes) {
        if (lengthBytes < 0 || guestVa < 0 || guestVa > USER_END - lengthBytes) {
            throw SysError.of(Errno.EFAULT);
        }
    }

    /** Scratch space for one structure at a time; content is lost at the next call of a method here. */
    public byte[] scratch() {
        return scratch;
    }

    /** Scratch space with the first bytes zero. */
    public byte[] zeroed(int lengthBytes) {
        java.util.Arrays.fill(scratch, 0, lengthBytes, (byte) 0);
        return scratch;
    }

    /** Reads a structure into scratch and returns that. */
    public byte[] struct(long guestVa, int lengthBytes) {
        read(guestVa, scratch, lengthBytes);
        return scratch;
    }

    /** Writes the first bytes of scratch. */
    public void putStruct(long guestVa, int lengthBytes) {
        write(guestVa, scratch, lengthBytes);
    }

    public void read(long guestVa, byte[] to, int lengthBytes) {
        if (memory.read(guestVa, to, 0, lengthBytes) != lengthBytes) {
            throw SysError.of(Errno.EFAULT);
        }
    }

    public void write(long guestVa, byte[] from, int lengthBytes) {
        if (memory.write(guestVa, from, 0, lengthBytes) != lengthBytes) {
            throw SysError.of(Errno.EFAULT);
        }
    }

    public long getLong(long guestVa) {
        long value = memory.getLong(guestVa);
        if (memory.faulted()) {
            throw SysError.of(Errno.EFAULT);
        }
        return value;
    }

    public int getInt(long guestVa) {
        int value = memory.getInt(guestVa);
        if (memory.faulted()) {
            throw SysError.of(Errno.EFAULT);
        }
        return value;
    }

    public void putLong(long guestVa, long value) {
        if (!memory.putLong(guestVa, value)) {
            throw SysError.of(Errno.EFAULT);
        }
    }

    public void putInt(long guestVa, int value) {
        if (!memory.putInt(guestVa, value)) {
            throw SysError.of(Errno.EFAULT);
        }
    }

    /** Two 64-bit words: timespec, timeval, rlimit. */
    public void putPair(long guestVa, long first, long second) {
        Le.putLong(scratch, 0, first);
        Le.putLong(scratch, 8, second);
        write(guestVa, scratch, 16);
    }

    /** A path argument: Latin-1, not empty checked. Throws EFAULT or ENAMETOOLONG. */
    public String path(long guestVa) {
        byte[] bytes = memory.readString(guestVa, PATH_MAX - 1);
        if (bytes == null) {
            boolean isLong = memory.read(guestVa, scratch, 0, PATH_MAX) == PATH_MAX;
            throw SysError.of(isLong ? Errno.ENAMETOOLONG : Errno.EFAULT);
        }
        return Program.latin1(bytes);
    }

    /** Copies out of the node's memory. @return bytes done */
    public int copyOut(long guestVa, MemorySegment from, long at, int lengthBytes) {
        return (int) memory.copyTo(guestVa, from, at, lengthBytes);
    }

    /** Copies into the node's memory. @return bytes done */
    public int copyIn(long guestVa, MemorySegment to, long at, int lengthBytes) {
        return (int) memory.copyFrom(guestVa, to, at, lengthBytes);
    }
}
