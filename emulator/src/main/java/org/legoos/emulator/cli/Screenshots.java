package org.legoos.emulator.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterNode;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.HostErrors;
import org.legoos.serial.vga.VgaText;

/** Dumps of a node's VGA text screen: PNG when the file is so named, else text. */
final class Screenshots {
    private Screenshots() {}

    /** Before boot: the node is there and the file can be written. */
    static void check(Cluster cluster, String nodeAndFile) {
        int colon = nodeAndFile.indexOf(':');
        String node = nodeAndFile.substring(0, Math.max(0, colon));
        if (cluster.nodes().stream().noneMatch(other -> other.name().equals(node))) {
            throw new ConfigException("--screenshot " + nodeAndFile + ": expected NODE:FILE, nodes are "
                    + String.join(", ", cluster.nodes().stream().map(ClusterNode::name).toList()));
        }
        try {
            Files.write(Path.of(nodeAndFile.substring(colon + 1)), new byte[0]);
        } catch (IOException e) {
            throw new ConfigException("--screenshot " + nodeAndFile + ": cannot write the file: " + HostErrors.reason(e));
        }
    }

    /** @param nodeAndFile NODE:FILE, checked */
    static void write(Cluster cluster, String nodeAndFile) {
        int colon = nodeAndFile.indexOf(':');
        Path file = Path.of(nodeAndFile.substring(colon + 1));
        try {
            VgaText screen = cluster.node(nodeAndFile.substring(0, colon)).machine().screen();
            Files.write(file, file.toString().endsWith(".png") ? screen.dumpPng() : screen.dumpText().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "no screenshot: " + HostErrors.reason(e));
        }
    }
}
