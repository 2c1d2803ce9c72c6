package org.legoos.isa.libc;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory that two processes of one user share: a memfd whose size is sealed (memfd_create(2), F_ADD_SEALS of fcntl(2)), so
 * that neither can take pages away under the other, which would end it with SIGBUS. The other process opens it as
 * {@code /proc/PID/fd/FD}. It has no name in any directory and ends with its last user.
 */
public final class SealedMemory implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final int MFD_CLOEXEC_ALLOW_SEALING = 3;
    private static final int O_RDWR_NONBLOCK_CLOEXEC = 0x80802;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;
    /** F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW. */
    private static final int SIZE_SEALS = 7;

    private static final MethodHandle MEMFD =
            HostCall.bind("memfd_create", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle FTRUNCATE = HostCall.bind("ftruncate", FunctionDescriptor.of(INT, INT, ValueLayout.JAVA_LONG));
    private static final MethodHandle FCNTL = HostCall.bind(
            "fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle OPEN = HostCall.bind(
            "open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT), Linker.Option.firstVariadicArg(2));

    private final int fd;
    private final MemorySegment memory;

    private SealedMemory(int fd, MemorySegment memory) {
        this.fd = fd;
        this.memory = memory;
    }

    /** New memory, all zero. @param name that others check */
    public static SealedMemory create(String name, long sizeBytes) throws IOException {
        int fd = Descriptor.NONE;
        try (Arena scratch = Arena.ofConfined()) {
            fd = (int) MEMFD.invokeExact(HostCall.state(), scratch.allocateFrom(name), MFD_CLOEXEC_ALLOW_SEALING);
            if (fd < 0 || (int) FTRUNCATE.invokeExact(HostCall.state(), fd, sizeBytes) < 0) {
                throw HostCall.failed("memfd_create");
            }
            if ((int) FCNTL.invokeExact(HostCall.state(), fd, F_ADD_SEALS, SIZE_SEALS) < 0) {
                throw HostCall.failed("sealing shared memory");
            }
            return map(fd, sizeBytes);
        } catch (IOException e) {
            Descriptor.close(fd);
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /**
     * Memory that another process of this user has made, if it is what it should be: a memfd of that name, of that size,
     * sealed.
     */
    public static SealedMemory open(int pid, int otherFd, String name, long sizeBytes) throws IOException {
        Path path = Path.of("/proc/" + Integer.toUnsignedString(pid) + "/fd/" + Integer.toUnsignedString(otherFd));
        if (!Files.readSymbolicLink(path).toString().startsWith("/memfd:" + name + " ")) {
            throw new IOException(path + " is no memory of ours");
        }
        int fd = Descriptor.NONE;
        try (Arena scratch = Arena.ofConfined()) {
            fd = (int) OPEN.invokeExact(HostCall.state(), scratch.allocateFrom(path.toString()), O_RDWR_NONBLOCK_CLOEXEC);
            if (fd < 0) {
                throw HostCall.failed("open of " + path);
            }
            int seals = (int) FCNTL.invokeExact(HostCall.state(), fd, F_GET_SEALS, 0);
            if (seals < 0 || (seals & SIZE_SEALS) != SIZE_SEALS || Descriptor.identify(fd).sizeBytes() != sizeBytes) {
                throw new IOException(path + " has not the size that it should have, or not for good");
            }
            return map(fd, sizeBytes);
        } catch (IOException e) {
            Descriptor.close(fd);
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    private static SealedMemory map(int fd, long sizeBytes) throws IOException {
        return new SealedMemory(fd, Descriptor.mapShared(fd, sizeBytes, Arena.ofAuto()));
    }

    /** Stays in this process as long as somebody refers to it: several threads may be looking at it. */
    public MemorySegment memory() {
        return memory;
    }

    /** The descriptor by which another process finds it. */
    public int descriptor() {
        return fd;
    }

    /** Closes the descriptor: whoever has not opened the memory yet cannot any more. */
    @Override
    public void close() {
        Descriptor.close(fd);
    }
}
