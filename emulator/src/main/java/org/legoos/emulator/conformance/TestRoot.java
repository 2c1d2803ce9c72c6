package org.legoos.emulator.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.legoos.emulator.cluster.TemporaryDirectory;

/** A root directory with nothing but the tests' programs and what they expect of any system. */
final class TestRoot {
    static final String TESTS = "tests";
    private static final List<String> DIRECTORIES = List.of("bin", "dev", "etc", "proc", "root", "sys", "tmp", "usr", TESTS);

    private TestRoot() {}

    static TemporaryDirectory make(TestSuite suite) throws IOException {
        TemporaryDirectory made = TemporaryDirectory.create("root");
        fill(made.path(), suite);
        return made;
    }

    private static void fill(Path root, TestSuite suite) throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : DIRECTORIES) {
            Files.createDirectory(root.resolve(name));
        }
        for (String testClass : suite.classes()) {
            Files.copy(suite.program(testClass), root.resolve(TESTS).resolve(testClass), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
