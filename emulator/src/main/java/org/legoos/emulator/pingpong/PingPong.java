package org.legoos.emulator.pingpong;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.legoos.emulator.peer.Exchange;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.peer.Talk;
import org.legoos.emulator.peer.VerbsEnd;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.ib.IbDevice.PortState;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;
import org.legoos.mlx4.prm.mad.Gid;

/** Ping-pongs of a node's card with one of rdma-core's ibv_*_pingpong elsewhere, as the end that is called or the one that calls. */
public final class PingPong implements Talk {
    private static final byte[] DONE = "done\0".getBytes(StandardCharsets.US_ASCII);

    private final PeerNode node;
    private final PingPongPlan plan;
    private final PrintStream out;

    public PingPong(PeerNode node, PingPongPlan plan, PrintStream out) {
        this.node = node;
        this.plan = plan;
        this.out = out;
    }

    @Override
    public void serve(Socket peer) throws IOException {
        try (Exchange tcp = new Exchange(peer, false, node.node().clock); VerbsEnd end = newEnd()) {
            PingPongAddress[] own = own(end);
            PingPongAddress[] remote = read(tcp);
            connect(end, remote);
            tcp.write(toWire(own));
            byte[] done = tcp.read(DONE.length, "'done'");
            if (!Arrays.equals(done, DONE)) {
                throw new IOException("the other end did not say 'done' when it was ready");
            }
            show("  remote address: ", remote);
            run(end, false);
        }
    }

    @Override
    public void call(Socket peer) throws IOException {
        try (Exchange tcp = new Exchange(peer, true, node.node().clock); VerbsEnd end = newEnd()) {
            tcp.write(toWire(own(end)));
            PingPongAddress[] remote = read(tcp);
            connect(end, remote);
            tcp.write(DONE);
            show("  remote address: ", remote);
            run(end, true);
        }
    }

    private VerbsEnd newEnd() throws IOException {
        PortState port = node.port();
        if (plan.transport().service == QpType.UD && plan.sizeBytes() > port.activeMtuBytes()) {
            throw new IOException("a datagram of " + plan.sizeBytes() + " bytes is larger than the port's MTU (" + port.activeMtuBytes() + ")");
        }
        VerbsEnd end = new VerbsEnd(node, plan.end());
        int each = plan.transport() == Transport.SRQ ? 1 : plan.queuePairs();
        for (int i = 0; i < each; i++) {
            for (int j = 0; j < plan.receives(); j++) {
                end.postReceive(i, plan.sizeBytes());
            }
        }
        return end;
    }

    private PingPongAddress[] own(VerbsEnd end) throws IOException {
        boolean isEthernet = node.wire() != null;
        PingPongAddress[] own = new PingPongAddress[plan.transport().addresses];
        Arrays.fill(own, PingPongAddress.NONE);
        for (int i = 0; i < plan.queuePairs(); i++) {
            own[i] = new PingPongAddress(isEthernet ? 0 : node.port().lid(), end.qpn(i), end.psn(i), isEthernet ? node.gid() : Gid.NONE);
        }
        show("  local address:  ", own);
        return own;
    }

    private void show(String side, PingPongAddress[] addresses) {
        for (int i = 0; i < plan.queuePairs(); i++) {
            out.println(side + addresses[i]);
        }
    }

    private static byte[] toWire(PingPongAddress[] addresses) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (PingPongAddress address : addresses) {
            all.writeBytes(address.toWire());
        }
        return all.toByteArray();
    }

    private PingPongAddress[] read(Exchange tcp) throws IOException {
        PingPongAddress[] remote = new PingPongAddress[plan.transport().addresses];
        for (int i = 0; i < remote.length; i++) {
            remote[i] = PingPongAddress.parse(tcp.read(PingPongAddress.WIRE_BYTES, "address"));
        }
        return remote;
    }

    private void connect(VerbsEnd end, PingPongAddress[] remote) throws IOException {
        for (int i = 0; i < plan.queuePairs(); i++) {
            if (remote[i].qpn() == 0) {
                throw new IOException("the other end has " + i + " queue pairs, not " + plan.queuePairs());
            }
            int lid = node.lidOf(remote[i].lid(), remote[i].gid());
            end.connect(i, new VerbsEnd.Remote(lid, remote[i].qpn(), remote[i].psn(), 0, 0), plan.mtuBytes(), 1);
        }
    }

    private void run(VerbsEnd end, boolean isFirst) {
        Clock clock = node.node().clock;
        long startNs = clock.nowNs();
        end.begin();
        try {
            exchange(end, isFirst);
        } finally {
            end.end();
        }
        double seconds = (clock.nowNs() - startNs) / 1e9;
        long bytes = 2L * plan.sizeBytes() * plan.iterations();
        out.printf("%d bytes in %.2f seconds = %.2f Mbit/sec%n", bytes, seconds, bytes * 8 / seconds / 1e6);
        out.printf("%d iters in %.2f seconds = %.2f usec/iter%n", plan.iterations(), seconds, seconds * 1e6 / plan.iterations());
        end.linger();
    }

    /** A queue pair sends again when its last message has gone and one has come. */
    private void exchange(VerbsEnd end, boolean isFirst) {
        int[] awaited = new int[plan.queuePairs()]; // completions that each queue pair waits for
        for (int i = 0; i < awaited.length; i++) {
            awaited[i] = 1;
            if (isFirst) {
                send(end, awaited, i);
            }
        }
        int sent = 0;
        int received = 0;
        while (sent < plan.iterations() || received < plan.iterations()) {
            int index;
            if (end.pollReceived()) {
                index = end.receivedOn();
                end.postReceive(index, plan.sizeBytes());
                received++;
            } else if (end.pollSent()) {
                index = end.sentOn();
                sent++;
            } else {
                end.pause();
                continue;
            }
            awaited[index]--;
            if (awaited[index] <= 0 && sent < plan.iterations()) {
                send(end, awaited, index);
            }
        }
    }

    private void send(VerbsEnd end, int[] awaited, int index) {
        end.post(index, Opcode.SEND, plan.sizeBytes(), true);
        awaited[index] = 2;
    }
}
