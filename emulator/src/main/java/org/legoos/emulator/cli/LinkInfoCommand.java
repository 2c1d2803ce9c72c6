package org.legoos.emulator.cli;

import java.util.concurrent.Callable;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.subnet.LinkTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lego iblinkinfo}: boots a topology and prints its links, asked for by directed route as the tool of that name does. */
@Command(name = "iblinkinfo", mixinStandardHelpOptions = true,
        description = "Boot a cluster and print its InfiniBand links, as iblinkinfo does.")
final class LinkInfoCommand implements Callable<Integer> {
    @Mixin
    private ClusterArguments cluster;

    @Override
    public Integer call() throws InterruptedException {
        Topology topology = cluster.topology();
        if (topology.isOnUdp()) {
            throw new ConfigException("nodes on the UDP wire have no subnet");
        }
        try (Cluster running = Cluster.start(topology, cluster.options())) {
            LinkTable.of(running.fabric()).forEach(System.out::println);
        }
        return 0;
    }
}
