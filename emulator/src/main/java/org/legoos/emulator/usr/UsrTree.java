package org.legoos.emulator.usr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The directory usr/ with the guest's programs, and make, which builds what is missing or old in it. Whoever runs one of these programs
 * asks here first: after a pull the built ones are older than their sources.
 *
 * @param directory usr/ itself, absolute
 */
public record UsrTree(Path directory) {
    /** Below the home directory of LegoOS, or below the working directory when nothing names a home. */
    public static UsrTree ofHome() {
        return below(Path.of(System.getProperty("legoos.home", ".")));
    }

    public static UsrTree below(Path home) {
        return new UsrTree(home.resolve("usr").toAbsolutePath().normalize());
    }

    public Path path(String program) {
        return directory.resolve(program);
    }

    /** The program usr/NAME, made now if it is missing or old. */
    public Path built(String program) throws IOException {
        make(program);
        return path(program);
    }

    /**
     * Makes goals of usr/Makefile, none for its first one; the words may also set variables of make (NAME=VALUE).
     *
     * @throws IOException when make or gcc are missing, or with what they said when they failed
     */
    public void make(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("make", "-s", "-j2"));
        command.addAll(Arrays.asList(words));
        Process make;
        try {
            make = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("the programs of usr/ take make and gcc (Debian: apt install gcc libc6-dev make): " + e.getMessage(), e);
        }
        try {
            make.getOutputStream().close();
            String said = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (make.waitFor() != 0) {
                throw new IOException("make " + String.join(" ", words) + " in " + directory + " failed:\n" + said);
            }
        } catch (InterruptedException e) {
            make.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while make runs", e);
        }
    }
}
