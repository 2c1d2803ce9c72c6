package org.legoos.emulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The storage node's process is killed while a program has files open and mapped: calls are EIO, pages SIGBUS, the rest goes on; and
 * when it is started again, the same program has the same files, for a storage node keeps no state.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class OutageTest {
    private static final int COLD_BYTES = 4 << 20;
    private static final String EIO = ": Input/output error";

    @RegisterExtension
    static final LegoProcesses LEGO = new LegoProcesses();

    @TempDir
    Path directory;

    @Test
    void aProgramLivesThroughTheDeathOfItsStorageNode() throws Exception {
        StorageProcesses nodes = new StorageProcesses(LEGO, directory, "outage");
        byte[] cold = new byte[COLD_BYTES];
        Arrays.fill(cold, (byte) 'x');
        Files.write(nodes.root.resolve("cold"), cold);
        Process storage = nodes.storage();
        Process program = nodes.program("/");
        BufferedReader said = program.inputReader(StandardCharsets.UTF_8);
        assertThat(until("ready", said)).isEmpty();

        storage.destroyForcibly().waitFor();
        goOn(program.getOutputStream());
        assertThat(until("waiting", said)).containsExactly("page that was touched: fine", "page of a file nobody has read" + EIO,
                "read of a file nobody has read" + EIO, "msync" + EIO, "write and fsync" + EIO, "open" + EIO, "stat" + EIO,
                "shared memory file: fine", "child: fine");

        Process again = nodes.storageAgain();
        BufferedReader node = again.inputReader(StandardCharsets.UTF_8);
        String line = node.readLine();
        while (line != null && !line.contains("has joined")) {
            line = node.readLine();
        }
        assertThat(line).isNotNull();
        goOn(program.getOutputStream());
        assertThat(until("over", said)).hasSize(7).allMatch(each -> each.endsWith(": fine"));
        assertThat(program.waitFor()).isZero();
    }

    private static void goOn(OutputStream to) throws IOException {
        to.write('\n');
        to.flush();
    }

    /** What is said before a line. */
    private static List<String> until(String last, BufferedReader said) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = said.readLine();
        while (line != null && !line.equals(last)) {
            lines.add(line);
            line = said.readLine();
        }
        assertThat(line).as("after %s", lines).isEqualTo(last);
        return lines;
    }
}
