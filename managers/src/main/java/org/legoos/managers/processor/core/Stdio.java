package org.legoos.managers.processor.core;

import java.lang.foreign.MemorySegment;
import org.legoos.managers.processor.tty.TerminalPort;

/** What the launcher connects to a program's descriptors 0, 1 and 2; null leaves one closed. */
public interface Stdio {
    Port in();

    Port out();

    Port err();

    /** A terminal that takes the place of all three, null for none: then the program gets a pseudo-terminal of its own. */
    default Terminal terminal() {
        return null;
    }

    /** The user's terminal, to be connected to the program's. */
    interface Terminal {
        /** Called once, before the program runs. */
        void attach(TerminalPort port);
    }

    /** What the other side is: decides fstat's type, isatty and lseek. */
    enum Kind { TTY, PIPE, FILE, NULL }

    /**
     * One end. read and write never block for long: where there is nothing to do they give -EAGAIN, and
     * {@code onChange} tells when to try again. Negative results are errnos. Any thread may call.
     */
    interface Port {
        Kind kind();

        /** @return bytes, 0 at end of input, -EAGAIN, -EIO, -EBADF (not open for reading) */
        int read(MemorySegment to, long at, int lengthBytes);

        /** @return bytes, -EAGAIN, -EPIPE, -EIO, -ENOSPC, -EBADF */
        int write(MemorySegment from, long at, int lengthBytes);

        /** Bytes that a read would give now. */
        int available();

        /** Some of POLLIN, POLLOUT, POLLERR and POLLHUP, as {@link org.legoos.managers.processor.fs.OpenFlags} has them. */
        int poll();

        /** Installs what is to be called whenever {@link #poll} may have changed; one per port. */
        void onChange(Runnable changed);

        /** Terminal window size in characters (TTY only). */
        default int rows() {
            return 24;
        }

        default int columns() {
            return 80;
        }
    }
}
