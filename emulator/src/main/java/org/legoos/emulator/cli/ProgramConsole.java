package org.legoos.emulator.cli;

import java.io.IOException;
import org.legoos.emulator.stdio.HostStdio;
import org.legoos.emulator.stdio.HostTerminal;
import org.legoos.managers.processor.core.Stdio;

/** What a program has for its standard streams: the launcher's own, or with -t a pseudo-terminal on the user's terminal. */
final class ProgramConsole implements AutoCloseable {
    private final HostTerminal terminal; // null without -t

    private ProgramConsole(HostTerminal terminal) {
        this.terminal = terminal;
    }

    /** A UserError when a terminal is asked for and standard input is none. */
    static void check(boolean isTerminal) {
        if (isTerminal && !HostTerminal.isThere()) {
            throw new UserError(Lego.FAILED, "-t: standard input is not a terminal");
        }
    }

    /** Takes the terminal over until {@link #close}; it is given back also when a signal ends the launcher. */
    static ProgramConsole open(boolean isTerminal, Interruption interruption) {
        if (!isTerminal) {
            return new ProgramConsole(null);
        }
        try {
            HostTerminal opened = HostTerminal.open();
            interruption.beforeEnd(opened::restore);
            Runtime.getRuntime().addShutdownHook(new Thread(opened::restore));
            HostSignals.handleWindowChange(opened::windowChanged);
            return new ProgramConsole(opened);
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "-t: " + e.getMessage());
        }
    }

    Stdio stdio() {
        return terminal == null ? new HostStdio() : terminal;
    }

    @Override
    public void close() {
        if (terminal != null) {
            terminal.close();
        }
    }
}
