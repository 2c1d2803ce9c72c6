package org.legoos.emulator.vfiouser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.vfiouser.VfioUserCards.Cabling;
import org.legoos.emulator.vfiouser.VfioUserCards.Subnet;
import org.legoos.isa.time.HostClock;
import org.legoos.mlx4.fabric.Fabric;

/** The vfio-user server against a scripted client on a real socket, in the order that QEMU uses. */
@Timeout(60)
class VfioUserServerTest {
    private static final int VERSION = 1;
    private static final int DEVICE_GET_INFO = 4;
    private static final int GET_REGION_INFO = 5;
    private static final int GET_IRQ_INFO = 7;
    private static final int REGION_READ = 9;
    private static final int REGION_WRITE = 10;
    private static final int DEVICE_RESET = 13;
    private static final int CONFIG_REGION = 7;
    private static final int NO_REPLY = 0x10;
    private static final int EPERM = 1;
    private static final int EINVAL = 22;
    private static final int ENOTSUP = 95;

    @TempDir
    private Path directory;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private VfioUserCards cards;
    private SocketChannel client;
    private short nextId = 7;

    @BeforeEach
    void serve() throws IOException {
        Path socket = directory.resolve("card.sock");
        cards = new VfioUserCards(List.of(socket), HostClock.instance(), log::add);
        connect();
    }

    private void connect() throws IOException {
        client = SocketChannel.open(StandardProtocolFamily.UNIX);
        client.connect(UnixDomainSocketAddress.of(directory.resolve("card.sock")));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        cards.close();
    }

    private record Reply(int error, ByteBuffer body) {}

    private static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void send(int command, int flags, byte[] body) throws IOException {
        ByteBuffer message = body(16 + body.length);
        message.putShort(nextId).putShort((short) command).putInt(16 + body.length).putInt(flags).putInt(0).put(body).flip();
        while (message.hasRemaining()) {
            client.write(message);
        }
    }

    private Reply call(int command, byte[] body) throws IOException {
        send(command, 0, body);
        ByteBuffer header = receive(16);
        assertThat(header.getShort(0)).isEqualTo(nextId++);
        assertThat(header.getShort(2)).isEqualTo((short) command);
        assertThat(header.getInt(8) & 0xf).isEqualTo(1);
        return new Reply(header.getInt(12), receive(header.getInt(4) - 16));
    }

