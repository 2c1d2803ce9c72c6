package org.legoos.emulator.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.net.NettyNetwork;
import org.legoos.emulator.net.PublishedPort;
import org.legoos.managers.processor.inet.InetStack;
import picocli.CommandLine.Option;

/** Options that connect the programs of the processor node to the host's network; without them nothing gets in or out. */
final class NetworkArguments {
    /** The connection; closing it ends all that goes through. */
    @FunctionalInterface
    interface Connected extends AutoCloseable {
        @Override
        void close();
    }

    @Option(names = "--publish", paramLabel = "[ADDR:]HOSTPORT:GUESTPORT",
            description = "pass connections to a port of the host on to a program's (repeatable); HOSTPORT 0: any free one; ADDR: 127.0.0.1")
    private List<String> published = new ArrayList<>();

    @Option(names = "--net", paramLabel = "none|host", defaultValue = "none",
            description = "whether programs may connect to the host's network; the host itself is 10.0.2.2 (default: ${DEFAULT-VALUE})")
    private String net;

    /** Finds what is wrong before anything runs. */
    void check() {
        if (!net.equals("none") && !net.equals("host")) {
            throw new ConfigException("--net " + net + ": expected none or host");
        }
        published.forEach(PublishedPort::parse);
    }

    /** Connects the node of a booted cluster; says on stderr which ports of the host were chosen. */
    Connected connect(Cluster running) {
        if (published.isEmpty() && net.equals("none")) {
            return () -> {};
        }
        InetStack stack = running.processor().manager().sockets().inet();
        NettyNetwork network = new NettyNetwork(stack, net.equals("host"));
        stack.connectTo(network);
        for (String text : published) {
            PublishedPort port = PublishedPort.parse(text);
            try {
                int hostPort = network.publish(port.hostAddress(), port.hostPort(), port.guestPort());
                if (port.hostPort() == 0) {
                    System.err.println("lego: port " + port.guestPort() + " is published at "
                            + port.hostAddress().getHostAddress() + ":" + hostPort);
                }
            } catch (IOException e) {
                network.close();
                throw new UserError(Lego.FAILED, "--publish " + text + ": " + e.getMessage());
            }
        }
        return network::close;
    }
}
