package org.legoos.emulator.pingpong;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.legoos.emulator.bench.BareNode;
import org.legoos.emulator.perftest.PerfAddress;
import org.legoos.emulator.perftest.PerfEnd;
import org.legoos.emulator.perftest.PerfPlan;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.udp.EtherWire;

/** One ping-pong of a node's card with an ibv_rc_pingpong elsewhere, as the end that is called or the one that calls. */
public final class PingPong {
    /** "done" and a NUL. */
    private static final int DONE_BYTES = 5;

    private static final int PSN_MASK = 0xffffff;
    private static final int TCP_TIMEOUT_MS = 30_000;

    private final BareNode node;
    private final EtherWire wire;
    private final InetAddress ownIp;
    private final PerfPlan plan;
    private final PrintStream out;

    /** @param wire and ownIp: when the card is on an Ethernet, else null */
    public PingPong(BareNode node, EtherWire wire, InetAddress ownIp, PerfPlan plan, PrintStream out) {
        this.node = node;
        this.wire = wire;
        this.ownIp = ownIp;
        this.plan = plan;
        this.out = out;
    }

    /** The end that was called. Closes the socket when both know of each other. */
    public void serve(Socket peer) throws IOException {
        try (PerfEnd end = newEnd()) {
            try (peer) {
                peer.setSoTimeout(TCP_TIMEOUT_MS);
                DataInputStream in = new DataInputStream(peer.getInputStream());
                PingPongAddress remote = read(in);
                connect(end, remote);
                send(peer.getOutputStream(), own(end).toWire());
                in.skipNBytes(DONE_BYTES);
            }
            run(end, false);
        }
    }

    /** The end that calls. */
    public void call(Socket peer) throws IOException {
        try (PerfEnd end = newEnd()) {
            try (peer) {
                peer.setSoTimeout(TCP_TIMEOUT_MS);
                OutputStream tell = peer.getOutputStream();
                send(tell, own(end).toWire());
                connect(end, read(new DataInputStream(peer.getInputStream())));
                send(tell, java.util.Arrays.copyOf("done".getBytes(StandardCharsets.US_ASCII), DONE_BYTES));
            }
            run(end, true);
        }
    }

    private PerfEnd newEnd() {
        return new PerfEnd(node, plan, (int) node.clock.nowNs() & PSN_MASK);
    }

    private PingPongAddress own(PerfEnd end) {
        PerfAddress here = end.address();
        byte[] gid = ownIp == null ? new byte[PingPongAddress.GID_BYTES] : PingPongAddress.mapped(ownIp);
        PingPongAddress own = new PingPongAddress(ownIp == null ? here.lid() : 0, here.qpn(), here.psn(), gid);
        out.println("  local address:  " + own);
        return own;
    }

    private static PingPongAddress read(DataInputStream in) throws IOException {
        byte[] wire = new byte[PingPongAddress.WIRE_BYTES];
        in.readFully(wire);
        return PingPongAddress.parse(wire);
    }

    private static void send(OutputStream to, byte[] bytes) throws IOException {
        to.write(bytes);
        to.flush();
    }

    private void connect(PerfEnd end, PingPongAddress remote) throws IOException {
        out.println("  remote address: " + remote);
        int lid = wire == null ? remote.lid() : wire.lidOf(remote.ip());
        end.connect(new PerfAddress(lid, remote.qpn(), remote.psn(), 0, 0));
    }

    private void run(PerfEnd end, boolean isFirst) {
        Clock clock = node.clock;
        long startNs = clock.nowNs();
        end.enter();
        try {
            for (int i = 1; i <= plan.iterations(); i++) {
                if (isFirst) {
                    end.ping(i);
                }
                end.awaitPing(i);
                if (!isFirst) {
                    end.ping(i);
                }
                end.awaitSent();
            }
        } finally {
            end.leave();
        }
        double seconds = (clock.nowNs() - startNs) / 1e9;
        long bytes = 2L * plan.sizeBytes() * plan.iterations();
        out.printf("%d bytes in %.2f seconds = %.2f Mbit/sec%n", bytes, seconds, bytes * 8 / seconds / 1e6);
        out.printf("%d iters in %.2f seconds = %.2f usec/iter%n", plan.iterations(), seconds, seconds * 1e6 / plan.iterations());
    }
}
