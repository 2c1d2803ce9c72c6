package org.legoos.emulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.programs.UsrPrograms;

/**
 * The storage node's process is killed while a program writes records and has each one promised by fsync: every promise is kept, and
 * the program gets EIO instead of waiting. {@code -Dlegoos.powercuts=N} makes more rounds, {@code -Dlegoos.seed=N} other ones.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PowerCutTest {
    private static final int RECORD_BYTES = 64;
    private static final int RECORDS = 1_000_000;
    private static final int EIO_STATUS = 3;

    @TempDir
    Path directory;

    private final LegoProcesses lego = new LegoProcesses();

    @BeforeAll
    static void buildPrograms() throws Exception {
        UsrPrograms.build();
    }

    @AfterEach
    void endAll() throws InterruptedException {
        lego.endAll();
    }

    @Test
    void whatFsyncHasPromisedIsThereAfterThePowerCut() throws Exception {
        Random random = new Random(Long.getLong("legoos.seed", 5));
        for (int round = 0; round < Integer.getInteger("legoos.powercuts", 1); round++) {
            cut(directory.resolve("round" + round), 5 + random.nextInt(200), random.nextInt(2_000_000));
            endAll();
        }
    }

    /** Kills the storage node some nanoseconds after a number of promises. */
    private void cut(Path round, int promises, int laterNs) throws Exception {
        Path root = Files.createDirectories(round.resolve("root"));
        Files.copy(UsrPrograms.path("powercut"), root.resolve("powercut"), StandardCopyOption.COPY_ATTRIBUTES);
        Path topology = round.resolve("topology");
        Path serial = round.resolve("serial");
        LegoProcesses.write(topology, Topology.load(Topology.WITH_STORAGE).mapConfigs(config -> config.with("STORAGE_TIMEOUT_MSEC", "5000")));
        lego.node(topology, "memory0", serial);
        Process storage = lego.node(topology, "storage0", serial, "--root", root.toString());
        ProcessBuilder run = ChildJvm.lego(List.of("run", "--topology", topology.toString(), "--node", "processor0", "--root",
                root.toString(), "--serial-dir", serial.toString(), "/powercut", "" + RECORDS));
        Process program = lego.start(run.redirectError(ProcessBuilder.Redirect.DISCARD));
        program.getOutputStream().close();
        BufferedReader said = program.inputReader(StandardCharsets.UTF_8);
        for (int i = 0; i < promises; i++) {
            assertThat(said.readLine()).isEqualTo("" + i);
        }
        long until = System.nanoTime() + laterNs;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        storage.destroyForcibly();
        int promised = promises;
        String line = said.readLine();
        while (line != null && line.equals("" + promised)) {
            promised++;
            line = said.readLine();
        }
        assertThat(line).as("after %d records; status %d", promised, program.waitFor())
                .isEqualTo("Input/output error after " + promised + " records");
        assertThat(program.waitFor()).isEqualTo(EIO_STATUS);
        String kept = Files.readString(root.resolve("powercut.log"), StandardCharsets.ISO_8859_1);
        assertThat(kept.length()).isGreaterThanOrEqualTo(promised * RECORD_BYTES);
        for (int i = 0; i < promised; i++) {
            assertThat(kept.substring(i * RECORD_BYTES, (i + 1) * RECORD_BYTES)).startsWith(i + " ").endsWith(".\n");
        }
    }
}
