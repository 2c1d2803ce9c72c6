package org.legoos.managers.processor.tty;

/** How typed and erased characters show (ECHO, ECHOE, ECHOK, ECHOCTL, ECHOKE, ECHOPRT of termios(3)). Not thread-safe. */
final class Echo {
    private static final int TAB_WIDTH = 8;
    private static final int DEL = 0x7f;
    private static final int CONTROL_BIT = 0100;

    private final Termios termios;
    private final OutputSide output;
    private final InputQueue input;
    private int lineColumn; // where the line that is being typed began
    private boolean isErasing; // inside ECHOPRT's backslash and slash

    Echo(Termios termios, OutputSide output, InputQueue input) {
        this.termios = termios;
        this.output = output;
        this.input = input;
    }

    static boolean isControl(int c) {
        return c < ' ' || c == DEL;
    }

    /** A character about to be put into the line. */
    void typed(int c) {
        if (!termios.local(Termios.ECHO)) {
            return;
        }
        finishErasing();
        if (input.lineLength() == 0) {
            lineColumn = output.column();
        }
        if (c == '\n') {
            output.echo(c);
        } else {
            show(c);
        }
    }

    /** A newline shows with ECHONL even without ECHO. */
    void newline() {
        if (termios.local(Termios.ECHO) || termios.local(Termios.ECHONL)) {
            finishErasing();
            output.echo('\n');
        }
    }

    void bell() {
        output.echo(7);
    }

    /** VLNEXT: a caret that the next character replaces. */
    void literalNext() {
        if (termios.local(Termios.ECHO) && termios.local(Termios.ECHOCTL)) {
            finishErasing();
            output.echo('^');
            output.echo('\b');
        }
    }

    private void show(int c) {
        if (termios.local(Termios.ECHOCTL) && isControl(c) && c != '\t') {
            output.echo('^');
            output.echo(c ^ CONTROL_BIT);
        } else {
            output.echo(c);
        }
    }

    /** Shows the whole line again (VREPRINT). */
    void reprint(int reprintCharacter) {
        finishErasing();
        show(reprintCharacter);
        output.echo('\n');
        lineColumn = output.column();
        for (int i = 0; i < input.lineLength(); i++) {
            show(input.lineChar(i));
        }
    }

    /** Ends what ECHOPRT began. */
    void finishErasing() {
        if (isErasing) {
            output.echo('/');
            isErasing = false;
        }
    }

    /** The whole line is given up without erasing it visually. */
    void killed(int killCharacter) {
        finishErasing();
        show(killCharacter);
        if (termios.local(Termios.ECHOK)) {
            output.echo('\n');
        }
    }

    /** The line's last character, {@code c}, is about to be erased; {@code isKey} when VERASE asked for it. */
    void erased(int c, int eraseCharacter, boolean isKey) {
        if (!termios.local(Termios.ECHO)) {
            return;
        }
        if (termios.local(Termios.ECHOPRT)) {
            if (!isErasing) {
                output.echo('\\');
                isErasing = true;
            }
            show(c);
        } else if (isKey && !termios.local(Termios.ECHOE)) {
            show(eraseCharacter);
        } else if (c == '\t') {
            backUpTab();
        } else {
            backUp(termios.local(Termios.ECHOCTL) && isControl(c) ? 2 : isControl(c) ? 0 : 1);
        }
    }

    private void backUp(int columns) {
        for (int i = 0; i < columns; i++) {
            output.echo('\b');
            output.echo(' ');
            output.echo('\b');
        }
    }

    private void backUpTab() {
        int column = lineColumn;
        for (int i = 0; i < input.lineLength() - 1; i++) {
            column = after(column, input.lineChar(i));
        }
        for (int i = after(column, '\t'); i > column; i--) {
            output.echo('\b');
        }
    }

    private int after(int column, int c) {
        if (c == '\t') {
            return (column | TAB_WIDTH - 1) + 1;
        }
        if (isControl(c)) {
            return termios.local(Termios.ECHOCTL) ? column + 2 : column;
        }
        return termios.in(Termios.IUTF8) && (c & 0xc0) == 0x80 ? column : column + 1;
    }
}
