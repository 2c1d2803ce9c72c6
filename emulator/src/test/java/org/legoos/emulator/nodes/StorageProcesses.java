package org.legoos.emulator.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.programs.UsrPrograms;

/**
 * A processor, a memory and a storage node, each a process of its own, for tests that kill the storage node while a program runs: who
 * waits for it gets an error after five seconds.
 */
final class StorageProcesses {
    private static final String STORAGE_TIMEOUT_MS = "5000";

    /** What the storage node serves; it has the program. */
    final Path root;

    private final LegoProcesses lego;
    private final Path topology;
    private final Path serial;
    private final Path serialAgain;
    private final String program;

    /**
     * @param directory gets the root, the topology and the serial directories; need not exist
     * @param program of usr/
     */
    StorageProcesses(LegoProcesses lego, Path directory, String program) throws IOException {
        this.lego = lego;
        this.program = program;
        root = Files.createDirectories(directory.resolve("root"));
        topology = directory.resolve("topology");
        serial = directory.resolve("serial");
        serialAgain = directory.resolve("serial2");
        Files.copy(UsrPrograms.path(program), root.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
        LegoProcesses.write(topology,
                Topology.load(Topology.WITH_STORAGE).mapConfigs(config -> config.with("STORAGE_TIMEOUT_MSEC", STORAGE_TIMEOUT_MS)));
        lego.node(topology, "memory0", serial);
    }

    Process storage() throws IOException {
        return storage(serial);
    }

    /** The storage node once more, when the first is dead. */
    Process storageAgain() throws IOException {
        return storage(serialAgain);
    }

    private Process storage(Path logs) throws IOException {
        return lego.node(topology, "storage0", logs, "--root", root.toString());
    }

    /** The processor node with the program; what it complains about is dropped. */
    Process program(String argument) throws IOException {
        return lego.start(LegoProcesses.processor(topology, serial, "--root", root.toString(), "/" + program, argument)
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    }
}
