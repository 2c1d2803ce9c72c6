package org.legoos.emulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.programs.UsrPrograms;

/**
 * The storage node's process is killed while a program has files open and mapped: calls are EIO, pages SIGBUS, the rest goes on; and
 * when it is started again, the same program has the same files, for a storage node keeps no state.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class OutageTest {
    private static final int COLD_BYTES = 4 << 20;
    private static final String EIO = ": Input/output error";

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
    void aProgramLivesThroughTheDeathOfItsStorageNode() throws Exception {
        Path root = Files.createDirectories(directory.resolve("root"));
        Files.copy(UsrPrograms.path("outage"), root.resolve("outage"), StandardCopyOption.COPY_ATTRIBUTES);
        byte[] cold = new byte[COLD_BYTES];
        Arrays.fill(cold, (byte) 'x');
        Files.write(root.resolve("cold"), cold);
        Path topology = directory.resolve("topology");
        Path serial = directory.resolve("serial");
        LegoProcesses.write(topology, Topology.load(Topology.WITH_STORAGE).mapConfigs(config -> config.with("STORAGE_TIMEOUT_MSEC", "5000")));
        lego.node(topology, "memory0", serial);
        Process storage = lego.node(topology, "storage0", serial, "--root", root.toString());
        ProcessBuilder run = ChildJvm.lego(List.of("run", "--topology", topology.toString(), "--node", "processor0", "--root",
                root.toString(), "--serial-dir", serial.toString(), "/outage", "/"));
        Process program = lego.start(run.redirectError(ProcessBuilder.Redirect.DISCARD));
        BufferedReader said = program.inputReader(StandardCharsets.UTF_8);
        assertThat(until("ready", said)).isEmpty();

        storage.destroyForcibly().waitFor();
        goOn(program.getOutputStream());
        assertThat(until("waiting", said)).containsExactly("page that was touched: fine", "page of a file nobody has read" + EIO,
                "read of a file nobody has read" + EIO, "msync" + EIO, "write and fsync" + EIO, "open" + EIO, "stat" + EIO,
                "shared memory file: fine", "child: fine");

        Process again = lego.start(ChildJvm.lego(List.of("node", "--config", topology.resolve("storage0.config").toString(), "--serial-dir",
                directory.resolve("serial2").toString(), "--wait", "" + LegoProcesses.JOIN_TIMEOUT_S, "--root", root.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT));
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
