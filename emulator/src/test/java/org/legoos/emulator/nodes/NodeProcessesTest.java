package org.legoos.emulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.nodes.LegoProcesses.Ended;
import org.legoos.emulator.programs.UsrPrograms;

/** A processor and a memory node in JVMs of their own, joined by UDP: what users start, from the outside. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class NodeProcessesTest {
    private static final int BUS_ERROR_STATUS = 135;

    @RegisterExtension
    static final LegoProcesses LEGO = new LegoProcesses();

    @TempDir
    Path directory;

    private Path serial() {
        return directory.resolve("serial");
    }

    private Path topology() throws Exception {
        Path path = directory.resolve("topology");
        LegoProcesses.write(path, Topology.load("1P-1M"));
        return path;
    }

    private Ended processor(Path topology, String... more) throws Exception {
        return LEGO.run(LegoProcesses.processor(topology, serial(), more));
    }

    @Test
    void twoProcessorsAfterEachOtherRunTheSameProgramOnOneMemoryNode() throws Exception {
        String program = UsrPrograms.path("hello").toString();
        Path topology = topology();
        BufferedReader memory = LEGO.node(topology, "memory0", serial(), "--file", program).inputReader(StandardCharsets.UTF_8);
        for (int i = 0; i < 2; i++) {
            Ended run = processor(topology, program);
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("hello, world\n");
            assertThat(run.status()).isZero();
            assertThat(memory.readLine()).startsWith("lego: memory0 waits at 127.0.0.1:");
            assertThat(memory.readLine()).isEqualTo("lego: memory0 has joined");
            assertThat(memory.readLine()).matches("lego: node 0 \\(processor0, LID 1, 127\\.0\\.0\\.1:[0-9]+\\) has left");
        }
    }

    @Test
    void wireUdpStartsTheOtherNodesItself() throws Exception {
        Ended run = LEGO.run("run", "--wire", "udp", "--set", "FIT_INITIAL_SLEEP_TIMEOUT=" + LegoProcesses.JOIN_TIMEOUT_S,
                "--serial-dir", serial().toString(), UsrPrograms.path("hello").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("hello, world\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void twoProcessorsAreInOneProcessAndTheOtherNodesOutside() throws Exception {
        Ended run = LEGO.run("run", "--wire", "shm", "--topology", "2P-1M", "--set", "FIT_INITIAL_SLEEP_TIMEOUT=" + LegoProcesses.JOIN_TIMEOUT_S,
                "--serial-dir", serial().toString(), UsrPrograms.path("hello").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("hello, world\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void aNodeThatNeverComesIsNamed() throws Exception {
        Ended alone = processor(topology(), "--set", "FIT_INITIAL_SLEEP_TIMEOUT=1", UsrPrograms.path("hello").toString());
        assertThat(alone.status()).isEqualTo(125);
        assertThat(alone.err()).matches("lego: processor0: node 1 \\(memory0, LID 2, 127\\.0\\.0\\.1:[0-9]+\\) did not join within 1 s: "
                + "nothing was heard of it; is it running, and does it have us at 127\\.0\\.0\\.1:[0-9]+\\?\n");
    }

    @Test
    void aNodeThatIsKilledIsNamedAndItsProgramEnds() throws Exception {
        String program = UsrPrograms.path("powercut").toString();
        Path topology = topology();
        Process memory = LEGO.node(topology, "memory0", serial(), "--file", program);
        Process processor = LEGO.start(LegoProcesses.processor(topology, serial(), program, "1000000"));
        processor.getOutputStream().close();
        BufferedReader said = processor.inputReader(StandardCharsets.UTF_8);
        BufferedReader err = processor.errorReader(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            assertThat(said.readLine()).isEqualTo("" + i);
        }
        memory.destroyForcibly(); // SIGKILL
        while (said.readLine() != null) {
            // What it had promised before.
        }
        // The card gives up first, or on a slow machine the call.
        assertThat(err.readLine()).matches("lego: node 1 \\(memory0, LID 2, 127\\.0\\.0\\.1:[0-9]+\\) does not answer( any more: .*)?");
        assertThat(processor.waitFor()).isEqualTo(BUS_ERROR_STATUS);
    }
}
