package org.legoos.emulator.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.SmInfo;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;

/** A client of ibsim's protocol, as umad2sim is one, on a fabric of one switch. */
class IbsimServerTest {
    private static final int TIMEOUT_MS = 60_000;

    private final VirtualClock clock = new VirtualClock();
    private final Fabric fabric = Fabric.ofOneSwitch(clock, 4);
    private IbsimServer server;
    private int udpPort;
    private Client client;

    /** A program. */
    private final class Client implements AutoCloseable {
        final DatagramSocket control = socket();
        final DatagramSocket data = socket();
        final int number;

        Client() throws IOException {
            ByteBuffer reply = call(0, SimMessage.TYPE_CONNECT, data.getLocalPort());
            number = reply.getInt(SimMessage.CONNECT_ID);
        }

        private DatagramSocket socket() throws IOException {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
            socket.setSoTimeout(TIMEOUT_MS);
            return socket;
        }

        ByteBuffer call(int client, int type, int argument) throws IOException {
            ByteBuffer m = ByteBuffer.allocate(SimMessage.CONTROL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            m.putInt(0, SimMessage.MAGIC).putInt(SimMessage.CLIENT, client).putInt(SimMessage.TYPE, type).putInt(SimMessage.CONTROL_DATA, argument);
            control.send(new DatagramPacket(m.array(), m.capacity(), InetAddress.getByName("127.0.0.1"), udpPort));
            byte[] reply = new byte[SimMessage.CONTROL_BYTES];
            control.receive(new DatagramPacket(reply, reply.length));
            return ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
        }

        void send(byte[] mad, int dlid, int qp) throws IOException {
            ByteBuffer m = SimMessage.data(mad, Mad.SIZE_BYTES, 0, dlid, qp, qp, 0);
            byte[] bytes = Arrays.copyOf(m.array(), SimMessage.DATA_BYTES);
            data.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), udpPort + 1 + number));
        }

        ByteBuffer receive() throws IOException {
            byte[] reply = new byte[SimMessage.DATA_BYTES];
            data.receive(new DatagramPacket(reply, reply.length));
            return ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public void close() {
            control.close();
            data.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        while (server == null) {
            udpPort = ThreadLocalRandom.current().nextInt(20_000, 60_000);
            try {
                server = IbsimServer.start(fabric, udpPort);
            } catch (IOException e) {
                // Somebody has one of the eleven ports: try others.
            }
        }
        client = new Client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        fabric.close();
    }

    private int switchLid() {
        return fabric.switches().getFirst().port(0).lid();
    }

    private static MemorySegment mad(ByteBuffer message) {
        return MemorySegment.ofArray(SimMessage.mad(message));
    }

    @Test
    void directedRoutesAndTheClientsOwnPortAreAnswered() throws IOException {
        byte[] own = LocalSmp.get(Mad.CLASS_SUBN_DIRECTED, Mad.ATTR_NODE_INFO, 0);
        client.send(own, 0xffff, 0);
        assertThat(NodeInfo.NODE_TYPE.get(mad(client.receive()), Mad.DATA)).isEqualTo(NodeInfo.TYPE_CA);
        byte[] hop = LocalSmp.get(Mad.CLASS_SUBN_DIRECTED, Mad.ATTR_NODE_INFO, 0);
        Mad.HOP_COUNT.set(MemorySegment.ofArray(hop), 0, 1);
        hop[Mad.INITIAL_PATH + 1] = 1;
        client.send(hop, 0xffff, 0);
        assertThat(NodeInfo.NODE_TYPE.get(mad(client.receive()), Mad.DATA)).isEqualTo(NodeInfo.TYPE_SWITCH);
    }

    @Test
    void ofATableTheClientGetsTheRecordsThatFitAndAnHonestLength() throws IOException {
        for (Object[] each : new Object[][] {{Records.NODE, 1}, {Records.LINK, 2}, {Records.SM_INFO, 1}, {Records.SERVICE, 0}}) {
            var layout = (org.legoos.mlx4.prm.mad.RecordLayout) each[0];
            byte[] request = LocalSmp.get(SaMad.CLASS_SUBN_ADM, layout.attributeId(), 0);
            MemorySegment m = MemorySegment.ofArray(request);
            Mad.CLASS_VERSION.set(m, 0, SaMad.CLASS_VERSION);
            Mad.METHOD.set(m, 0, SaMad.METHOD_GET_TABLE);
            client.send(request, switchLid(), 1);
            ByteBuffer reply = client.receive();
            int length = (int) Long.reverseBytes(reply.getLong(24));
            assertThat(length).as(layout.name()).isEqualTo(SaMad.DATA + (int) each[1] * layout.attributeOffset() * Long.BYTES);
        }
    }

    @Test
    void aClientThatIsASubnetManagerGetsTheSubnetAndLeavesItWhenItGoes() throws IOException {
        assertThat(fabric.isManaged()).isTrue();
        client.send(LocalSmp.get(Mad.CLASS_SUBN_DIRECTED, Mad.ATTR_NODE_INFO, 0), 0xffff, 0);
        client.receive();
        client.call(client.number, SimMessage.TYPE_SET_ISSM, 1);
        boolean isHandedOver = false;
        while (!isHandedOver) {
            ByteBuffer request = client.receive();
            byte[] answer = SimMessage.mad(request);
            MemorySegment m = MemorySegment.ofArray(answer);
            isHandedOver = Mad.METHOD.get(m, 0) == Mad.METHOD_SET;
            assertThat(Mad.ATTRIBUTE_ID.get(m, 0)).isEqualTo(Mad.ATTR_SM_INFO);
            Mad.METHOD.set(m, 0, Mad.METHOD_GET_RESP);
            SmInfo.GUID.set(m, Mad.DATA, 1);
            SmInfo.PRIORITY.set(m, Mad.DATA, 5);
            SmInfo.STATE.set(m, Mad.DATA, SmInfo.STATE_STANDBY);
            client.send(answer, switchLid(), 0);
        }
        waitUntilManaged(false);
        client.call(client.number, SimMessage.TYPE_DISCONNECT, 0);
        waitUntilManaged(true);
    }

    /** What the client sends is carried by the server's thread. */
    private void waitUntilManaged(boolean byUs) {
        long deadline = System.currentTimeMillis() + TIMEOUT_MS;
        while (fabric.isManaged() != byUs && System.currentTimeMillis() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(fabric.isManaged()).isEqualTo(byUs);
    }
}
