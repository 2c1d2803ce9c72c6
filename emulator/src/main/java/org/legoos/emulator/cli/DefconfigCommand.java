package org.legoos.emulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.legoos.emulator.cluster.HostErrors;
import org.legoos.emulator.cluster.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lego defconfig}: writes a topology and its nodes' .config files, to be edited and given to --topology. */
@Command(name = "defconfig", description = "Write the default configuration of a topology to a directory.", mixinStandardHelpOptions = true)
final class DefconfigCommand implements Callable<Integer> {
    @Parameters(index = "0", description = "built-in topology, e.g. 1P-1M")
    private String topology;

    @Parameters(index = "1", description = "directory to write to (made if missing)")
    private Path directory;

    @Override
    public Integer call() {
        Topology chosen = Topology.load(topology);
        try {
            chosen.write(directory);
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "cannot write to " + directory + ": " + HostErrors.reason(e));
        }
        System.out.println("wrote " + directory.resolve("topology") + " and " + chosen.nodes().size() + " .config files");
        return 0;
    }
}
