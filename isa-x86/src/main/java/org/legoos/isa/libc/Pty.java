package org.legoos.isa.libc;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The master side of a pseudo-terminal (pty(7)), in raw mode. The slave side is held open as well: so the
 * raw mode stays when a terminal program comes and goes, and a read of the master has something to wait for.
 */
public final class Pty implements AutoCloseable {
    private static final int O_RDWR = 0x2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_NONBLOCK = 0x800;
    private static final int TCSANOW = 0;
    private static final int POLLIN = 1;
    private static final int EAGAIN = 11;
    private static final int EINTR = 4;
    private static final int TERMIOS_BYTES = 256; // more than any C library's struct termios
    private static final int POLLFD_BYTES = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int IO_BYTES = 4096;
    private static final int NAME_BYTES = 64;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout ERRNO_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            ERRNO_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPENPT = bind("posix_openpt", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle GRANTPT = bind("grantpt", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle UNLOCKPT = bind("unlockpt", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle PTSNAME =
            bind("ptsname_r", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle OPEN = bind(
            "open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = bind("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle READ = bind("read", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle WRITE =
            bind("write", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle POLL = bind("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
    private static final MethodHandle TCGETATTR =
            bind("tcgetattr", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle TCSETATTR =
            bind("tcsetattr", FunctionDescriptor.of(INT, INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle CFMAKERAW;

    static {
        Linker linker = Linker.nativeLinker();
        CFMAKERAW = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("cfmakeraw"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment readErrno = arena.allocate(ERRNO_STATE); // the reader's
    private final MemorySegment readBuffer = arena.allocate(IO_BYTES);
    private final MemorySegment pollFd = arena.allocate(POLLFD_BYTES, Integer.BYTES);
    private final MemorySegment errno = arena.allocate(ERRNO_STATE); // everybody else's, guarded by this
    private final MemorySegment writeBuffer = arena.allocate(IO_BYTES);
    private final int master;
    private final int slave;
    private final String slavePath;
    private boolean isClosed; // guarded by this
    private boolean isReading; // guarded by this

    private Pty() throws IOException {
        int openedMaster = -1;
        try {
            openedMaster = check("posix_openpt", (int) OPENPT.invokeExact(errno, O_RDWR | O_NOCTTY | O_NONBLOCK));
            check("grantpt", (int) GRANTPT.invokeExact(errno, openedMaster));
            check("unlockpt", (int) UNLOCKPT.invokeExact(errno, openedMaster));
            MemorySegment name = arena.allocate(NAME_BYTES);
            check("ptsname", -(int) PTSNAME.invokeExact(errno, openedMaster, name, (long) NAME_BYTES));
            slavePath = name.getString(0);
            MemorySegment termios = arena.allocate(TERMIOS_BYTES, Long.BYTES);
            check("tcgetattr", (int) TCGETATTR.invokeExact(errno, openedMaster, termios));
            CFMAKERAW.invokeExact(termios);
            check("tcsetattr", (int) TCSETATTR.invokeExact(errno, openedMaster, TCSANOW, termios));
            slave = check("open " + slavePath, (int) OPEN.invokeExact(errno, name, O_RDWR | O_NOCTTY));
            master = openedMaster;
        } catch (Throwable t) {
            closeFd(openedMaster);
            arena.close();
            if (t instanceof IOException e) {
                throw e;
            }
            throw failure(t);
        }
    }

    /** Makes a new pseudo-terminal. */
    public static Pty open() throws IOException {
        return new Pty();
    }

    /** What a terminal program opens, e.g. /dev/pts/3. */
    public String slavePath() {
        return slavePath;
    }

    /**
     * Waits for input. One thread at a time, and not after {@link #close}.
     *
     * @return bytes read, at least 1; or -1 once the pty is closed
     */
    public int read(byte[] to) {
        synchronized (this) {
            if (isClosed) {
                return -1;
            }
            isReading = true;
        }
        try {
            while (true) {
                pollFd.set(INT, 0, master);
                pollFd.set(INT, POLLFD_EVENTS, POLLIN); // events, and revents 0
                int unused = (int) POLL.invokeExact(readErrno, pollFd, 1L, -1);
                synchronized (this) {
                    if (isClosed) {
                        return -1;
                    }
                }
                long got = (long) READ.invokeExact(readErrno, master, readBuffer, (long) Math.min(to.length, IO_BYTES));
                if (got > 0) {
                    MemorySegment.copy(readBuffer, ValueLayout.JAVA_BYTE, 0, to, 0, (int) got);
                    return (int) got;
                }
                int error = (int) ERRNO.get(readErrno, 0L);
                if (got == 0 || error != EAGAIN && error != EINTR) {
                    return -1;
                }
            }
        } catch (Throwable t) {
            throw failure(t);
        } finally {
            synchronized (this) {
                isReading = false;
                if (isClosed) {
                    release();
                }
            }
        }
    }

    /** Writes as much as fits without waiting; returns how many bytes that was. */
    public synchronized int write(byte[] from, int offset, int length) {
        int done = 0;
        try {
            while (!isClosed && done < length) {
                int count = Math.min(length - done, IO_BYTES);
                MemorySegment.copy(from, offset + done, writeBuffer, ValueLayout.JAVA_BYTE, 0, count);
                long wrote = (long) WRITE.invokeExact(errno, master, writeBuffer, (long) count);
                if (wrote <= 0) {
                    break;
                }
                done += (int) wrote;
            }
            return done;
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Closes; a waiting {@link #read} returns -1. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (!isReading) {
            release();
            return;
        }
        try {
            // A byte from the slave's side wakes the reader, who then releases everything.
            long unused = (long) WRITE.invokeExact(errno, slave, writeBuffer, 1L);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    private void release() {
        closeFd(slave);
        closeFd(master);
        arena.close();
    }

    private void closeFd(int fd) {
        if (fd >= 0) {
            try {
                int unused = (int) CLOSE.invokeExact(errno, fd);
            } catch (Throwable t) {
                throw failure(t);
            }
        }
    }

    private int check(String what, int result) throws IOException {
        if (result < 0) {
            int error = (int) ERRNO.get(errno, 0L);
            throw new IOException("cannot make a pseudo-terminal: " + what + " failed, errno " + error);
        }
        return result;
    }

    private static MethodHandle bind(String name, FunctionDescriptor type, Linker.Option... more) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
        options[more.length] = Linker.Option.captureCallState("errno");
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    private static RuntimeException failure(Throwable t) {
        if (t instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(t);
    }
}
