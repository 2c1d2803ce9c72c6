package org.legoos.emulator.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.vfiouser.VfioUserCards;
import org.legoos.isa.time.HostClock;
import org.legoos.mlx4.hca.HcaCounters;

/**
 * A vfio-user client that says anything: noise, and messages that are nearly right. It may be sent away; the next client
 * must find a card as after power-on.
 */
final class VfioUserFuzzer implements Fuzzer {
    private static final int HEADER_BYTES = 16;
    private static final int VERSION = 1;
    private static final int DMA_MAP = 2;
    private static final int REGION_READ = 9;
    private static final int REGION_WRITE = 10;
    private static final int COMMANDS = 20;
    private static final int NO_REPLY = 0x10;
    private static final int MESSAGES = 40;
    private static final int CONFIG_REGION = 7;
    private static final int IDENTITY = 0x100315b3;

    @Override
    public String name() {
        return "vfio-user";
    }

    @Override
    public String description() {
        return "messages to the vfio-user server: sent away or answered, and the next client finds a good card";
    }

    @Override
    public void run(FuzzRun run) {
        try (TemporaryDirectory directory = TemporaryDirectory.create("fuzz")) {
            Path socket = directory.path().resolve("card");
            try (VfioUserCards cards = new VfioUserCards(List.of(socket), HostClock.instance(), line -> { })) {
                while (run.more()) {
                    attack(run.random(), socket);
                    run.require(identity(socket) == IDENTITY, "the next client does not find the card");
                    run.require(cards.cards().getFirst().counters().get(HcaCounters.Kind.INTERNAL_ERRORS) == 0,
                            "the card had an internal error");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void attack(SplittableRandom random, Path socket) {
        try (SocketChannel client = connect(socket)) {
            if (random.nextInt(4) != 0) {
                agree(client);
            }
            client.configureBlocking(false); // replies are not read: a full socket is the server's trouble, too
            for (int i = random.nextInt(MESSAGES); i > 0; i--) {
                if (client.write(anyMessage(random)) == 0) {
                    return;
                }
            }
        } catch (IOException e) {
            // Sent away: what a server may do with such a client.
        }
    }

    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        client.connect(UnixDomainSocketAddress.of(socket));
        return client;
    }

    private static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer message(int command, int flags, byte[] body) {
        return body(HEADER_BYTES + body.length).putShort((short) 0).putShort((short) command)
                .putInt(HEADER_BYTES + body.length).putInt(flags).putInt(0).put(body).flip();
    }

    private static void agree(SocketChannel client) throws IOException {
        byte[] json = "{\"capabilities\":{}}\0".getBytes(StandardCharsets.US_ASCII);
        client.write(message(VERSION, 0, body(4 + json.length).putInt(0).put(json).array()));
        reply(client);
    }

    private static ByteBuffer reply(SocketChannel client) throws IOException {
        ByteBuffer header = receive(client, HEADER_BYTES);
        return receive(client, header.getInt(4) - HEADER_BYTES);
    }

    private static ByteBuffer receive(SocketChannel client, int bytes) throws IOException {
        ByteBuffer buffer = body(bytes);
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new IOException("the server closed the connection");
            }
        }
        return buffer.flip();
    }

    private static int identity(Path socket) throws IOException {
        try (SocketChannel client = connect(socket)) {
            agree(client);
            client.write(message(REGION_READ, 0, body(16).putLong(0).putInt(CONFIG_REGION).putInt(4).array()));
            return reply(client).getInt(16);
        }
    }

    private static ByteBuffer anyMessage(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(300) : 32];
        random.nextBytes(bytes);
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int flags = random.nextInt(4) == 0 ? random.nextInt(0x40) : random.nextBoolean() ? NO_REPLY : 0;
        int command = random.nextInt(COMMANDS);
        if (bytes.length == 32) {
            switch (random.nextInt(4)) {
                case 0 -> { // a register or doorbell
                    command = random.nextBoolean() ? REGION_READ : REGION_WRITE;
                    fields.putLong(0, random.nextInt(1 << 23) & -4).putInt(8, random.nextInt(9)).putInt(12, 4);
                }
                case 1 -> { // memory without a file
                    command = DMA_MAP;
                    fields.putInt(0, 32).putInt(4, random.nextInt(4)).putLong(8, 0)
                            .putLong(16, random.nextLong(1L << 36) & -4096).putLong(24, random.nextLong(1L << 30) & -4096);
                }
                default -> { }
            }
        }
        ByteBuffer made = message(command, flags, bytes);
        if (random.nextInt(32) == 0) {
            made.putInt(4, random.nextInt());
        }
        return made;
    }
}
