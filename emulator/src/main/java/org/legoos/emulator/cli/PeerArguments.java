package org.legoos.emulator.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.isa.time.HostClock;
import picocli.CommandLine.Option;

/** Where a node's card meets the virtual machine whose programs it talks to: options of the commands that do. */
final class PeerArguments {
    private static final int PORT_MAX = 0xffff;

    @Option(names = "--vfio-user", paramLabel = "SOCKET", description = "serve a card on this socket, on one switch with the node's")
    private List<Path> sockets = List.of();

    @Option(names = "--ether", paramLabel = "LOCAL:REMOTE",
            description = "ports on 127.0.0.1 of an Ethernet by QEMU's '-netdev dgram': where it sends frames to, and where from")
    private String ether;

    @Option(names = "--ip", paramLabel = "ADDRESS", defaultValue = "192.168.77.9",
            description = "the card's address on that Ethernet (default: ${DEFAULT-VALUE})")
    private String ip;

    @Option(names = "--pcap", paramLabel = "FILE", description = "write what passes the node's link to a file that Wireshark reads")
    private Path capture;

    /** Is there anything to meet anybody on? */
    boolean isGiven() {
        return !sockets.isEmpty() || ether != null;
    }

    boolean isEthernet() {
        return ether != null;
    }

    /**
     * @param command for messages
     * @param etherMtuBytes the largest packet on an Ethernet
     * @throws IOException for the user
     */
    PeerNode open(String command, int etherMtuBytes) throws IOException {
        PeerNode node = connected(command, etherMtuBytes);
        try {
            if (capture != null) {
                node.capture(capture);
            }
            return node;
        } catch (IOException e) {
            node.close();
            throw e;
        }
    }

    private PeerNode connected(String command, int etherMtuBytes) throws IOException {
        if (sockets.isEmpty() == (ether == null)) {
            throw new UserError(Lego.FAILED, command + ": either --vfio-user or --ether says where the other end is");
        }
        if (ether == null) {
            return PeerNode.besideGuests(sockets, HostClock.instance(), line -> log(command, line));
        }
        if (!ether.matches("[0-9]{1,5}:[0-9]{1,5}")) {
            throw new UserError(Lego.FAILED, command + ": --ether " + ether + ": expected LOCAL:REMOTE, two ports");
        }
        String[] ports = ether.split(":");
        return PeerNode.onEthernet(InetAddress.getByName(ip), loopback(command, ports[0]), loopback(command, ports[1]), etherMtuBytes,
                HostClock.instance(), line -> log(command, line));
    }

    private static InetSocketAddress loopback(String command, String port) {
        int number = Integer.parseInt(port);
        if (number > PORT_MAX) {
            throw new UserError(Lego.FAILED, command + ": --ether: there is no port " + port);
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
    }

    private static void log(String command, String line) {
        System.err.println("lego " + command + ": " + line);
    }
}
