package org.legoos.kernel.ib.cm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.legoos.kernel.ib.cm.CmNetwork.User;
import org.legoos.kernel.ib.mad.Datagram;
import org.legoos.kernel.ib.mad.MadDrops.Reason;
import org.legoos.mlx4.prm.mad.CmMad;
import org.legoos.mlx4.prm.mad.CmMad.Rej;

/** The connection manager against another one, over networks that are good, bad and hostile; and alone. */
class ConnectionManagerTest {
    private final User server = new User();
    private final User client = new User();
    private CmConnection served;

    private void accepting(CmNetwork net) {
        net.b.manager.listen(CmNetwork.SERVICE, (connection, request) -> {
            served = connection;
            connection.accept(new ConnectReply(2, 0x222, 0x333, 1, 1, 7, new byte[0]), server);
        });
    }

    @Test
    void twoSidesLearnOfEachOtherAndPart() {
        CmNetwork net = new CmNetwork(1, 0);
        accepting(net);
        CmConnection connection = net.a.manager.connect(net.a.request(0x111), client);
        net.run(200);
        assertThat(client.told).containsExactly("accepted", "established");
        assertThat(server.told).containsExactly("established");
        assertThat(client.reply.qpn()).isEqualTo(0x222);
        assertThat(client.reply.psn()).isEqualTo(0x333);
        assertThat(served.remoteQpn).isEqualTo(0x111);
        connection.disconnect();
        net.run(200);
        assertThat(client.told).endsWith("DISCONNECTED");
        assertThat(server.told).endsWith("DISCONNECTED");
        net.runOut();
        assertThat(net.a.manager.size() + net.b.manager.size()).isZero();
        assertThat(net.sent).extracting(Datagram::attribute).containsExactly(
                CmMad.ATTR_REQ, CmMad.ATTR_REP, CmMad.ATTR_RTU, CmMad.ATTR_DREQ, CmMad.ATTR_DREP);
    }

    @Test
    void whereNobodyListensARequestIsRejected() {
        CmNetwork net = new CmNetwork(1, 0);
        net.a.manager.connect(net.a.request(0x111), client);
        net.runOut();
        assertThat(client.told).containsExactly("REJECTED " + Rej.INVALID_SERVICE_ID);
        assertThat(net.a.manager.size() + net.b.manager.size()).isZero();
    }

    @Test
    void whoNeverAnswersIsGivenUp() {
        CmNetwork net = new CmNetwork(1, 100);
        net.a.manager.connect(net.a.request(0x111), client);
        net.runOut();
        assertThat(client.told).containsExactly("TIMED_OUT");
        assertThat(net.sent).extracting(Datagram::attribute).filteredOn(each -> each == CmMad.ATTR_REQ).hasSize(16);
    }

    @Test
    void aServerThatNeedsTimeSaysSo() {
        CmNetwork net = new CmNetwork(1, 0);
        net.b.manager.listen(CmNetwork.SERVICE, (connection, request) -> {
            served = connection;
            connection.delay(20); // 4.3 s, where a REQ is repeated after 67 ms
        });
        net.a.manager.connect(net.a.request(0x111), client);
        net.run(3000);
        assertThat(net.sent).extracting(Datagram::attribute).filteredOn(each -> each == CmMad.ATTR_REQ).hasSizeLessThanOrEqualTo(3);
        served.accept(new ConnectReply(2, 0x222, 0x333, 1, 1, 7, new byte[0]), server);
        net.run(200);
        assertThat(client.told).containsExactly("accepted", "established");
    }

    @Test
    void aRequestThatNobodyDecidesAboutIsRejected() {
        CmNetwork net = new CmNetwork(1, 0);
        net.b.manager.listen(CmNetwork.SERVICE, (connection, request) -> connection.delay(10));
        net.a.manager.connect(net.a.request(0x111), client);
        net.runOut();
        assertThat(client.told).containsExactly("REJECTED " + Rej.NO_RESOURCES);
        assertThat(net.b.manager.size()).isZero();
    }

    @Test
    void aQueuePairThatConnectsAgainEndsItsOldConnection() {
        CmNetwork net = new CmNetwork(1, 0);
        accepting(net);
        net.a.manager.connect(net.a.request(0x111), client);
        net.run(200);
        User second = new User();
        net.a.manager.connect(net.a.request(0x111), second); // as after a restart of that node
        net.run(200);
        assertThat(second.told).containsExactly("REJECTED " + Rej.STALE_CONNECTION);
        assertThat(server.told).endsWith("DISCONNECTED");
        net.run(1000);
        User third = new User();
        net.a.manager.connect(net.a.request(0x111), third);
        net.run(200);
        assertThat(third.told).containsExactly("accepted", "established");
    }

