package org.legoos.emulator.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.legoos.emulator.usr.UsrTree;
import org.legoos.isa.natives.DebianPackages;

/** The built programs of usr/; built here when they are not yet. */
public final class UsrPrograms {
    private static final UsrTree USR = UsrTree.ofHome();

    private UsrPrograms() {}

    public static Path path(String program) {
        return USR.path(program);
    }

    static boolean exists(String program) {
        return Files.isExecutable(path(program));
    }

    /** Everything that make built, but the benchmarks. */
    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(USR.directory())) {
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
    public static void build() throws IOException {
        USR.make("MUSL_ROOT=" + musl());
    }
}
