package org.legoos.emulator.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.HostClock;
import org.legoos.mlx4.fabric.Fabric;

/** Two nodes on one switch of this JVM that talk with each other, for all tests of a class. */
public final class TwoPeers implements AfterAllCallback {
    private static final long TIMEOUT_S = 120;

    private final Clock clock = HostClock.instance();
    private final Fabric fabric = Fabric.ofOneSwitch(clock, 4);
    public final PeerNode calling = PeerNode.on(fabric, 1, clock);
    public final PeerNode called = PeerNode.on(fabric, 2, clock);

    /** @return what was said over TCP */
    public List<RecordedExchange> talk(Talk caller, Talk callee) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RecordingRelay relay = new RecordingRelay(server.getLocalPort())) {
            CompletableFuture<Void> served = serve(callee, server);
            caller.call(new Socket(InetAddress.getLoopbackAddress(), relay.port()));
            served.get(TIMEOUT_S, TimeUnit.SECONDS);
            return relay.turns();
        }
    }

    /** Answers one caller. */
    public static CompletableFuture<Void> serve(Talk callee, ServerSocket server) {
        return CompletableFuture.runAsync(() -> {
            try {
                callee.serve(server.accept());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        calling.close();
        called.close();
        fabric.close();
    }
}
