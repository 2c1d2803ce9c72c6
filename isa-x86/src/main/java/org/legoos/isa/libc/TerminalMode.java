package org.legoos.isa.libc;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The user's own terminal in raw mode (cfmakeraw(3)) until it is closed; what it was before is put back then. */
public final class TerminalMode implements AutoCloseable {
    /** Of a window, in characters. */
    public record Size(int rows, int columns) {}

    private static final int TCSADRAIN = 1;
    private static final int TERMIOS_BYTES = 256; // more than any C library's struct termios
    private static final long TIOCGWINSZ = 0x5413;
    private static final int WINSIZE_BYTES = 8;
    private static final Size UNKNOWN = new Size(24, 80);

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final MethodHandle ISATTY = HostCall.bind("isatty", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle TCGETATTR = HostCall.bind("tcgetattr", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle TCSETATTR =
            HostCall.bind("tcsetattr", FunctionDescriptor.of(INT, INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle CFMAKERAW =
            HostCall.bind("cfmakeraw", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    private static final MethodHandle IOCTL = HostCall.bind("ioctl",
            FunctionDescriptor.of(INT, INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS), Linker.Option.firstVariadicArg(2));

    private final int fd;
    private final MemorySegment before = Arena.global().allocate(TERMIOS_BYTES, Long.BYTES); // also used while the JVM ends
    private boolean isRaw; // guarded by this

    private TerminalMode(int fd) throws IOException {
        this.fd = fd;
        try (Arena arena = Arena.ofConfined()) {
            if ((int) TCGETATTR.invokeExact(HostCall.state(), fd, before) != 0) {
                throw HostCall.failed("tcgetattr");
            }
            MemorySegment raw = arena.allocate(TERMIOS_BYTES, Long.BYTES).copyFrom(before);
            CFMAKERAW.invokeExact(HostCall.state(), raw);
            if ((int) TCSETATTR.invokeExact(HostCall.state(), fd, TCSADRAIN, raw) != 0) {
                throw HostCall.failed("tcsetattr");
            }
            isRaw = true;
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** Makes the terminal raw. */
    public static TerminalMode raw(int fd) throws IOException {
        return new TerminalMode(fd);
    }

    public static boolean isTerminal(int fd) {
        try {
            return (int) ISATTY.invokeExact(HostCall.state(), fd) == 1;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** The window's size now; 24 by 80 when the terminal does not know. */
    public static Size size(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment winsize = arena.allocate(WINSIZE_BYTES, Long.BYTES);
            int error = (int) IOCTL.invokeExact(HostCall.state(), fd, TIOCGWINSZ, winsize);
            int rows = winsize.get(ValueLayout.JAVA_SHORT, 0) & 0xffff;
            int columns = winsize.get(ValueLayout.JAVA_SHORT, 2) & 0xffff;
            return error != 0 || rows == 0 || columns == 0 ? UNKNOWN : new Size(rows, columns);
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** Puts the mode back; more than once does no harm, and any thread may. */
    @Override
    public synchronized void close() {
        if (!isRaw) {
            return;
        }
        isRaw = false;
        try {
            int unused = (int) TCSETATTR.invokeExact(HostCall.state(), fd, TCSADRAIN, before);
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }
}
