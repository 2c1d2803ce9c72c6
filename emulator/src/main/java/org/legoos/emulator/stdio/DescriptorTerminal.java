package org.legoos.emulator.stdio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.isa.libc.HostIo;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.tty.TerminalPort;

/**
 * A client's terminal, which the client has made raw and passed, connected to a pseudo-terminal of the node
 * (lego exec -t). Bytes are carried by the watching thread and by whoever changes the terminal's state.
 */
public final class DescriptorTerminal extends TerminalStdio implements AutoCloseable {
    private static final int KEYBOARD = 0;
    private static final int SCREEN = 1;
    private static final int CHUNK_BYTES = 4096;

    private final DescriptorWatch watch;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment buffer = arena.allocate(CHUNK_BYTES);
    private final MemorySegment toShow = arena.allocate(CHUNK_BYTES);
    private final byte[] bytes = new byte[CHUNK_BYTES];
    private final byte[] keys = new byte[CHUNK_BYTES];
    private int keysAt; // this and the next four are guarded by this
    private int keysEnd;
    private int shownAt;
    private int shownEnd;
    private boolean isClosed;
    private volatile int rows;
    private volatile int columns;
    private volatile TerminalPort port;
    private final Thread carrier = Thread.ofPlatform().daemon().name("exec-tty").unstarted(this::carry);
    private boolean isAsked; // guarded by carrier
    private boolean isEnding; // guarded by carrier

    /** Takes two descriptors over: what is typed, and where to show. */
    public DescriptorTerminal(int keyboardFd, int screenFd, int rows, int columns) throws IOException {
        watch = new DescriptorWatch(keyboardFd, screenFd);
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public void attach(TerminalPort newPort) {
        port = newPort;
        newPort.setWindowSize(rows, columns);
        watch.onReady(KEYBOARD, this::ask);
        watch.onReady(SCREEN, this::ask);
        newPort.onChange(this::ask);
        carrier.start();
        ask();
    }

    public void windowChanged(int newRows, int newColumns) {
        rows = newRows;
        columns = newColumns;
        TerminalPort to = port;
        if (to != null) {
            to.setWindowSize(newRows, newColumns);
        }
    }

    /** There may be something to carry. Never waits: it is called in the middle of the line discipline. */
    private void ask() {
        synchronized (carrier) {
            isAsked = true;
            carrier.notifyAll();
        }
    }

    private void carry() {
        while (awaitAsked()) {
            type();
            show();
        }
    }

    private boolean awaitAsked() {
        synchronized (carrier) {
            while (!isAsked && !isEnding) {
                try {
                    carrier.wait();
                } catch (InterruptedException e) {
                    // Nobody interrupts this thread on purpose; look again.
                    Thread.interrupted();
                }
            }
            isAsked = false;
            return !isEnding;
        }
    }

    private synchronized void type() {
        while (!isClosed) {
            if (keysAt == keysEnd && !readKeys()) {
                return;
            }
            int taken = port.type(keys, keysAt, keysEnd - keysAt);
            keysAt += taken;
            if (taken == 0) {
                return; // its input queue is full; a change will tell
            }
        }
    }

    private boolean readKeys() {
        if (HostIo.ready(watch.fd(KEYBOARD), HostIo.POLLIN) == 0) {
            watch.ask(KEYBOARD, HostIo.POLLIN);
            return false;
        }
        int got = HostIo.read(watch.fd(KEYBOARD), buffer, 0, CHUNK_BYTES);
        if (got == -Errno.EAGAIN) {
            watch.ask(KEYBOARD, HostIo.POLLIN);
            return false;
        }
        if (got <= 0) {
            port.hangUp();
            isClosed = true;
            return false;
        }
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, keys, 0, got);
        keysAt = 0;
        keysEnd = got;
        return true;
    }

    private synchronized void show() {
        while (!isClosed) {
            if (shownAt == shownEnd) {
                int got = port.show(bytes);
                if (got <= 0) {
                    return;
                }
                MemorySegment.copy(bytes, 0, toShow, ValueLayout.JAVA_BYTE, 0, got);
                shownAt = 0;
                shownEnd = got;
            }
            int put = HostIo.ready(watch.fd(SCREEN), HostIo.POLLOUT) == 0 ? -Errno.EAGAIN
                    : HostIo.write(watch.fd(SCREEN), toShow, shownAt, shownEnd - shownAt);
            if (put == -Errno.EAGAIN) {
                watch.ask(SCREEN, HostIo.POLLOUT);
                return;
            }
            shownAt = put < 0 ? shownEnd : shownAt + put; // nobody looks any more: it is lost
        }
    }

    /** The client has gone: whoever uses the terminal is hung up. */
    public void hangUp() {
        if (port != null) {
            port.hangUp();
        }
    }

    /** Shows what is left, as far as the screen takes it, and uses the descriptors no more. */
    @Override
    public void close() {
        if (port != null) {
            show();
        }
        synchronized (this) {
            isClosed = true;
        }
        synchronized (carrier) {
            isEnding = true;
            carrier.notifyAll();
        }
        watch.close(); // after the lock: nobody is at a descriptor
    }
}
