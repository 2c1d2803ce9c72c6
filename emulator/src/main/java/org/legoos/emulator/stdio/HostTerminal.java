package org.legoos.emulator.stdio;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.legoos.isa.libc.TerminalMode;
import org.legoos.managers.processor.tty.TerminalPort;

/**
 * The user's terminal connected to a pseudo-terminal of the node (lego run -t): raw, so that every key goes to the
 * program's line discipline, until it is closed. Two threads carry the bytes.
 */
public final class HostTerminal extends TerminalStdio implements AutoCloseable {
    private static final int STDIN = 0;
    private static final int CHUNK_BYTES = 4096;
    /** So long the program's last output may take to be shown. */
    private static final long DRAIN_NS = 1_000_000_000L;

    private final TerminalMode mode;
    private volatile TerminalPort port;
    private volatile Thread keyboard;
    private volatile Thread screen;
    private volatile boolean isClosing;

    private HostTerminal(TerminalMode mode) {
        this.mode = mode;
    }

    /** Whether the launcher's standard input is a terminal. */
    public static boolean isThere() {
        return TerminalMode.isTerminal(STDIN);
    }

    /** Takes the terminal over. */
    public static HostTerminal open() throws IOException {
        return new HostTerminal(TerminalMode.raw(STDIN));
    }

    @Override
    public void attach(TerminalPort newPort) {
        port = newPort;
        windowChanged();
        newPort.onChange(() -> {
            LockSupport.unpark(keyboard);
            LockSupport.unpark(screen);
        });
        keyboard = Thread.ofPlatform().daemon().name("keyboard").start(this::type);
        screen = Thread.ofPlatform().daemon().name("screen").start(this::show);
    }

    /** SIGWINCH came. */
    public void windowChanged() {
        TerminalPort to = port;
        if (to != null) {
            TerminalMode.Size size = TerminalMode.size(STDIN);
            to.setWindowSize(size.rows(), size.columns());
        }
    }

    private void type() {
        // Never closed: the descriptor belongs to the JVM.
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        byte[] bytes = new byte[CHUNK_BYTES];
        try {
            for (int got; !isClosing && (got = in.read(bytes)) > 0; ) {
                for (int done = 0; done < got && !isClosing; ) {
                    int taken = port.type(bytes, done, got - done);
                    done += taken;
                    if (taken == 0) {
                        LockSupport.parkNanos(this, DRAIN_NS);
                    }
                }
            }
        } catch (IOException e) {
            // The terminal went away, as at its end.
        }
        if (!isClosing) {
            port.hangUp();
        }
    }

    private void show() {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        byte[] bytes = new byte[CHUNK_BYTES];
        try {
            while (true) {
                int got = port.show(bytes);
                if (got > 0) {
                    out.write(bytes, 0, got);
                } else if (isClosing) {
                    return;
                } else {
                    LockSupport.parkNanos(this, DRAIN_NS);
                }
            }
        } catch (IOException e) {
            port.hangUp();
        }
    }

    /** Shows what is left and gives the terminal back to the user. */
    @Override
    public void close() {
        isClosing = true;
        Thread shower = screen;
        if (shower != null) {
            LockSupport.unpark(shower);
            awaitEnd(shower);
        }
        restore();
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(java.time.Duration.ofNanos(DRAIN_NS));
        } catch (InterruptedException e) {
            // Ending anyway: the output that is not shown by now is lost.
            Thread.interrupted();
        }
    }

    /** Puts the terminal's mode back at once. */
    public void restore() {
        mode.close();
    }
}
