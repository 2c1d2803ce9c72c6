package org.legoos.emulator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.rdma.IpAddress;
import org.legoos.emulator.rdma.PingPlan;
import org.legoos.emulator.rdma.RdmaNode;
import org.legoos.emulator.rdma.RpingClient;
import org.legoos.emulator.rdma.RpingServer;
import org.legoos.kernel.ib.IbException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lego rping}: a LegoOS node's end of librdmacm's rping, server or client. */
@Command(name = "rping",
        description = {"Ping data back and forth by RDMA between a node's card and librdmacm's rping in a virtual machine, which has a",
            "card of ours on the same switch. Meanwhile the node also answers ping at its address, and ibping."})
final class RpingCommand implements Callable<Integer> {
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int PORT_MAX = 0xffff;

    @Mixin
    private PeerArguments peer;

    /** By itself, because -V is rping's "validate" here, and not "version". */
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    private boolean wantsHelp;

    @Option(names = "-s", description = "server")
    private boolean isServer;

    @Option(names = "-c", description = "client")
    private boolean isClient;

    @Option(names = "-a", paramLabel = "IP", required = true, description = "the server's IPv4 address: with -s the node's own, on the IPoIB network")
    private String address;

    @Option(names = "-I", paramLabel = "IP", description = "client: the node's own address there")
    private String source;

    @Option(names = "-p", paramLabel = "PORT", defaultValue = "7174", description = "of the server (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(names = "-C", paramLabel = "N", defaultValue = "0", description = "client: exchanges (default: no end)")
    private int count;

    @Option(names = "-S", paramLabel = "BYTES", defaultValue = "64", description = "client: size of the data (default: ${DEFAULT-VALUE})")
    private int sizeBytes;

    @Option(names = "-V", description = "client: compare what comes back")
    private boolean validates;

    @Option(names = "-v", description = "print the data")
    private boolean isVerbose;

    @Option(names = "-P", description = "server: go on with the next client, several at a time, until interrupted")
    private boolean isPersistent;

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "10",
            description = "client: try so long to reach a server that is not there yet (default: ${DEFAULT-VALUE})")
    private int waitSeconds;

    @Option(names = "--stay", description = "afterwards go on answering ping and ibping until interrupted")
    private boolean stays;

    @Override
    public Integer call() {
        check(isServer != isClient, "either -s or -c");
        check(isServer || source != null, "a client needs an address of its own: -I");
        check(port > 0 && port <= PORT_MAX, "-p " + port + ": no such port");
        check(count >= 0 && waitSeconds >= 0, "expected -C and --wait 0 or more");
        check(sizeBytes >= PingPlan.SIZE_MIN && sizeBytes <= PingPlan.SIZE_MAX,
                "-S " + sizeBytes + ": expected " + PingPlan.SIZE_MIN + " to " + PingPlan.SIZE_MAX);
        check(!peer.isEthernet(), "IP over InfiniBand needs InfiniBand: --vfio-user");
        PingPlan plan = new PingPlan(count, sizeBytes, validates, isVerbose);
        int serverIp = ip(address);
        int ownIp = isServer ? serverIp : ip(source);
        try (PeerNode beside = peer.open("rping", 0); RdmaNode node = RdmaNode.on(beside.node(), "lego-1", ownIp)) {
            check(node.awaitActive(), "no subnet manager makes the port active");
            if (isServer) {
                new RpingServer(node, port, plan, System.out, System.err).run(isPersistent);
            } else {
                new RpingClient(node, plan, System.out).run(serverIp, port, waitSeconds * NS_PER_S);
            }
            System.out.flush();
            if (stays) {
                node.serveUntil(Long.MAX_VALUE);
            }
            return 0;
        } catch (IOException | IbException | IllegalStateException e) {
            throw new UserError(Lego.FAILED, "rping: " + e.getMessage());
        }
    }

    private static int ip(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UserError(Lego.FAILED, "rping: " + e.getMessage());
        }
    }

    private static void check(boolean isGood, String message) {
        if (!isGood) {
            throw new UserError(Lego.FAILED, "rping: " + message);
        }
    }
}
