package org.legoos.managers.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A storage node in a process of its own is killed at a random moment: what a fsync or a synchronous write had promised is
 * there when the next one starts, and a file that was being copied to an overlay is the old one or the new one.
 */
class PowerCutTest {
    private static final int FILES = 8;
    private static final String OLD = "old ".repeat(5000);

    @TempDir
    private Path root;

    @TempDir
    private Path changes;

    @ParameterizedTest
    @CsvSource({"WRITABLE,1", "WRITABLE,2", "OVERLAY,3", "OVERLAY,4"})
    void promisesAreKept(String mode, long seed) throws Exception {
        for (int i = 0; i < FILES; i++) {
            Files.writeString(root.resolve("file" + i), OLD);
        }
        Map<String, Integer> promised = runAndKill(mode, seed, 20 + new Random(seed).nextInt(200));
        try (StorageRig rig = Child.rig(mode, root, changes)) {
            assertThat(promised).isNotEmpty();
            promised.forEach((path, version) -> {
                String content = rig.read(path);
                int found = Child.version(content);
                assertThat(found).as("%s, promised version %d, is '%.40s'", path, version, content).isGreaterThanOrEqualTo(version);
            });
            for (int i = 0; i < FILES; i++) {
                String content = rig.read("/file" + i);
                assertThat(content.equals(OLD) || Child.version(content) >= 0).as("file%d is '%.40s', %d bytes", i, content, content.length()).isTrue();
            }
        }
    }

    /** @return the last version of each file that was promised before the process died */
    private Map<String, Integer> runAndKill(String mode, long seed, int lines) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", System.getProperty("java.class.path"),
                Child.class.getName(), mode, root.toString(), changes.toString(), Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Map<String, Integer> promised = new HashMap<>();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream()))) {
            String line = out.readLine();
            for (int i = 0; line != null && i < lines; i++) {
                note(line, promised);
                line = i + 1 < lines ? out.readLine() : null;
            }
            child.toHandle().destroyForcibly(); // Process's own would close the pipe
            for (line = out.readLine(); line != null; line = out.readLine()) {
                note(line, promised); // said before it died
            }
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return promised;
    }

    /** A whole line is a promise: path and version. */
    private static void note(String line, Map<String, Integer> promised) {
        String[] words = line.split(" ");
        if (words.length == 3 && words[2].equals("promised")) {
            promised.merge(words[0], Integer.parseInt(words[1]), Math::max);
        }
    }

    /** The process that dies. */
    static final class Child {
        private Child() {}

        static StorageRig rig(String mode, Path root, Path changes) {
            return mode.equals("OVERLAY") ? StorageRig.overlay(root, changes) : StorageRig.writable(root);
        }

        /** What a file holds in a version: as a whole, so that half of it is noticed. */
        static String content(int version) {
            return "version %08d;".formatted(version).repeat(1000);
        }

        static int version(String content) {
            if (!content.startsWith("version ") || content.length() < 17) {
                return -1;
            }
            int version = Integer.parseInt(content.substring(8, 16));
            return content.equals(content(version)) ? version : -1;
        }

        public static void main(String[] args) {
            StorageRig rig = rig(args[0], Path.of(args[1]), Path.of(args[2]));
            Random random = new Random(Long.parseLong(args[3]));
            for (int version = 1; !System.out.checkError(); version++) {
                String path = "/file" + random.nextInt(FILES);
                String temporary = "/new" + version;
                // As careful programs do it: write aside, sync, rename, sync the directory.
                boolean isKept = rig.create(temporary, content(version)) == 0 && rig.files.fsync(temporary) == 0
                        && rig.files.rename(temporary, path, 0) == 0 && rig.files.fsync("/") == 0;
                if (isKept) {
                    System.out.println(path + " " + version + " promised");
                }
            }
            Runtime.getRuntime().halt(1); // nobody listens any more
        }
    }
}
