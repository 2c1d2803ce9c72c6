package org.legoos.emulator.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.perftest.PerfPlan;
import org.legoos.emulator.pingpong.PingPong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lego pingpong}: a LegoOS node's card answers or calls an ibv_rc_pingpong of a virtual machine. */
@Command(name = "pingpong", mixinStandardHelpOptions = true,
        description = {"Ping-pong between a node's card and rdma-core's ibv_rc_pingpong in a virtual machine, which has",
            "a card of ours on the same switch (--vfio-user) or Linux's soft-RoCE on the same Ethernet (--ether)."})
final class PingPongCommand implements Callable<Integer> {
    private static final int MESSAGE_BYTES_MAX = 4 << 20;
    private static final int CONNECT_TIMEOUT_MS = 10_000;
    private static final int ACCEPT_TIMEOUT_MS = 300_000;

    @Mixin
    private PeerArguments place;

    @Option(names = {"-p", "--port"}, paramLabel = "PORT", defaultValue = "18515",
            description = "TCP port for the exchange of addresses (default: ${DEFAULT-VALUE}); 0: any free one")
    private int port;

    @Option(names = "--connect", paramLabel = "HOST", description = "call the ibv_rc_pingpong that listens there, instead of listening")
    private String host;

    @Option(names = {"-n", "--iters"}, paramLabel = "N", defaultValue = "1000", description = "exchanges (default: ${DEFAULT-VALUE})")
    private int iterations;

    @Option(names = {"-s", "--size"}, paramLabel = "BYTES", defaultValue = "4096", description = "of a message (default: ${DEFAULT-VALUE})")
    private int sizeBytes;

    @Option(names = {"-m", "--mtu"}, paramLabel = "BYTES", defaultValue = "1024", description = "path MTU (default: ${DEFAULT-VALUE})")
    private int mtuBytes;

    @Option(names = "--times", paramLabel = "N", defaultValue = "1",
            description = "end after so many ping-pongs; 0: go on until interrupted (default: ${DEFAULT-VALUE})")
    private int times;

    @Override
    public Integer call() {
        check(iterations >= 1 && times >= 0, "expected --iters 1 or more, --times 0 or more");
        check(sizeBytes >= 1 && sizeBytes <= MESSAGE_BYTES_MAX, "--size " + sizeBytes + ": expected 1 to " + MESSAGE_BYTES_MAX);
        check(Integer.bitCount(mtuBytes) == 1 && mtuBytes >= 256 && mtuBytes <= 4096, "--mtu " + mtuBytes + ": expected 256 to 4096");
        PerfPlan plan = new PerfPlan(PerfPlan.Verb.SEND, PerfPlan.Kind.LAT, sizeBytes, iterations, mtuBytes, 0, false);
        try (PeerNode node = place.open("pingpong", mtuBytes)) {
            PingPong pingPong = new PingPong(node.node(), node.wire(), node.ip(), plan, System.out);
            if (host != null) {
                Socket peer = new Socket();
                peer.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MS);
                pingPong.call(peer);
            } else {
                listen(pingPong);
            }
            if (node.wire() != null) {
                System.out.println("frames: " + node.wire().counters());
            }
            return 0;
        } catch (IOException | IllegalStateException e) {
            throw new UserError(Lego.FAILED, "pingpong: " + e.getMessage());
        }
    }

    private void listen(PingPong pingPong) throws IOException {
        try (ServerSocket server = new ServerSocket(port)) {
            server.setSoTimeout(times == 0 ? 0 : ACCEPT_TIMEOUT_MS);
            System.out.println("listening on port " + server.getLocalPort());
            System.out.flush();
            for (int i = 0; times == 0 || i < times; i++) {
                try {
                    pingPong.serve(server.accept());
                } catch (SocketTimeoutException e) {
                    throw new IOException("nobody called for " + ACCEPT_TIMEOUT_MS / 1000 + " s");
                } catch (IOException | IllegalStateException e) {
                    if (times != 0) {
                        throw e;
                    }
                    System.err.println("lego pingpong: " + e.getMessage());
                }
            }
        }
    }

    private static void check(boolean isGood, String message) {
        if (!isGood) {
            throw new UserError(Lego.FAILED, "pingpong: " + message);
        }
    }
}
