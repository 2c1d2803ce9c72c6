package org.legoos.managers.processor.tty;

import org.legoos.kernel.signal.Signals;

/**
 * N_TTY, the line discipline of Linux's terminals (termios(3), drivers/tty/n_tty.c for what the manual leaves
 * open): between the bytes that a terminal sends and the lines that programs read, and back. Not thread-safe: its
 * {@link Tty} locks. A signal that a key sends is left in {@link #takeSignal} for the caller, who holds no lock then.
 */
final class LineDiscipline {
    private final Termios termios = new Termios();
    private final InputQueue input = new InputQueue();
    private final OutputSide output = new OutputSide(termios);
    private final Echo echo = new Echo(termios, output, input);
    private boolean isStopped; // output, by VSTOP or TCXONC
    private boolean isLiteral; // VLNEXT was typed
    private int signal;
    private boolean isFlushed; // a signal key flushed the queues

    Termios termios() {
        return termios;
    }

    InputQueue input() {
        return input;
    }

    OutputSide output() {
        return output;
    }

    boolean isStopped() {
        return isStopped;
    }

    void setStopped(boolean stopped) {
        isStopped = stopped;
    }

    /** The signal that the last {@link #receive} asked for, 0 for none; asking clears it. */
    int takeSignal() {
        int taken = signal;
        signal = 0;
        return taken;
    }

    /** Whether queues were flushed since the last question. */
    boolean takeFlushed() {
        boolean taken = isFlushed;
        isFlushed = false;
        return taken;
    }

    boolean isCanonical() {
        return termios.local(Termios.ICANON);
    }

    /** New attributes took effect. */
    void attributesChanged(boolean wasCanonical) {
        if (wasCanonical != isCanonical()) {
            input.modeChanged(isCanonical());
            isLiteral = false;
        }
        if (isStopped && !termios.in(Termios.IXON)) {
            isStopped = false;
        }
    }

    /** Whether a typed character would be taken now: an unfinished line takes for ever, and drops what does not fit. */
    boolean acceptsInput() {
        return input.room() > 0 || isCanonical() && !input.hasLine();
    }

    /** Bytes from the terminal, until one sends a signal. @return how many were taken */
    int receive(byte[] from, int offset, int length) {
        int done = 0;
        while (done < length && acceptsInput() && signal == 0) {
            receive(from[offset + done++] & 0xff);
        }
        return done;
    }

    private void receive(int typed) {
        int c = termios.in(Termios.ISTRIP) ? typed & 0x7f : typed;
        if (termios.in(Termios.IUCLC) && termios.local(Termios.IEXTEN) && c >= 'A' && c <= 'Z') {
            c += 'a' - 'A';
        }
        if (isLiteral) {
            isLiteral = false;
            add(c);
            return;
        }
        if (termios.in(Termios.IXON) && flowControl(c)) {
            return;
        }
        if (isStopped && termios.in(Termios.IXON) && termios.in(Termios.IXANY)) {
            isStopped = false;
        }
        if (termios.local(Termios.ISIG) && signalKey(c)) {
            return;
        }
        if (c == '\r') {
            if (termios.in(Termios.IGNCR)) {
                return;
            }
            c = termios.in(Termios.ICRNL) ? '\n' : c;
        } else if (c == '\n' && termios.in(Termios.INLCR)) {
            c = '\r';
        }
        if (!isCanonical() || !lineKey(c)) {
            add(c);
        }
    }

    private boolean flowControl(int c) {
        if (termios.is(Termios.VSTART, c)) {
            isStopped = false;
            return true;
        }
        if (termios.is(Termios.VSTOP, c)) {
            isStopped = true;
            return true;
        }
        return false;
    }

    private boolean signalKey(int c) {
        int wanted = termios.is(Termios.VINTR, c) ? Signals.SIGINT
                : termios.is(Termios.VQUIT, c) ? Signals.SIGQUIT
                : termios.is(Termios.VSUSP, c) ? Signals.SIGTSTP : 0;
        if (wanted == 0) {
            return false;
        }
        signal = wanted;
        if (!termios.local(Termios.NOFLSH)) {
            input.clear();
            output.bytes().clear();
            isFlushed = true;
        }
        isStopped = isStopped && !termios.in(Termios.IXON);
        echo.typed(c);
        return true;
    }

    /** Keys with a meaning in canonical mode. @return false when {@code c} is an ordinary character */
    private boolean lineKey(int c) {
        boolean isExtended = termios.local(Termios.IEXTEN);
        if (termios.is(Termios.VERASE, c)) {
            erase(c);
        } else if (termios.is(Termios.VKILL, c)) {
            kill(c);
        } else if (isExtended && termios.is(Termios.VWERASE, c)) {
            eraseWord(c);
        } else if (isExtended && termios.is(Termios.VLNEXT, c)) {
            isLiteral = true;
            echo.literalNext();
        } else if (isExtended && termios.local(Termios.ECHO) && termios.is(Termios.VREPRINT, c)) {
            echo.reprint(c);
        } else if (c == '\n') {
            echo.newline();
            input.endLine(c, false);
        } else if (termios.is(Termios.VEOF, c)) {
            input.endLine(0, true);
        } else if (termios.is(Termios.VEOL, c) || isExtended && termios.is(Termios.VEOL2, c)) {
            echo.typed(c);
            input.endLine(c, false);
        } else {
            return false;
        }
        return true;
    }

    private void add(int c) {
        if (input.room() == 0) {
            if (termios.in(Termios.IMAXBEL)) {
                echo.bell();
            }
            return;
        }
        echo.typed(c);
        input.put(c);
        if (c == 0xff && termios.in(Termios.PARMRK) && !termios.in(Termios.ISTRIP)) {
            input.put(c); // so that a program can tell it from the mark of a bad character
        }
    }

    private void erase(int key) {
        eraseOne(key, true);
    }

    /** Removes the last character, which in UTF-8 may be several bytes. @return false when the line is empty */
    private boolean eraseOne(int key, boolean isKey) {
        while (input.lineLength() > 0) {
            int last = input.lineChar(input.lineLength() - 1);
            boolean isContinuation = termios.in(Termios.IUTF8) && (last & 0xc0) == 0x80;
            if (!isContinuation) {
                echo.erased(last, key, isKey);
                input.dropLast();
                return true;
            }
            input.dropLast();
        }
        return false;
    }

    private void kill(int key) {
        boolean isVisual = termios.local(Termios.ECHO) && termios.local(Termios.ECHOK)
                && termios.local(Termios.ECHOKE) && termios.local(Termios.ECHOE);
        if (isVisual) {
            while (eraseOne(key, false)) {}
            echo.finishErasing();
            return;
        }
        while (input.lineLength() > 0) {
            input.dropLast();
        }
        if (termios.local(Termios.ECHO)) {
            echo.killed(key);
        }
    }

    private void eraseWord(int key) {
        boolean seenWord = false;
        while (input.lineLength() > 0) {
            int last = input.lineChar(input.lineLength() - 1);
            boolean isWord = last == '_' || Character.isLetterOrDigit(last) || last >= 0x80;
            if (!isWord && seenWord) {
                return;
            }
            seenWord |= isWord;
            eraseOne(key, false);
        }
    }
}
