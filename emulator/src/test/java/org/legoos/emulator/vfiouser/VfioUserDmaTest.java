package org.legoos.emulator.vfiouser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.legoos.emulator.vfiouser.VfioUserClient.CONFIG_REGION;
import static org.legoos.emulator.vfiouser.VfioUserClient.ERROR;
import static org.legoos.emulator.vfiouser.VfioUserClient.NO_REPLY;
import static org.legoos.emulator.vfiouser.VfioUserClient.REGION_READ;
import static org.legoos.emulator.vfiouser.VfioUserClient.REGION_WRITE;
import static org.legoos.emulator.vfiouser.VfioUserClient.REPLY;
import static org.legoos.emulator.vfiouser.VfioUserClient.VERSION;
import static org.legoos.emulator.vfiouser.VfioUserClient.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.vfiouser.VfioUserClient.Message;
import org.legoos.isa.time.HostClock;
import org.legoos.mlx4.hca.HcaCounters;

/** A client that lends memory without a file: the card's DMA comes to it as messages, amid its own. */
@Timeout(60)
class VfioUserDmaTest {
    private static final int DMA_MAP = 2;
    private static final int DMA_READ = 11;
    private static final int DMA_WRITE = 12;
    private static final int EFAULT = 14;
    private static final int HCR = 0x80680;
    private static final int CONTROL = HCR + 0x18;
    private static final int GO = 1 << 23;
    private static final int QUERY_FW = 0x004;
    private static final int MAP_FA = 0xfff;
    private static final long RAM_BYTES = 1 << 20;
    private static final long IN_BOX = 0x3000;
    private static final long OUT_BOX = 0x5000;

    @TempDir
    private Path directory;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final ByteBuffer ram = ByteBuffer.allocate((int) RAM_BYTES);
    private VfioUserCards cards;
    private VfioUserClient client;
    private short nextId;
    private int dmaReads;
    private int dmaWrites;

    @BeforeEach
    void serve() throws IOException {
        Path socket = directory.resolve("card.sock");
        cards = new VfioUserCards(List.of(socket), HostClock.instance(), log::add);
        client = new VfioUserClient(socket);
        call(VERSION, VfioUserClient.version("\"max_msg_fds\":16"));
        call(DMA_MAP, body(32).putInt(32).putInt(3).putLong(0).putLong(0).putLong(RAM_BYTES));
        call(REGION_WRITE, body(18).putLong(4).putInt(CONFIG_REGION).putInt(2).putShort((short) 6));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        cards.close();
    }

    @Test
    void mailboxesAreReadAndWrittenByMessages() throws IOException {
        assertThat(command(QUERY_FW, 0, OUT_BOX, 0)).isZero();
        assertThat(dmaWrites).isEqualTo(1);
        assertThat(ram.getShort((int) OUT_BOX + 2)).as("firmware's major version").isEqualTo((short) 2);
        ram.putInt((int) IN_BOX + 12, 4); // 16 pages at 0
        assertThat(command(MAP_FA, IN_BOX, 0, 1)).isZero();
        assertThat(dmaReads).isEqualTo(1);
    }

    @Test
    void registersAnswerWhileTheCardWaitsForMemory() throws IOException {
        postCommand(QUERY_FW, 0, OUT_BOX, 0);
        Message wanted = client.receive(); // not answered yet
        assertThat(wanted.command()).isEqualTo(DMA_WRITE);
        assertThat(readRegister(CONTROL) & GO).as("still at work").isNotZero();
        serveDma(wanted);
        assertThat(readRegister(CONTROL) & GO).isZero();
    }

    @Test
    void memoryThatTheClientRefusesIsABusError() throws IOException {
        postCommand(MAP_FA, IN_BOX, 0, 1);
        Message wanted = client.receive();
        client.send(wanted.id(), wanted.command(), REPLY | ERROR, EFAULT, body(0));
        assertThat(readRegister(CONTROL) >>> 24).as("bad parameter").isEqualTo(3);
        assertThat(cards.cards().getFirst().counters().get(HcaCounters.Kind.BUS_ERRORS)).isPositive();
    }

    @Test
    void aReplyOfTheWrongSizeIsNoMemory() throws IOException {
        postCommand(MAP_FA, IN_BOX, 0, 1);
        Message wanted = client.receive();
        client.send(wanted.id(), wanted.command(), REPLY, 0, body(20).putLong(IN_BOX).putLong(4).putInt(0));
        assertThat(readRegister(CONTROL) >>> 24).isEqualTo(3);
    }

    @Test
    void aClientThatLeavesWhileItsMemoryIsWantedHoldsNothingUp() throws IOException {
        postCommand(QUERY_FW, 0, OUT_BOX, 0);
        client.receive();
        client.close();
        cards.close();
        assertThat(log).anyMatch(line -> line.contains("left") || line.contains("sent away"));
    }

    // ---- the client ----

    /** Sends a command and serves the card's DMA until the reply comes. */
    private ByteBuffer call(int command, ByteBuffer body) throws IOException {
        int id = nextId++;
        client.send(id, command, 0, 0, body);
        while (true) {
            Message message = client.receive();
            if (message.isReply()) {
                assertThat(message.id()).isEqualTo(id);
                return message.body();
            }
            serveDma(message);
        }
    }

    private void serveDma(Message message) throws IOException {
        long address = message.body().getLong(0);
        int count = (int) message.body().getLong(8);
        boolean isRead = message.command() == DMA_READ;
        ByteBuffer reply = body(16 + (isRead ? count : 0)).putLong(address).putLong(count);
        if (isRead) {
            dmaReads++;
            reply.put(ram.array(), (int) address, count);
        } else {
            assertThat(message.command()).isEqualTo(DMA_WRITE);
            dmaWrites++;
            message.body().position(16).get(ram.array(), (int) address, count);
        }
        client.send(message.id(), message.command(), REPLY, 0, reply);
    }

    private int readRegister(int offset) throws IOException {
        return Integer.reverseBytes(
                call(REGION_READ, body(16).putLong(offset).putInt(0).putInt(4)).getInt(16));
    }

    private void writeRegister(int offset, int value) throws IOException {
        client.send(nextId++, REGION_WRITE, NO_REPLY, 0,
                body(20).putLong(offset).putInt(0).putInt(4).putInt(Integer.reverseBytes(value)));
    }

    private void postCommand(int opcode, long inBox, long outBox, int inModifier) throws IOException {
        writeRegister(HCR, (int) (inBox >>> 32));
        writeRegister(HCR + 4, (int) inBox);
        writeRegister(HCR + 8, inModifier);
        writeRegister(HCR + 12, (int) (outBox >>> 32));
        writeRegister(HCR + 16, (int) outBox);
        writeRegister(HCR + 20, 0);
        writeRegister(CONTROL, GO | opcode);
    }

    /** Executes a command of the card; returns its status. */
    private int command(int opcode, long inBox, long outBox, int inModifier) throws IOException {
        postCommand(opcode, inBox, outBox, inModifier);
        int control = readRegister(CONTROL);
        while ((control & GO) != 0) {
            control = readRegister(CONTROL);
        }
        return control >>> 24;
    }
}
