package org.legoos.emulator.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.legoos.emulator.cluster.HostErrors;
import org.legoos.managers.processor.strace.TraceSink;

/** Where --strace goes: stderr or a file. */
final class StraceOutput implements TraceSink, AutoCloseable {
    private final PrintStream to;
    private final boolean isFile;

    private StraceOutput(PrintStream to, boolean isFile) {
        this.to = to;
        this.isFile = isFile;
    }

    /** @param option null for no trace, empty for stderr, else a file */
    static StraceOutput open(String option) {
        if (option == null) {
            return null;
        }
        if (option.isEmpty()) {
            return new StraceOutput(System.err, false);
        }
        try {
            return new StraceOutput(new PrintStream(Files.newOutputStream(Path.of(option)), false, StandardCharsets.ISO_8859_1), true);
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "cannot write " + option + ": " + HostErrors.reason(e));
        }
    }

    @Override
    public void line(int pid, String text) {
        to.println(text);
    }

    @Override
    public void close() {
        to.flush();
        if (isFile) {
            to.close();
        }
    }
}
