package org.legoos.emulator.ibperf;

import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import org.legoos.emulator.peer.Exchange;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.peer.Talk;
import org.legoos.emulator.peer.VerbsEnd;
import org.legoos.emulator.perftest.PerfBanner;
import org.legoos.emulator.perftest.PerfFormat;
import org.legoos.emulator.perftest.PerfPlan.Verb;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.ib.QpType;
import org.legoos.mlx4.prm.mad.Gid;

/** One end of one of perftest's programs; the other is the program itself, or this. */
public final class IbPerfTest implements Talk {
    /** What the programs take on InfiniBand of their own accord. */
    private static final int MTU_BYTES_DEFAULT = 2048;

    private final PeerNode node;
    private final IbPerfPlan plan;
    private final PrintStream out;

    public IbPerfTest(PeerNode node, IbPerfPlan plan, PrintStream out) {
        this.node = node;
        this.plan = plan;
        this.out = out;
    }

    @Override
    public void serve(Socket peer) throws IOException {
        talk(peer, false);
    }

    @Override
    public void call(Socket peer) throws IOException {
        talk(peer, true);
    }

    private void talk(Socket peer, boolean isCaller) throws IOException {
        try (Exchange tcp = new Exchange(peer, isCaller, node.node().clock)) {
            PerfExchange exchange = new PerfExchange(tcp, plan.gidIndex() >= 0 || node.wire() != null);
            exchange.versions();
            int cycleBytes = exchange.cycle();
            int mtuBytes = exchange.mtuBytes(ownMtuBytes());
            int largest = largest(mtuBytes);
            try (VerbsEnd end = new VerbsEnd(node, plan.end(Math.max(largest, cycleBytes)))) {
                new Conversation(exchange, end, mtuBytes, largest).run();
            }
        }
    }

    private int ownMtuBytes() throws IOException {
        int port = node.port().activeMtuBytes();
        return Math.min(port, plan.mtuBytes() != 0 ? plan.mtuBytes() : MTU_BYTES_DEFAULT);
    }

    private int largest(int mtuBytes) throws IOException {
        boolean isDatagram = plan.service() == QpType.UD;
        if (plan.hasAllSizes()) {
            return isDatagram ? mtuBytes : IbPerfPlan.ALL_SIZES_MAX;
        }
        if (isDatagram && plan.sizeBytes() > mtuBytes) {
            throw new IOException("a datagram of " + plan.sizeBytes() + " bytes is larger than the MTU (" + mtuBytes + ")");
        }
        return plan.sizeBytes();
    }

    /** The part that has queue pairs. */
    private final class Conversation {
        private final PerfExchange exchange;
        private final VerbsEnd end;
        private final int mtuBytes;
        private final int largest;
        private final Clock clock = node.node().clock;
        private final KeyMessage[] own = new KeyMessage[plan.queuePairs()];
        private final KeyMessage[] remote = new KeyMessage[plan.queuePairs()];
        private final boolean isCaller;
        private PerfFormat.Bandwidth result; // of the last size

        Conversation(PerfExchange exchange, VerbsEnd end, int mtuBytes, int largest) throws IOException {
            this.exchange = exchange;
            this.end = end;
            this.mtuBytes = mtuBytes;
            this.largest = largest;
            isCaller = exchange.isCaller();
            int lid = node.wire() == null ? node.port().lid() : 0;
            for (int i = 0; i < own.length; i++) {
                own[i] = new KeyMessage(lid, plan.readsAtOnce(), end.qpn(i), end.psn(i), end.remoteKey(), end.receiveBuffer(), node.gid());
            }
        }

        void run() throws IOException {
            meetAndConnect();
            if (plan.isLatency() && !plan.verb().isPingPong() && !isCaller) {
                exchange.meetLater(own[0]); // the card does it all
                out.println(PerfFormat.RULE);
                return;
            }
            out.println(PerfFormat.RULE);
            if (plan.isLatency()) {
                latency();
            } else {
                bandwidth();
            }
        }

        /** Latency tests but that of SEND meet once more at the start, and SEND tests between connecting and showing. */
        private void meetAndConnect() throws IOException {
            boolean isSend = plan.verb() == Verb.SEND;
            if (plan.isLatency() && !isSend) {
                remote[0] = exchange.keys(own[0]);
            }
            for (int i = 0; i < own.length; i++) {
                remote[i] = exchange.keys(own[i]);
            }
            banner();
            connect();
            if (isSend) {
                exchange.meet(own[0]);
            }
            for (KeyMessage each : own) {
                show("local", each);
            }
            for (int i = 0; i < own.length; i++) {
                exchange.meet(own[i]);
                show("remote", remote[i]);
            }
            if (!isSend) {
                exchange.meet(own[0]);
            }
        }

