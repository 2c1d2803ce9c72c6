package org.legoos.managers.processor.tty;

/**
 * From a program's or the echo's characters to the bytes that the terminal gets: OPOST processing with the cursor's
 * column (n_tty's do_output_char), into a bounded queue. Not thread-safe.
 */
final class OutputSide {
    /** What programs may have waiting; echo may go a bit beyond, so that typing shows while a program writes. */
    static final int PROGRAM_BYTES = 8192;

    private static final int ECHO_BYTES = 4096;
    private static final int TAB_WIDTH = 8;
    /** The longest that one character becomes. */
    private static final int EXPANSION = TAB_WIDTH;

    private final Termios termios;
    private final ByteRing bytes = new ByteRing(PROGRAM_BYTES + ECHO_BYTES);
    private int column;

    OutputSide(Termios termios) {
        this.termios = termios;
    }

    ByteRing bytes() {
        return bytes;
    }

    int column() {
        return column;
    }

    /** Whether a program may write at least one character. */
    boolean hasProgramRoom() {
        return bytes.size() <= PROGRAM_BYTES - EXPANSION;
    }

    /** Writes a program's characters. @return how many were taken */
    int program(byte[] from, int length) {
        if (!termios.out(Termios.OPOST)) {
            return bytes.put(from, 0, Math.min(length, Math.max(0, PROGRAM_BYTES - bytes.size())));
        }
        int done = 0;
        while (done < length && hasProgramRoom()) {
            processed(from[done++] & 0xff);
        }
        return done;
    }

    /** A character of the echo; lost when nobody has read the terminal for long. */
    void echo(int c) {
        if (bytes.room() < EXPANSION) {
            return;
        }
        if (termios.out(Termios.OPOST)) {
            processed(c);
        } else {
            bytes.put(c);
        }
    }

    private void processed(int c) {
        switch (c) {
            case '\n' -> {
                if (termios.out(Termios.ONLRET)) {
                    column = 0;
                }
                if (termios.out(Termios.ONLCR)) {
                    column = 0;
                    bytes.put('\r');
                }
                bytes.put('\n');
            }
            case '\r' -> carriageReturn();
            case '\t' -> tab();
            case '\b' -> {
                column = Math.max(0, column - 1);
                bytes.put(c);
            }
            default -> {
                boolean isContinuation = termios.in(Termios.IUTF8) && (c & 0xc0) == 0x80;
                if (c >= ' ' && c != 0x7f && !isContinuation) {
                    column++;
                }
                bytes.put(termios.out(Termios.OLCUC) ? upper(c) : c);
            }
        }
    }

    private void carriageReturn() {
        if (termios.out(Termios.ONOCR) && column == 0) {
            return;
        }
        if (termios.out(Termios.OCRNL)) {
            if (termios.out(Termios.ONLRET)) {
                column = 0;
            }
            bytes.put('\n');
            return;
        }
        column = 0;
        bytes.put('\r');
    }

    private void tab() {
        int spaces = TAB_WIDTH - (column & TAB_WIDTH - 1);
        column += spaces;
        if (!termios.expandsTabs()) {
            bytes.put('\t');
            return;
        }
        for (int i = 0; i < spaces; i++) {
            bytes.put(' ');
        }
    }

    private static int upper(int c) {
        return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
    }
}
