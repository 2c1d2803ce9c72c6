package org.legoos.emulator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.pingpong.PingPong;
import org.legoos.emulator.pingpong.PingPongPlan;
import org.legoos.emulator.pingpong.Transport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lego pingpong}: a LegoOS node's card answers or calls an ibv_*_pingpong of a virtual machine. */
@Command(name = "pingpong", mixinStandardHelpOptions = true,
        description = {"Ping-pong between a node's card and rdma-core's ibv_{rc,uc,ud,srq}_pingpong in a virtual machine, which",
            "has a card of ours on the same switch (--vfio-user; ends when the virtual machine does) or Linux's soft-RoCE",
            "on the same Ethernet (--ether)."})
final class PingPongCommand implements Callable<Integer>, PeerCommand {
    private static final int MESSAGE_BYTES_MAX = 4 << 20;

    @Mixin
    private PeerArguments place;

    @Mixin
    private ExchangeArguments exchange;

    @Option(names = "--transport", paramLabel = "SERVICE", defaultValue = "rc",
            description = "rc, uc, ud or srq, as in the other end's name (default: ${DEFAULT-VALUE})")
    private String transport;

    @Option(names = {"-n", "--iters"}, paramLabel = "N", defaultValue = "1000", description = "exchanges (default: ${DEFAULT-VALUE})")
    private int iterations;

    @Option(names = {"-s", "--size"}, paramLabel = "BYTES", description = "of a message (default: 4096; ud: 1024)")
    private int sizeBytes;

    @Option(names = {"-m", "--mtu"}, paramLabel = "BYTES", defaultValue = "1024", description = "path MTU (default: ${DEFAULT-VALUE})")
    private int mtuBytes;

    @Option(names = {"-q", "--num-qp"}, paramLabel = "N", description = "queue pairs of srq (default: 16)")
    private int queuePairs;

    @Option(names = {"-e", "--events"}, description = "sleep until the card interrupts, instead of looking all the time")
    private boolean sleeps;

    @Override
    public Integer call() {
        plan();
        try (PeerNode node = place.open("pingpong", mtuBytes)) {
            int status = talk(node);
            node.awaitGuestsGone();
            return status;
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "pingpong: " + e.getMessage());
        }
    }

    @Override
    public int talk(PeerNode node) throws IOException {
        try {
            exchange.run("pingpong", new PingPong(node, plan(), System.out));
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (node.wire() != null) {
            System.out.println("frames: " + node.wire().counters());
        }
        return 0;
    }

    private PingPongPlan plan() {
        Transport chosen = Choice.of(Transport.values(), transport, "pingpong: --transport");
        int bytes = sizeBytes == 0 ? chosen.defaultBytes : sizeBytes;
        int pairs = queuePairs == 0 ? chosen.defaultQueuePairs() : queuePairs;
        check(iterations >= 1, "expected --iters 1 or more");
        check(bytes >= 1 && bytes <= MESSAGE_BYTES_MAX, "--size " + bytes + ": expected 1 to " + MESSAGE_BYTES_MAX);
        check(Integer.bitCount(mtuBytes) == 1 && mtuBytes >= 256 && mtuBytes <= 4096, "--mtu " + mtuBytes + ": expected 256 to 4096");
        check(pairs >= 1 && pairs <= chosen.queuePairsMax(), "--num-qp " + pairs + ": expected 1 to " + chosen.queuePairsMax());
        return new PingPongPlan(chosen, bytes, iterations, mtuBytes, pairs, sleeps);
    }

    private static void check(boolean isGood, String message) {
        if (!isGood) {
            throw new UserError(Lego.FAILED, "pingpong: " + message);
        }
    }
}
