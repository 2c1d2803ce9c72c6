package org.legoos.isa.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicLong;

/** The few C library calls that Java has no equivalent for: mmap(2), munmap(2), madvise(2). */
public final class Libc {
    private static final int PROT_READ_WRITE = 0x3;
    /** MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE. */
    private static final int MAP_LAZY = 0x4022;

    private static final int MADV_DONTNEED = 4;
    private static final long MAP_FAILED = -1;

    /**
     * Where large memories are asked for: far from the libraries, so that an engine's code buffer, mapped later, still lies
     * within 2 GiB of its library and calls it directly.
     */
    private static final AtomicLong NEXT_FAR_ADDRESS = new AtomicLong(16L << 40);

    private static final MethodHandle MMAP = bind("mmap", FunctionDescriptor.of(
            ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
    private static final MethodHandle MUNMAP = bind("munmap", FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle MADVISE = bind("madvise", FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private Libc() {}

    private static MethodHandle bind(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    /** Reserves zeroed, lazily committed memory; it lives until {@link #unmap}. */
    public static MemorySegment mapAnonymous(long sizeBytes) {
        return map(MemorySegment.NULL, sizeBytes).reinterpret(sizeBytes, Arena.global(), null);
    }

    /**
     * As mapAnonymous, but unmapped when nobody can reach the segment any more, so that a device or timer that
     * comes late finds memory and does not fault the whole JVM. Not to be given to {@link #unmap}.
     */
    public static MemorySegment mapWhileReachable(long sizeBytes) {
        long near = NEXT_FAR_ADDRESS.getAndAdd(sizeBytes);
        return map(MemorySegment.ofAddress(near), sizeBytes).reinterpret(sizeBytes, Arena.ofAuto(), Libc::unmap);
    }

    private static MemorySegment map(MemorySegment hint, long sizeBytes) {
        try {
            MemorySegment at = (MemorySegment) MMAP.invokeExact(
                    hint, sizeBytes, PROT_READ_WRITE, MAP_LAZY, -1, 0L);
            if (at.address() == MAP_FAILED) {
                throw new OutOfMemoryError("mmap of " + sizeBytes + " bytes failed");
            }
            return at;
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    public static void unmap(MemorySegment mapped) {
        try {
            int unused = (int) MUNMAP.invokeExact(mapped, mapped.byteSize());
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    /** Drops the pages of [offset, offset+lengthBytes); both page aligned. */
    public static void discard(MemorySegment mapped, long offset, long lengthBytes) {
        try {
            int unused = (int) MADVISE.invokeExact(mapped.asSlice(offset, lengthBytes), lengthBytes, MADV_DONTNEED);
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    private static RuntimeException rethrow(Throwable t) {
        if (t instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(t);
    }
}