    @Test
    void thereIsALimit() {
        CmNetwork net = new CmNetwork(1, 0);
        net.b.manager.listen(CmNetwork.SERVICE, (connection, request) -> connection.delay(20));
        List<User> users = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            users.add(new User());
            net.a.manager.connect(net.a.request(0x1000 + i), users.get(i));
        }
        assertThat(net.a.manager.connect(net.a.request(0x2000), client)).isNull();
        net.runOut();
        assertThat(net.b.manager.size()).isZero();
        assertThat(users).allMatch(User::hasEnded);
    }

    @Test
    void strangersCannotSpeakForAConnection() {
        CmNetwork net = new CmNetwork(1, 0);
        accepting(net);
        net.a.manager.connect(net.a.request(0x111), client);
        net.run(200);
        Datagram dreq = Datagram.of(CmMad.CLASS_COMM_MGT, CmMad.CLASS_VERSION, CmMad.METHOD_SEND, CmMad.ATTR_REJ, 7);
        CmMad.LOCAL_COMM_ID.set(dreq.segment, 0, served.remoteId);
        CmMad.REMOTE_COMM_ID.set(dreq.segment, 0, served.localId);
        net.b.manager.receive(dreq);
        assertThat(server.told).containsExactly("established");
        assertThat(net.drops.get(Reason.UNEXPECTED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void lossDoublingAndReorderingChangeNothing(long seed) {
        CmNetwork net = new CmNetwork(seed, 20);
        List<User> servers = new ArrayList<>();
        net.b.manager.listen(CmNetwork.SERVICE, (connection, request) -> {
            User user = new User();
            servers.add(user);
            connection.accept(new ConnectReply(2, request.qpn() + 0x1000, 5, 1, 1, 7, new byte[0]), user);
        });
        List<User> users = new ArrayList<>();
        List<CmConnection> connections = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            User user = new User();
            users.add(user);
            connections.add(net.a.manager.connect(net.a.request(0x100 + i), user));
            net.run(net.random.nextLong(30));
        }
        net.run(3000);
        for (int i = 0; i < users.size(); i++) {
            assertThat(users.get(i).told).containsExactly("accepted", "established");
            assertThat(users.get(i).reply.qpn()).isEqualTo(0x1100 + i);
        }
        assertThat(servers).hasSize(20).allMatch(each -> each.told.equals(List.of("established")));
        connections.forEach(CmConnection::disconnect);
        net.runOut();
        assertThat(users).allMatch(User::hasEnded);
        assertThat(servers).allMatch(User::hasEnded);
        assertThat(net.a.manager.size() + net.b.manager.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anythingMayComeAndNothingIsLeft(long seed) {
        CmNetwork net = new CmNetwork(seed, 5);
        accepting(net);
        for (int i = 0; i < 3000; i++) {
            Datagram datagram = Datagram.of(CmMad.CLASS_COMM_MGT, net.random.nextInt(10) == 0 ? net.random.nextInt(4) : 2,
                    net.random.nextInt(10) == 0 ? net.random.nextInt(256) : CmMad.METHOD_SEND, 0x0f + net.random.nextInt(9), 1);
            if (net.random.nextInt(3) == 0) {
                net.a.request(net.random.nextInt(8)).write(datagram);
            }
            for (int n = net.random.nextInt(20); n > 0; n--) {
                datagram.bytes[24 + net.random.nextInt(232)] = (byte) net.random.nextInt();
            }
            CmMad.LOCAL_COMM_ID.set(datagram.segment, 0, net.random.nextInt(6));
            CmMad.REMOTE_COMM_ID.set(datagram.segment, 0, 2000 + net.random.nextInt(80));
            net.b.manager.receive(datagram);
            if (net.random.nextInt(6) == 0) {
                net.run(net.random.nextLong(200));
            }
            assertThat(net.b.manager.size()).isLessThanOrEqualTo(64);
        }
        net.runOut();
        assertThat(net.b.manager.size()).isZero();
        accepting(net);
        net.a.manager.connect(net.a.request(0x777), client);
        net.run(2000);
        assertThat(client.told).containsExactly("accepted", "established");
    }
}
