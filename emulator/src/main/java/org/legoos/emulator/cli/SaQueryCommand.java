package org.legoos.emulator.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.subnet.SaQuery;
import org.legoos.mlx4.prm.mad.RecordLayout;
import org.legoos.mlx4.prm.mad.Records;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lego saquery}: boots a topology and prints a table of its subnet administration. */
@Command(name = "saquery", mixinStandardHelpOptions = true,
        description = "Boot a cluster and print records of its InfiniBand subnet administration, as saquery does.")
final class SaQueryCommand implements Callable<Integer> {
    @Mixin
    private ClusterArguments cluster;

    @Parameters(index = "0", arity = "0..1", paramLabel = "RECORD", defaultValue = "NodeRecord",
            description = "NodeRecord (default), PortInfoRecord, PathRecord, LinkRecord, MCMemberRecord, SMInfoRecord ...")
    private String record;

    @Parameters(index = "1..*", paramLabel = "COMPONENT=VALUE", description = "only records that have these: LID=2")
    private List<String> components = List.of();

    @Override
    public Integer call() throws InterruptedException {
        RecordLayout layout = Records.ALL.stream().filter(each -> each.name().equalsIgnoreCase(record)).findFirst()
                .orElseThrow(() -> new ConfigException(record + ": no such record; there are " + Records.ALL));
        Topology topology = cluster.topology();
        if (topology.isOnUdp()) {
            throw new ConfigException("nodes on the UDP wire have no subnet");
        }
        try (Cluster running = Cluster.start(topology, cluster.options())) {
            SaQuery.of(running.fabric(), layout, components).forEach(System.out::println);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
        return 0;
    }
}
