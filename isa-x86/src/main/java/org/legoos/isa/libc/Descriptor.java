package org.legoos.isa.libc;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What can be done with a file descriptor that another process passed: close(2), fstat(2), mmap(2), and eventfd(2).
 * Descriptors are plain numbers here; whoever holds one closes it once.
 */
public final class Descriptor {
    public static final int NONE = -1;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final int PROT_READ_WRITE = 0x3;
    private static final int MAP_SHARED_NORESERVE = 0x4001;
    private static final long MAP_FAILED = -1;
    private static final int EFD_CLOEXEC_NONBLOCK = 0x80800;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;
    /** struct stat of 64-bit Linux: more than its size, and the three fields that are used. */
    private static final int STAT_BYTES = 256;
    private static final int STAT_DEVICE = 0;
    private static final int STAT_INODE = 8;
    private static final int STAT_SIZE = 48;

    private static final MethodHandle CLOSE = HostCall.bind("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle FSTAT =
            HostCall.bind("fstat", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle MMAP = HostCall.bind("mmap", FunctionDescriptor.of(
            ValueLayout.ADDRESS, ValueLayout.ADDRESS, LONG, INT, INT, INT, LONG));
    private static final MethodHandle EVENTFD = HostCall.bind("eventfd", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle MEMFD =
            HostCall.bind("memfd_create", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle FTRUNCATE = HostCall.bind("ftruncate", FunctionDescriptor.of(INT, INT, LONG));
    private static final MethodHandle FCNTL = HostCall.bind(
            "fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ = HostCall.bind("read", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle WRITE =
            HostCall.bind("write", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));

    private static final MemorySegment ONE = Arena.global().allocateFrom(LONG, 1L);

    /** Which file it is, wherever and however often it was opened. */
    public record FileId(long device, long inode, long sizeBytes) {}

    private Descriptor() {}

    public static void close(int fd) {
        if (fd < 0) {
            return;
        }
        try {
            int unused = (int) CLOSE.invokeExact(HostCall.state(), fd);
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    public static FileId identify(int fd) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(STAT_BYTES, Long.BYTES);
            if ((int) FSTAT.invokeExact(HostCall.state(), fd, stat) < 0) {
                throw HostCall.failed("fstat");
            }
            return new FileId(stat.get(LONG, STAT_DEVICE), stat.get(LONG, STAT_INODE), stat.get(LONG, STAT_SIZE));
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /**
     * Maps a file from its start, shared and for writing, until the arena ends. The descriptor may be closed at once.
     */
    public static MemorySegment mapShared(int fd, long sizeBytes, Arena arena) throws IOException {
        try {
            MemorySegment at = (MemorySegment) MMAP.invokeExact(
                    HostCall.state(), MemorySegment.NULL, sizeBytes, PROT_READ_WRITE, MAP_SHARED_NORESERVE, fd, 0L);
            if (at.address() == MAP_FAILED) {
                throw HostCall.failed("mmap");
            }
            return at.reinterpret(sizeBytes, arena, Libc::unmap);
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** A new memory file of that size. */
    public static int newMemoryFile(long sizeBytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) MEMFD.invokeExact(HostCall.state(), arena.allocateFrom("legoos"), 1);
            if (fd < 0 || (int) FTRUNCATE.invokeExact(HostCall.state(), fd, sizeBytes) < 0) {
                throw HostCall.failed("memfd_create");
            }
            return fd;
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** A new event counter, not blocking. */
    public static int newEvent() throws IOException {
        try {
            int fd = (int) EVENTFD.invokeExact(HostCall.state(), 0, EFD_CLOEXEC_NONBLOCK);
            if (fd < 0) {
                throw HostCall.failed("eventfd");
            }
            return fd;
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** Makes sure that {@link #signalEvent} never waits, whatever the other process passed as an event. */
    public static void setNonBlocking(int fd) {
        try {
            int unused = (int) FCNTL.invokeExact(HostCall.state(), fd, F_SETFL, O_NONBLOCK);
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** Adds one to an event counter; one that is full has been signalled already. */
    public static void signalEvent(int fd) {
        try {
            long unused = (long) WRITE.invokeExact(HostCall.state(), fd, ONE, (long) Long.BYTES);
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** Takes what an event counter holds; 0 when it was not signalled. */
    public static long takeEvent(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(LONG);
            long got = (long) READ.invokeExact(HostCall.state(), fd, count, (long) Long.BYTES);
            return got == Long.BYTES ? count.get(LONG, 0) : 0;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }
}
