package org.legoos.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.legoos.elf.ElfLoader;
import org.legoos.elf.ElfSource;
import org.legoos.emulator.cluster.Topology;

/** The host's own dynamically linked programs, with their loader and libraries in the memory node's file system. */
class DynamicProgramsTest {
    private static final Pattern LIBRARY = Pattern.compile("=> (/\\S+)");
    private static final byte[] INPUT = "pear\napple\nfig\n".getBytes(StandardCharsets.UTF_8);

    /** What a program is loaded with: PT_INTERP's program and, as that one lists them, the libraries. */
    private static Set<Path> needs(Path program) throws IOException, InterruptedException {
        String interpreter = ElfLoader.interpreterPath(ElfSource.of(Files.readAllBytes(program)));
        assumeTrue(!interpreter.isEmpty(), program + " is not dynamically linked");
        Process list = new ProcessBuilder(interpreter, "--list", program.toString()).redirectErrorStream(true).start();
        String said = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(list.waitFor(60, TimeUnit.SECONDS) && list.exitValue() == 0, said);
        Set<Path> files = new LinkedHashSet<>(List.of(Path.of(interpreter)));
        for (Matcher m = LIBRARY.matcher(said); m.find();) {
            files.add(Path.of(m.group(1)));
        }
        return files;
    }

    @Test
    void runAsNatively() throws Exception {
        record Run(String program, List<String> arguments) {}
        List<Run> runs = List.of(
                new Run("/usr/bin/sort", List.of("-r")),
                new Run("/usr/bin/wc", List.of("-w")),
                new Run("/usr/bin/expr", List.of("6", "*", "7")),
                new Run("/usr/bin/printf", List.of("%s %.3f\\n", "pi", "3.14159")));
        try (GuestRunner guest = new GuestRunner(Topology.load("1P-1M"))) {
            for (Run run : runs) {
                Path program = Path.of(run.program());
                assumeTrue(Files.isExecutable(program), program + " is not there");
                guest.file(run.program(), program);
                for (Path file : needs(program)) {
                    guest.file(file.toString(), file);
                }
            }
            for (Run run : runs) {
                guest.compare(Path.of(run.program()), run.program(), run.arguments(), INPUT);
            }
        }
    }

    @Test
    void withoutItsLoaderAProgramCannotRun() throws Exception {
        Path program = Path.of("/usr/bin/wc");
        assumeTrue(Files.isExecutable(program));
        needs(program);
        try (GuestRunner guest = new GuestRunner(Topology.load("1P-1M"))) {
            guest.file("/usr/bin/wc", program);
            assertThat(guest.run("/usr/bin/wc", List.of(), INPUT).status()).isEqualTo(126);
        }
    }
}
