package org.legoos.kernel.ib.cm;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.legoos.kernel.ib.mad.Datagram;
import org.legoos.kernel.ib.mad.MadDrops;
import org.legoos.kernel.ib.mad.Path;
import org.legoos.kernel.ib.mad.TimerQueue;
import org.legoos.mlx4.prm.mad.CmMad;
import org.legoos.mlx4.prm.mad.Gid;

/** Two connection managers and, between them, a network in virtual time that loses, doubles and reorders datagrams as a seed says. */
final class CmNetwork {
    static final long SERVICE = 0x1061c06;
    private static final long NS_PER_MS = 1_000_000L;

    final SplittableRandom random;
    final int lossPercent;
    private long nowNs;
    final TimerQueue timers = new TimerQueue(() -> nowNs);
    final List<Datagram> sent = new ArrayList<>();
    final MadDrops drops = new MadDrops();
    final CmSettings settings = new CmSettings(14, 15, 500 * NS_PER_MS, 64);
    final Side a = new Side(1);
    final Side b = new Side(2);

    CmNetwork(long seed, int lossPercent) {
        random = new SplittableRandom(seed);
        this.lossPercent = lossPercent;
    }

    /** A node at one LID. */
    final class Side {
        final int lid;
        final ConnectionManager manager;

        Side(int lid) {
            this.lid = lid;
            manager = new ConnectionManager(this::send, timers, settings, drops, 1000L * lid);
        }

        private void send(Datagram datagram) {
            sent.add(datagram);
            int copies = random.nextInt(100) < lossPercent ? 0 : random.nextInt(100) < lossPercent ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                Datagram copy = datagram.reply(datagram.method(), 0);
                copy.lid = lid;
                Side to = datagram.lid == a.lid ? a : b;
                timers.after(random.nextLong(40 * NS_PER_MS), () -> to.manager.receive(copy));
            }
        }

        ConnectRequest request(int qpn) {
            int peer = a.lid + b.lid - lid;
            Path path = new Path(Gid.ofPort(lid), Gid.ofPort(peer), lid, peer, 0xffff, 0, 4, 7, 18, 0, 0, 0);
            return new ConnectRequest(SERVICE, lid, CmMad.SERVICE_RC, qpn, qpn + 1, 1, 1, 7, 7, 19, path, new byte[] {1, 2, 3});
        }
    }

    /** Who a connection belongs to, and what it was told. */
    static final class User implements CmUser {
        final List<String> told = new ArrayList<>();
        ConnectReply reply;

        @Override
        public void accepted(CmConnection connection, ConnectReply newReply) {
            told.add("accepted");
            reply = newReply;
            connection.confirm();
        }

        @Override
        public void established(CmConnection connection) {
            told.add("established");
        }

        @Override
        public void ended(CmConnection connection, End end, int reason) {
            told.add(end + (reason == 0 ? "" : " " + reason));
        }

        boolean hasEnded() {
            return !told.isEmpty() && !told.getLast().equals("accepted") && !told.getLast().equals("established");
        }
    }

    void run(long ms) {
        long endNs = nowNs + ms * NS_PER_MS;
        while (timers.nextDeadlineNs() <= endNs) {
            nowNs = Math.max(nowNs, timers.nextDeadlineNs());
            timers.runDue();
        }
        nowNs = endNs;
    }

    /** Until nothing is left to do. */
    void runOut() {
        while (timers.size() > 0) {
            run(1000);
        }
    }

    long nowNs() {
        return nowNs;
    }
}
