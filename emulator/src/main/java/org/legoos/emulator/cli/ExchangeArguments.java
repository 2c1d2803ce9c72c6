package org.legoos.emulator.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.legoos.emulator.peer.Exchange;
import org.legoos.emulator.peer.Talk;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.HostClock;
import picocli.CommandLine.Option;

/** Who calls whom over TCP, before two verbs programs talk over their cards: options of the commands that do. */
final class ExchangeArguments {
    private static final int CONNECT_TIMEOUT_MS = 10_000;
    private static final int PATIENCE_S = 300;
    private static final long AGAIN_MS = 300;
    private static final int PORT_MAX = 0xffff;

    @Option(names = {"-p", "--port"}, paramLabel = "PORT", defaultValue = "18515",
            description = "TCP port for the exchange of addresses (default: ${DEFAULT-VALUE}); 0: any free one")
    private int port;

    @Option(names = "--connect", paramLabel = "HOST", description = "call the program that listens there, instead of listening")
    private String host;

    @Option(names = "--times", paramLabel = "N", defaultValue = "1",
            description = "end after so many conversations; 0: go on until interrupted (default: ${DEFAULT-VALUE})")
    private int times;

    boolean isCaller() {
        return host != null;
    }

    /**
     * Talks as often as asked for. With {@code --times 0} a conversation that fails is a line on stderr.
     *
     * @throws IOException for the user
     */
    void run(String command, Talk talk) throws IOException {
        if (times < 0 || port < 0 || port > PORT_MAX) {
            throw new UserError(Lego.FAILED, command + ": expected --times 0 or more, --port 0 to " + PORT_MAX);
        }
        if (host == null) {
            listen(command, talk);
            return;
        }
        for (int i = 0; times == 0 || i < times; i++) {
            call(command, talk);
        }
    }

    /** The other end may not listen yet: of a virtual machine's port, QEMU takes the call and hangs up. */
    private void call(String command, Talk talk) throws IOException {
        Clock clock = HostClock.instance();
        long deadlineNs = clock.nowNs() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        boolean isTold = false;
        while (true) {
            try {
                Socket peer = new Socket();
                peer.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MS);
                talk.call(peer);
                return;
            } catch (ConnectException | SocketTimeoutException | Exchange.HungUpException e) {
                if (clock.nowNs() > deadlineNs) {
                    throw new IOException("nobody answers on " + host + " port " + port + ": " + e.getMessage(), e);
                }
                if (!isTold) {
                    System.err.println("lego " + command + ": nobody answers on " + host + " port " + port + " yet (" + e.getMessage()
                            + "); trying for " + PATIENCE_S + " s");
                    isTold = true;
                }
            }
            sleep();
        }
    }

    private static void sleep() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void listen(String command, Talk talk) throws IOException {
        try (ServerSocket server = new ServerSocket(port)) {
            server.setSoTimeout(times == 0 ? 0 : (int) TimeUnit.SECONDS.toMillis(PATIENCE_S));
            System.out.println("listening on port " + server.getLocalPort());
            System.out.flush();
            for (int i = 0; times == 0 || i < times; i++) {
                try {
                    talk.serve(accept(server));
                } catch (IOException | RuntimeException e) {
                    if (times != 0) {
                        throw e;
                    }
                    System.err.println("lego " + command + ": " + e.getMessage());
                }
            }
        }
    }

    private static Socket accept(ServerSocket server) throws IOException {
        try {
            return server.accept();
        } catch (SocketTimeoutException e) {
            throw new IOException("nobody called for " + PATIENCE_S + " s", e);
        }
    }
}
