package org.legoos.managers.processor.tty;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.WaitLink;

/**
 * The master of a pseudo-terminal for the launcher, which plays the terminal with the user's own (lego run -t).
 * Any thread may call; nothing blocks.
 */
public final class TerminalPort {
    private final Terminals terminals;
    private final Tty tty;

    public TerminalPort(Terminals terminals, Tty tty) {
        this.terminals = terminals;
        this.tty = tty;
        tty.setLocked(false);
    }

    /** Typed bytes. @return how many were taken; 0: try again after a change */
    public int type(byte[] from, int offset, int length) {
        return Math.max(0, tty.masterWrite(from, offset, length));
    }

    /** Bytes to show. @return how many; 0: nothing now; -1: no program has the terminal any more */
    public int show(byte[] to) {
        int got = tty.masterRead(to, to.length);
        return got == -Errno.EAGAIN ? 0 : Math.max(-1, got);
    }

    public void setWindowSize(int rows, int columns) {
        tty.setWindowSize(TtyCalls.windowSize(rows, columns));
    }

    /** Calls back whenever {@link #type} or {@link #show} may have something new to do; it must not block or lock anything. */
    public void onChange(Runnable changed) {
        tty.masterWaiters().add(new WaitLink(ready -> changed.run()));
    }

    /** The user's terminal went away. */
    public void hangUp() {
        tty.masterClosed();
        terminals.closed(tty);
    }
}