    private ByteBuffer receive(int bytes) throws IOException {
        ByteBuffer buffer = body(bytes);
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new IOException("the server closed the connection");
            }
        }
        return buffer.flip();
    }

    private void agreeOnVersion() throws IOException {
        byte[] json = "{\"capabilities\":{\"max_msg_fds\":16,\"pgsizes\":4096}}\0".getBytes(StandardCharsets.US_ASCII);
        Reply reply = call(VERSION, body(4 + json.length).putShort((short) 0).putShort((short) 0).put(json).array());
        assertThat(reply.error()).isZero();
        String answer = StandardCharsets.US_ASCII.decode(reply.body().position(4)).toString();
        assertThat(answer).startsWith("{").contains("max_msg_fds").endsWith("\0");
    }

    private Reply read(int region, long offset, int count) throws IOException {
        return call(REGION_READ, body(16).putLong(offset).putInt(region).putInt(count).array());
    }

    @Test
    void showsAConnectX3WithItsRegionsAndInterrupts() throws IOException {
        agreeOnVersion();
        Reply info = call(DEVICE_GET_INFO, body(16).putInt(16).array());
        assertThat(info.body().getInt(4)).isEqualTo(3);
        assertThat(info.body().getInt(8)).isEqualTo(9);
        assertThat(info.body().getInt(12)).isEqualTo(5);
        Reply bar0 = call(GET_REGION_INFO, body(32).putInt(32).array());
        assertThat(bar0.body().getLong(16)).isEqualTo(1 << 20);
        Reply bar2 = call(GET_REGION_INFO, body(32).putInt(32).putInt(0).putInt(2).array());
        assertThat(bar2.body().getLong(16)).isEqualTo(8 << 20);
        Reply msix = call(GET_IRQ_INFO, body(16).putInt(16).putInt(0).putInt(2).array());
        assertThat(msix.body().getInt(12)).isEqualTo(128);
        Reply intx = call(GET_IRQ_INFO, body(16).putInt(16).array());
        assertThat(intx.body().getInt(4)).as("event, maskable, masked by each event").isEqualTo(7);
        assertThat(intx.body().getInt(12)).isEqualTo(1);
        Reply ids = read(CONFIG_REGION, 0, 4);
        assertThat(ids.body().getInt(16)).isEqualTo(0x100315b3);
    }

    @Test
    void registersReadAsTheCardHasThemAndWritesMayBePosted() throws IOException {
        agreeOnVersion();
        int ownershipSemaphore = 0x8069c;
        assertThat(read(0, ownershipSemaphore, 4).body().getInt(16)).isZero();
        assertThat(read(0, ownershipSemaphore, 4).body().getInt(16)).as("taken by the first read").isNotZero();
        send(REGION_WRITE, NO_REPLY, body(20).putLong(ownershipSemaphore).putInt(0).putInt(4).putInt(0).array());
        nextId++;
        assertThat(read(0, ownershipSemaphore, 4).body().getInt(16)).isZero();
        assertThat(call(DEVICE_RESET, new byte[0]).error()).isZero();
        assertThat(read(CONFIG_REGION, 4, 2).body().getShort(16) & 6).isZero();
    }

    @Test
    void whatMakesNoSenseIsRefusedAndTheConnectionLives() throws IOException {
        assertThat(call(DEVICE_GET_INFO, body(16).putInt(16).array()).error()).isEqualTo(EPERM);
        agreeOnVersion();
        assertThat(call(4711, new byte[8]).error()).isEqualTo(ENOTSUP);
        assertThat(read(0, 1L << 40, 4).error()).isEqualTo(EINVAL);
        assertThat(read(99, 0, 4).error()).isEqualTo(EINVAL);
        assertThat(read(0, -4, 8).error()).isEqualTo(EINVAL);
        assertThat(read(CONFIG_REGION, 0, Integer.MAX_VALUE).error()).isEqualTo(EINVAL);
        assertThat(call(REGION_READ, new byte[3]).error()).isEqualTo(EINVAL);
        assertThat(read(CONFIG_REGION, 0, 4).error()).isZero();
    }

    @Test
    void aClientOfNonsenseIsSentAwayAndTheNextOneIsServed() throws IOException {
        long seed = Long.getLong("legoos.seed", new Random().nextLong());
        System.out.println("VfioUserServerTest legoos.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            try {
                if (random.nextBoolean()) {
                    agreeOnVersion();
                }
                for (int i = 0; i < 20; i++) {
                    send(random.nextInt(20), random.nextInt(0x40), randomBody(random));
                }
            } catch (IOException e) {
                // Sent away: what a server may do with such a client.
            }
            client.close();
            connect();
        }
        nextId = 1;
        agreeOnVersion();
        assertThat(read(CONFIG_REGION, 0, 4).body().getInt(16)).isEqualTo(0x100315b3);
    }

    @Test
    void cardsMayJoinAFabricThatOthersUse() throws IOException {
        Fabric shared = Fabric.ofOneSwitch(HostClock.instance(), 8);
        Path socket = directory.resolve("other.sock");
        try (VfioUserCards others = VfioUserCards.on(shared, List.of(socket), HostClock.instance(), log::add)) {
            assertThat(shared.links()).hasSize(1);
            assertThat(others.cards()).hasSize(1);
            assertThat(socket).exists();
        }
        assertThat(socket).doesNotExist();
        assertThat(shared.links()).as("the fabric is not the cards' to close").hasSize(1);
        shared.close();
    }

    @Test
    void cardsThatCannotBeJoinedSoAreRefusedWithAReason() {
        assertThat(new Subnet(Cabling.DIRECT, 1, false).objection(2)).isNull();
        assertThat(new Subnet(Cabling.DIRECT, 1, false).objection(3)).contains("2 cards");
        assertThat(new Subnet(Cabling.SWITCH, 3, true).objection(1)).contains("ports");
        assertThat(new Subnet(Cabling.SWITCH, 2, true).objection(32)).contains("63 ports");
    }

    private static byte[] randomBody(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 64 : 3)];
        random.nextBytes(bytes);
        if (bytes.length >= 16 && random.nextBoolean()) {
            // Plausible region accesses: small offsets, regions and counts.
            ByteBuffer access = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            access.putLong(0, random.nextInt(1 << 21)).putInt(8, random.nextInt(9)).putInt(12, random.nextInt(16));
        }
        return bytes;
    }
}
