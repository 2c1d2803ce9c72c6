package org.legoos.emulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run keeps in a temporary directory goes with it; what a killed one has left goes with the next. */
class TemporaryDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void goesWithAllThatIsInIt() throws IOException {
        Path path;
        try (TemporaryDirectory directory = TemporaryDirectory.createIn(parent, "test")) {
            path = directory.path();
            Files.createDirectories(path.resolve("upper/a/b"));
            Files.createSymbolicLink(path.resolve("upper/link"), Path.of("/"));
            Files.setPosixFilePermissions(path.resolve("upper/a/b"), PosixFilePermissions.fromString("---------"));
            Files.setPosixFilePermissions(path.resolve("upper/a"), PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void thatOfALivingRunStays() throws IOException {
        try (TemporaryDirectory directory = TemporaryDirectory.createIn(parent, "test")) {
            TemporaryDirectory.removeLeftovers(parent);
            assertThat(directory.path()).exists();
        }
    }

    @Test
    void thatOfAKilledRunIsRemovedAndNothingElse() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), TemporaryDirectoryTest.class.getName(),
                parent.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Path left = Path.of(process.inputReader().readLine());
        Path other = Files.createDirectory(parent.resolve("legoos-overlay-of-somebody"));
        TemporaryDirectory.removeLeftovers(parent);
        assertThat(left.resolve("upper/file")).as("its process lives").exists();
        process.destroyForcibly().waitFor();
        TemporaryDirectory.removeLeftovers(parent);
        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }

    /** The run that is killed. */
    public static void main(String[] arguments) throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.createIn(Path.of(arguments[0]), "test");
        Files.createDirectory(directory.path().resolve("upper"));
        Files.writeString(directory.path().resolve("upper/file"), "left");
        System.out.println(directory.path());
        System.in.read();
    }
}
