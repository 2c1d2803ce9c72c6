package org.legoos.emulator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.rdma.IbPing;
import org.legoos.emulator.rdma.IpAddress;
import org.legoos.emulator.rdma.RdmaNode;
import org.legoos.kernel.ib.IbException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego ibping}: a LegoOS node's card asks or answers infiniband-diags' ibping. */
@Command(name = "ibping", mixinStandardHelpOptions = true,
        description = {"Ping the 'ibping -S' of a virtual machine, which has a card of ours on the same switch, from a node's card by management",
            "datagrams; or (-S) answer its ibping."})
final class IbPingCommand implements Callable<Integer> {
    @Mixin
    private PeerArguments peer;

    @Option(names = "-S", description = "answer, until interrupted")
    private boolean isServer;

    @Option(names = "-G", description = "the destination is a port GUID")
    private boolean isGuid;

    @Option(names = {"-c", "--count"}, paramLabel = "N", defaultValue = "0", description = "pings (default: until interrupted)")
    private int count;

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "10",
            description = "try so long to get a first answer (default: ${DEFAULT-VALUE})")
    private int waitSeconds;

    @Option(names = "-a", paramLabel = "IP", description = "also be at this IPv4 address on the IPoIB network, and answer ping there")
    private String address;

    @Option(names = "--stay", description = "afterwards go on answering until interrupted")
    private boolean stays;

    @Parameters(index = "0", arity = "0..1", paramLabel = "LID|GUID", description = "whom to ping")
    private String destination;

    @Override
    public Integer call() {
        check(isServer == (destination == null), "expected an LID or, with -G, a GUID; or -S");
        check(count >= 0 && waitSeconds >= 0, "expected -c and --wait 0 or more");
        check(!peer.isEthernet(), "there are no LIDs on an Ethernet: --vfio-user");
        try (PeerNode beside = peer.open("ibping", 0); RdmaNode node = RdmaNode.on(beside.node(), "lego-1", address == null ? 0 : ip())) {
            check(node.awaitActive(), "no subnet manager makes the port active");
            boolean isGood = true;
            if (isServer) {
                System.out.println("answering at LID " + node.services().port().state().lid());
                System.out.flush();
            } else {
                isGood = new IbPing(node, System.out).run(number(), isGuid, count, waitSeconds);
            }
            System.out.flush();
            if (isServer || stays) {
                node.serveUntil(Long.MAX_VALUE);
            }
            return isGood ? 0 : 1;
        } catch (IOException | IbException | IllegalStateException e) {
            throw new UserError(Lego.FAILED, "ibping: " + e.getMessage());
        }
    }

    private int ip() {
        try {
            return IpAddress.parse(address);
        } catch (IllegalArgumentException e) {
            throw new UserError(Lego.FAILED, "ibping: " + e.getMessage());
        }
    }

    private long number() {
        boolean isHex = destination.startsWith("0x");
        try {
            return Long.parseUnsignedLong(isHex ? destination.substring(2) : destination, isHex ? 16 : 10);
        } catch (NumberFormatException e) {
            throw new UserError(Lego.FAILED, "ibping: '" + destination + "' is no " + (isGuid ? "GUID" : "LID"));
        }
    }

    private static void check(boolean isGood, String message) {
        if (!isGood) {
            throw new UserError(Lego.FAILED, "ibping: " + message);
        }
    }
}
