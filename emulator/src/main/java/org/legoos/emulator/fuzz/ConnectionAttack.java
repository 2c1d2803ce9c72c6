package org.legoos.emulator.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.legoos.kernel.ib.cm.CmConnection;
import org.legoos.kernel.ib.cm.CmSettings;
import org.legoos.kernel.ib.cm.CmUser;
import org.legoos.kernel.ib.cm.ConnectReply;
import org.legoos.kernel.ib.cm.ConnectionManager;
import org.legoos.kernel.ib.mad.Datagram;
import org.legoos.kernel.ib.mad.MadDrops;
import org.legoos.kernel.ib.mad.TimerQueue;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.CmMad;
import org.legoos.mlx4.prm.mad.RdmaIpCm;

/**
 * Any message at a node's connection manager: half of them continue what it said last, with some bytes changed. When it stops, nothing
 * is left of it, and a good request is accepted.
 */
final class ConnectionAttack {
    private static final int MESSAGES = 300;
    private static final int CONNECTIONS_MAX = 32;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long SERVICE = RdmaIpCm.serviceId(7174);
    private static final int LID = 5;
    private static final int FIRST_ATTRIBUTE = CmMad.ATTR_REQ - 1;
    private static final int ATTRIBUTES = 9;

    private final SplittableRandom random;
    private long nowNs;
    private final TimerQueue timers = new TimerQueue(() -> nowNs);
    private Datagram last = new Datagram();
    private final List<CmConnection> established = new ArrayList<>();
    private final ConnectionManager manager;

    private ConnectionAttack(SplittableRandom random) {
        this.random = random;
        manager = new ConnectionManager(datagram -> last = datagram, timers, new CmSettings(14, 3, NS_PER_S, CONNECTIONS_MAX), new MadDrops(),
                random.nextLong());
    }

    static void run(FuzzRun run) {
        new ConnectionAttack(run.random()).attack(run);
    }

    private void attack(FuzzRun run) {
        manager.listen(SERVICE, (connection, request) -> decide(connection));
        for (int i = 0; i < MESSAGES; i++) {
            manager.receive(random.nextBoolean() ? any() : continued());
            run.require(manager.size() <= CONNECTIONS_MAX, "more connections than there may be: " + manager.size());
            if (random.nextInt(8) == 0) {
                pass(random.nextLong(NS_PER_S));
            }
        }
        established.forEach(CmConnection::disconnect);
        while (timers.size() > 0) {
            pass(NS_PER_S);
        }
        run.require(manager.size() == 0, manager.size() + " connections are left");
        manager.listen(SERVICE, (connection, request) -> accept(connection));
        manager.receive(request(1, 0x111));
        run.require(last.attribute() == CmMad.ATTR_REP, "a good request is answered by " + last.attribute());
    }

    private void pass(long ns) {
        nowNs += ns;
        timers.runDue();
    }

    private void decide(CmConnection connection) {
        switch (random.nextInt(4)) {
            case 0 -> connection.reject(random.nextInt(40));
            case 1 -> connection.delay(random.nextInt(20));
            case 2 -> accept(connection);
            default -> { }
        }
    }

    private void accept(CmConnection connection) {
        connection.accept(new ConnectReply(1, 0x222, 0x333, 1, 1, 7, new byte[0]), new Patient());
    }

    private static Datagram request(int id, int qpn) {
        Datagram made = message(CmMad.ATTR_REQ);
        CmMad.LOCAL_COMM_ID.set(made.segment, 0, id);
        CmMad.Req.SERVICE_ID.set(made.segment, 0, SERVICE);
        CmMad.Req.LOCAL_CA_GUID.set(made.segment, 0, 1);
        CmMad.Req.LOCAL_QPN.set(made.segment, 0, qpn);
        CmMad.Req.PATH_MTU.set(made.segment, 0, 4);
        CmMad.Req.PRIMARY_LOCAL_LID.set(made.segment, 0, LID);
        return made;
    }

    private static Datagram message(int attribute) {
        return Datagram.of(CmMad.CLASS_COMM_MGT, CmMad.CLASS_VERSION, CmMad.METHOD_SEND, attribute, LID);
    }

    private Datagram any() {
        Datagram made = random.nextInt(3) > 0 ? request(random.nextInt(8), random.nextInt(8)) : message(FIRST_ATTRIBUTE + random.nextInt(ATTRIBUTES));
        return changed(made, random.nextInt(6));
    }

    /** From the other side of what the manager sent last. */
    private Datagram continued() {
        Datagram made = message(FIRST_ATTRIBUTE + random.nextInt(ATTRIBUTES));
        CmMad.LOCAL_COMM_ID.set(made.segment, 0, CmMad.REMOTE_COMM_ID.get(last.segment, 0));
        CmMad.REMOTE_COMM_ID.set(made.segment, 0, CmMad.LOCAL_COMM_ID.get(last.segment, 0));
        CmMad.Dreq.REMOTE_QPN.set(made.segment, 0, random.nextInt(4) == 0 ? random.nextInt() : 0x222);
        return changed(made, random.nextInt(3) == 0 ? 2 : 0);
    }

    private Datagram changed(Datagram datagram, int bytes) {
        for (int i = 0; i < bytes; i++) {
            int at = random.nextInt(8) == 0 ? random.nextInt(Mad.SIZE_BYTES) : 24 + random.nextInt(100);
            datagram.bytes[at] = (byte) random.nextInt();
        }
        datagram.lid = random.nextInt(16) == 0 ? random.nextInt(0x10000) : LID;
        return datagram;
    }

    /** Whom it is all the same to, until the end. */
    private final class Patient implements CmUser {
        @Override
        public void accepted(CmConnection connection, ConnectReply reply) {
            connection.confirm();
        }

        @Override
        public void established(CmConnection connection) {
            established.add(connection);
        }

        @Override
        public void ended(CmConnection connection, End end, int reason) {
            // nothing to do
        }
    }
}
