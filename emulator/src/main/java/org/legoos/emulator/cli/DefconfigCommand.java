package org.legoos.emulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.legoos.emulator.cluster.HostErrors;
import org.legoos.emulator.cluster.Topology;
import org.legoos.mlx4.wire.Udp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego defconfig}: writes a topology and its nodes' .config files, to be edited and given to --topology. */
@Command(name = "defconfig", description = "Write the default configuration of a topology to a directory.", mixinStandardHelpOptions = true)
final class DefconfigCommand implements Callable<Integer> {
    @Parameters(index = "0", description = "built-in topology, e.g. 1P-1M")
    private String topology;

    @Parameters(index = "1", description = "directory to write to (made if missing)")
    private Path directory;

    @Option(names = "--udp", paramLabel = "HOST:PORT,...", arity = "0..1", fallbackValue = "", preprocessor = AttachedValue.class,
            description = "nodes in processes of their own, at these addresses by node id (default: port 4791 of 127.0.0.1, 127.0.0.2, ...)")
    private String addresses;

    @Override
    public Integer call() {
        Topology chosen = Topology.load(topology);
        if (addresses != null) {
            chosen = chosen.withAddresses(addresses.isEmpty() ? loopback(chosen.nodes().size()) : List.of(addresses.split(",")));
        }
        try {
            chosen.write(directory);
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "cannot write to " + directory + ": " + HostErrors.reason(e));
        }
        System.out.println("wrote " + directory.resolve("topology") + " and " + chosen.nodes().size() + " .config files");
        return 0;
    }

    /** Each node has an address of its own on the loopback network, and the port that RoCE v2 has. */
    private static List<String> loopback(int nodes) {
        return IntStream.range(0, nodes).mapToObj(node -> "127.0.0." + (node + 1) + ":" + Udp.PORT_ROCE_V2).toList();
    }
}