        private void show(String side, KeyMessage message) {
            boolean showsReads = plan.verb() == Verb.READ;
            out.println(exchange.without(message).show(side, showsReads, showsReads || plan.verb() == Verb.WRITE));
        }

        private void connect() throws IOException {
            for (int i = 0; i < own.length; i++) {
                KeyMessage peer = remote[i];
                int lid = node.lidOf(peer.lid(), peer.gid() == null ? Gid.NONE : peer.gid());
                int reads = Math.clamp(peer.reads(), 1, plan.readsAtOnce());
                end.connect(i, new VerbsEnd.Remote(lid, peer.qpn(), peer.psn(), peer.remoteKey(), peer.buffer()), mtuBytes, reads);
            }
        }

        private void banner() {
            PerfBanner banner = new PerfBanner(plan.title(), plan.sleeps(), plan.queuePairs(), plan.service().name(),
                    plan.verb() != Verb.WRITE || !plan.isLatency());
            if (isCaller || plan.isBothWays()) {
                banner.with("TX depth", plan.sendDepth());
            }
            if (plan.takesReceives() && (!isCaller || plan.isBothWays())) {
                banner.with("RX depth", plan.receives());
            }
            if (!plan.isLatency()) {
                banner.with("CQ Moderation", plan.moderation());
            }
            banner.withMtu(mtuBytes, node.wire() == null ? "IB" : "Ethernet");
            if (exchange.usesGid()) {
                banner.with("GID index", Math.max(0, plan.gidIndex()));
            }
            if (plan.readsAtOnce() > 1) {
                banner.with("Outstand reads", plan.readsAtOnce());
            } else {
                banner.with("Max inline data", plan.inlineBytes() + "[B]");
            }
            out.println(banner.end("Ethernet"));
        }

        private int firstSize() {
            return plan.hasAllSizes() ? 2 : plan.sizeBytes();
        }

        private void latency() throws IOException {
            out.println(PerfFormat.LATENCY_HEAD);
            for (int bytes = firstSize(); bytes <= largest; bytes *= 2) {
                if (plan.takesReceives()) {
                    makeRoom(bytes);
                    exchange.meetLater(own[0]);
                }
                long[] ns = new LatencyRun(end, plan, clock).run(bytes, isCaller);
                out.println(PerfFormat.latency(bytes, plan.iterations(), ns));
            }
            if (plan.verb() == Verb.WRITE) {
                end.linger();
            } else {
                exchange.meetLater(own[0]);
            }
            out.println(PerfFormat.RULE);
        }

        private void makeRoom(int bytes) {
            for (int i = 0; i < plan.queuePairs(); i++) {
                for (int j = 0; j < plan.receives(); j++) {
                    end.postReceive(i, bytes);
                }
            }
        }

        private void bandwidth() throws IOException {
            out.println(PerfFormat.BANDWIDTH_HEAD);
            boolean isSend = plan.takesReceives();
            boolean sends = isCaller || plan.isBothWays();
            boolean receives = isSend && (!isCaller || plan.isBothWays());
            if (sends || receives) {
                for (int bytes = firstSize(); bytes <= largest; bytes *= 2) {
                    oneSize(bytes, sends, receives);
                }
            }
            if (!isSend && !plan.isBothWays()) {
                exchange.meetLater(own[0]);
                PerfFormat.Bandwidth theirs = exchange.results(result);
                if (!isCaller) {
                    out.println(PerfFormat.bandwidth(theirs));
                }
            }
            exchange.meetLater(own[0]);
            out.println(PerfFormat.RULE);
        }

        private void oneSize(int bytes, boolean sends, boolean receives) throws IOException {
            if (receives) {
                makeRoom(bytes);
            }
            if (plan.takesReceives() || plan.isBothWays()) {
                exchange.meetLater(own[0]);
            }
            result = new BandwidthRun(end, plan, clock, bytes).run(sends, receives);
            if (plan.hasAllSizes() && plan.isBothWays() && !plan.takesReceives()) {
                exchange.meetLater(own[0]);
            }
            out.println(PerfFormat.bandwidth(plan.isBothWays() ? result.plus(exchange.results(result)) : result));
            if (plan.hasAllSizes() && plan.takesReceives()) {
                exchange.meetLater(own[0]);
            }
        }
    }
}
