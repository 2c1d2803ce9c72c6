package org.legoos.emulator.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.legoos.emulator.subnet.IbsimServer;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.capture.LinkCapture;
import org.legoos.mlx4.capture.LinkCapture.Direction;
import org.legoos.mlx4.capture.PcapFile;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.Port;

/** Who looks on: capture files ({@code --pcap}) and tools ({@code --ibsim}). A port has one tap: capturing one node's link wins over capturing all. */
final class Captures implements AutoCloseable {
    private final Clock clock;
    private final UdpCabling cabling; // null: InfiniBand links
    private IbsimServer ibsim;
    private final List<PcapFile> files = new ArrayList<>();

    Captures(Clock clock, UdpCabling cabling) {
        this.clock = clock;
        this.cabling = cabling;
    }

    /** @param wanted file by node name, "" = all nodes; a ConfigException says what is wrong */
    void start(Map<String, Path> wanted, List<ClusterNode> nodes) {
        Path ofAll = wanted.get("");
        if (ofAll != null) {
            PcapFile file = create(ofAll);
            nodes.forEach(node -> watch(node, file, Direction.SENT));
        }
        wanted.forEach((name, path) -> {
            if (!name.isEmpty()) {
                ClusterNode node = nodes.stream().filter(each -> each.name().equals(name)).findFirst()
                        .orElseThrow(() -> new ConfigException("--pcap " + name + ":" + path + ": there is no node " + name));
                watch(node, create(path), Direction.BOTH);
            }
        });
    }

    private void watch(ClusterNode node, PcapFile file, Direction direction) {
        Port port = node.hca().port(1);
        port.setTap(cabling == null ? new LinkCapture(file, direction, clock) : cabling.capture(port, file, direction));
    }

    private PcapFile create(Path path) {
        try {
            PcapFile file = PcapFile.create(path, cabling == null ? PcapFile.LINKTYPE_ERF : PcapFile.LINKTYPE_ETHERNET, clock);
            files.add(file);
            return file;
        } catch (IOException e) {
            throw new ConfigException("cannot write " + path + ": " + HostErrors.reason(e));
        }
    }

    /** Lets tools see the subnet; a ConfigException says why not. */
    void serveIbsim(Fabric fabric, int udpPort) {
        try {
            ibsim = IbsimServer.start(fabric, udpPort);
        } catch (IOException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** Completes the files. */
    @Override
    public void close() {
        if (ibsim != null) {
            ibsim.close();
        }
        files.forEach(PcapFile::close);
    }
}
