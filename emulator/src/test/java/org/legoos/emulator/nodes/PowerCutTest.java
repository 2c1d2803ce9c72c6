package org.legoos.emulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The storage node's process is killed while a program writes records and has each one promised by fsync: every promise is kept, and
 * the program gets EIO instead of waiting. {@code -Dlegoos.powercuts=N} makes more rounds, {@code -Dlegoos.seed=N} other ones.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PowerCutTest {
    private static final int RECORD_BYTES = 64;
    private static final int RECORDS = 1_000_000;
    private static final int EIO_STATUS = 3;

    @RegisterExtension
    static final LegoProcesses LEGO = new LegoProcesses();

    @TempDir
    Path directory;

    @Test
    void whatFsyncHasPromisedIsThereAfterThePowerCut() throws Exception {
        Random random = new Random(Long.getLong("legoos.seed", 5));
        for (int round = 0; round < Integer.getInteger("legoos.powercuts", 1); round++) {
            cut(directory.resolve("round" + round), 5 + random.nextInt(200), random.nextInt(2_000_000));
            LEGO.endAll();
        }
    }

    /** Kills the storage node some nanoseconds after a number of promises. */
    private void cut(Path round, int promises, int laterNs) throws Exception {
        StorageProcesses nodes = new StorageProcesses(LEGO, round, "powercut");
        Process storage = nodes.storage();
        Process program = nodes.program("" + RECORDS);
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
        String kept = Files.readString(nodes.root.resolve("powercut.log"), StandardCharsets.ISO_8859_1);
        assertThat(kept.length()).isGreaterThanOrEqualTo(promised * RECORD_BYTES);
        for (int i = 0; i < promised; i++) {
            assertThat(kept.substring(i * RECORD_BYTES, (i + 1) * RECORD_BYTES)).startsWith(i + " ").endsWith(".\n");
        }
    }
}
