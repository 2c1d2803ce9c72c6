package org.legoos.emulator.vfiouser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.legoos.emulator.vfiouser.VfioUserClient.CONFIG_REGION;
import static org.legoos.emulator.vfiouser.VfioUserClient.NO_REPLY;
import static org.legoos.emulator.vfiouser.VfioUserClient.REGION_READ;
import static org.legoos.emulator.vfiouser.VfioUserClient.REGION_WRITE;
import static org.legoos.emulator.vfiouser.VfioUserClient.VERSION;
import static org.legoos.emulator.vfiouser.VfioUserClient.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.legoos.emulator.vfiouser.VfioUserClient.Message;
import org.legoos.isa.time.HostClock;
import org.legoos.mlx4.fabric.Fabric;

/** The vfio-user server against a scripted client on a real socket, in the order that QEMU uses. */
@Timeout(60)
class VfioUserServerTest {
    private static final int DEVICE_GET_INFO = 4;
    private static final int GET_REGION_INFO = 5;
    private static final int GET_IRQ_INFO = 7;
    private static final int DEVICE_RESET = 13;
    private static final int EPERM = 1;
    private static final int EINVAL = 22;
    private static final int ENOTSUP = 95;

    @TempDir
    private Path directory;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private VfioUserCards cards;
    private VfioUserClient client;
    private short nextId = 7;

    @BeforeEach
    void serve() throws IOException {
        Path socket = directory.resolve("card.sock");
        cards = new VfioUserCards(List.of(socket), HostClock.instance(), log::add);
        connect();
    }

    private void connect() throws IOException {
        client = new VfioUserClient(directory.resolve("card.sock"));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        cards.close();
    }

    private Message call(int command, ByteBuffer body) throws IOException {
        client.send(nextId, command, 0, 0, body);
        Message reply = client.receive();
        assertThat(reply.id()).isEqualTo(nextId++);
        assertThat(reply.command()).isEqualTo(command);
        assertThat(reply.isReply()).isTrue();
        return reply;
    }

    private void agreeOnVersion() throws IOException {
        Message reply = call(VERSION, VfioUserClient.version("\"max_msg_fds\":16,\"pgsizes\":4096"));
        assertThat(reply.error()).isZero();
        String answer = StandardCharsets.US_ASCII.decode(reply.body().position(4)).toString();
        assertThat(answer).startsWith("{").contains("max_msg_fds").endsWith("\0");
    }

    private Message read(int region, long offset, int count) throws IOException {
        return call(REGION_READ, body(16).putLong(offset).putInt(region).putInt(count));
    }

    @Test
    void showsAConnectX3WithItsRegionsAndInterrupts() throws IOException {
        agreeOnVersion();
        Message info = call(DEVICE_GET_INFO, body(16).putInt(16));
        assertThat(info.body().getInt(4)).isEqualTo(3);
        assertThat(info.body().getInt(8)).isEqualTo(9);
        assertThat(info.body().getInt(12)).isEqualTo(5);
        Message bar0 = call(GET_REGION_INFO, body(32).putInt(32));
        assertThat(bar0.body().getLong(16)).isEqualTo(1 << 20);
        Message bar2 = call(GET_REGION_INFO, body(32).putInt(32).putInt(0).putInt(2));
        assertThat(bar2.body().getLong(16)).isEqualTo(8 << 20);
        Message msix = call(GET_IRQ_INFO, body(16).putInt(16).putInt(0).putInt(2));
        assertThat(msix.body().getInt(12)).isEqualTo(128);
        Message intx = call(GET_IRQ_INFO, body(16).putInt(16));
        assertThat(intx.body().getInt(4)).as("event, maskable, masked by each event").isEqualTo(7);
        assertThat(intx.body().getInt(12)).isEqualTo(1);
        Message ids = read(CONFIG_REGION, 0, 4);
        assertThat(ids.body().getInt(16)).isEqualTo(0x100315b3);
    }

    @Test
    void registersReadAsTheCardHasThemAndWritesMayBePosted() throws IOException {
        agreeOnVersion();
        int ownershipSemaphore = 0x8069c;
        assertThat(read(0, ownershipSemaphore, 4).body().getInt(16)).isZero();
        assertThat(read(0, ownershipSemaphore, 4).body().getInt(16)).as("taken by the first read").isNotZero();
        client.send(nextId, REGION_WRITE, NO_REPLY, 0, body(20).putLong(ownershipSemaphore).putInt(0).putInt(4).putInt(0));
        nextId++;
        assertThat(read(0, ownershipSemaphore, 4).body().getInt(16)).isZero();
        assertThat(call(DEVICE_RESET, body(0)).error()).isZero();
        assertThat(read(CONFIG_REGION, 4, 2).body().getShort(16) & 6).isZero();
    }

    @Test
    void whatMakesNoSenseIsRefusedAndTheConnectionLives() throws IOException {
        assertThat(call(DEVICE_GET_INFO, body(16).putInt(16)).error()).isEqualTo(EPERM);
        agreeOnVersion();
        assertThat(call(4711, body(8)).error()).isEqualTo(ENOTSUP);
        assertThat(read(0, 1L << 40, 4).error()).isEqualTo(EINVAL);
        assertThat(read(99, 0, 4).error()).isEqualTo(EINVAL);
        assertThat(read(0, -4, 8).error()).isEqualTo(EINVAL);
        assertThat(read(CONFIG_REGION, 0, Integer.MAX_VALUE).error()).isEqualTo(EINVAL);
        assertThat(call(REGION_READ, body(3)).error()).isEqualTo(EINVAL);
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
                    client.send(nextId, random.nextInt(20), random.nextInt(0x40), 0, ByteBuffer.wrap(randomBody(random)));
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
