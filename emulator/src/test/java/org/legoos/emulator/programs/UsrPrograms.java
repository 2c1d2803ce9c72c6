package org.legoos.emulator.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.legoos.isa.natives.DebianPackages;

/** The built programs of usr/; built here when they are not yet. */
public final class UsrPrograms {
    private static final Path USR = home().resolve("usr");

    private UsrPrograms() {}

    private static Path home() {
        return Path.of(System.getProperty("legoos.home", "..")).toAbsolutePath().normalize();
    }

    public static Path path(String program) {
        return USR.resolve(program);
    }

    static boolean exists(String program) {
        return Files.isExecutable(path(program));
    }

    /** Everything that make built, but the benchmarks. */
    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(USR)) {
            return files.filter(Files::isRegularFile).filter(Files::isExecutable).sorted().toList();
        }
    }

    /** An unpacked musl-dev package, or nothing: without it, and without musl-gcc, there are no NAME.musl programs. */
    private static String musl() {
        try {
            return DebianPackages.fetch("musl-dev").toString();
        } catch (IOException e) {
            System.err.println("no musl programs: " + e.getMessage());
            return "";
        }
    }

    /** Runs make, which has little to do when Maven built already. */
    public static void build() throws IOException, InterruptedException {
        Process make;
        try {
            make = new ProcessBuilder("make", "-s", "-j2", "MUSL_ROOT=" + musl()).directory(USR.toFile()).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("the programs of usr/ take make and gcc: " + e.getMessage());
            return;
        }
        String said = new String(make.getInputStream().readAllBytes());
        if (make.waitFor() != 0) {
            throw new IOException("make in " + USR + " failed:\n" + said);
        }
    }
}
