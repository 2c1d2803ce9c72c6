package org.legoos.mlx4.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.libc.Descriptor;
import org.legoos.isa.libc.SealedMemory;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/** A ring between two processes, here both this one: packets through it, and what a hostile other side can do. */
class RingTest {
    private static final int PID = (int) ProcessHandle.current().pid();
    private static final long NONCE = 0x1234_5678_9abc_def0L;

    private final PacketPool pool = new PacketPool(8);
    private RingReader reader;
    private RingWriter writer;

    @BeforeEach
    void open() throws IOException {
        reader = new RingReader(NONCE);
        writer = RingWriter.open(PID, reader.descriptor(), NONCE);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    private Packet packet(int psn, int payloadBytes) {
        Packet packet = pool.take();
        packet.headerLength = Lrh.SIZE + Bth.SIZE;
        Bth.OPCODE.set(packet.header, Lrh.SIZE, OpCode.RC | OpCode.SEND_MIDDLE);
        Bth.PSN.set(packet.header, Lrh.SIZE, psn);
        byte[] payload = new byte[payloadBytes];
        new SplittableRandom(psn).nextBytes(payload);
        packet.append(MemorySegment.ofArray(payload), 0, payloadBytes);
        packet.finish();
        return packet;
    }

    private RingWriter.Result write(int psn, int payloadBytes) {
        Packet packet = packet(psn, payloadBytes);
        RingWriter.Result result = writer.write(packet);
        packet.release();
        return result;
    }

    private void readAndCheck(int psn, int payloadBytes) {
        Packet got = pool.take();
        assertThat(reader.hasMore()).isTrue();
        assertThat(reader.read(got, Lrh.SIZE)).isTrue();
        assertThat(Bth.PSN.get(got.header, Lrh.SIZE)).isEqualTo(psn);
        assertThat(got.headerLength).isEqualTo(Lrh.SIZE + Bth.SIZE);
        byte[] expected = new byte[payloadBytes];
        new SplittableRandom(psn).nextBytes(expected);
        byte[] payload = new byte[got.payloadLength()];
        got.copyPayload(0, payload, 0, payload.length);
        assertThat(payload).isEqualTo(expected);
        got.release();
    }

    @Test
    void packetsOfAllSizesPassInOrderManyTimesRound() {
        SplittableRandom random = new SplittableRandom(7);
        ArrayDeque<Integer> sizes = new ArrayDeque<>();
        int written = 0;
        int read = 0;
        for (int turn = 0; turn < 400; turn++) {
            for (int i = random.nextInt(60); i > 0; i--) {
                int size = random.nextInt(4) == 0 ? random.nextInt(64) : random.nextInt(Packet.PAYLOAD_MAX + 1);
                assertThat(write(written++, size)).isEqualTo(RingWriter.Result.WRITTEN);
                sizes.add(size);
            }
            while (!sizes.isEmpty() && random.nextInt(50) != 0) {
                readAndCheck(read++, sizes.poll());
            }
        }
        while (!sizes.isEmpty()) {
            readAndCheck(read++, sizes.poll());
        }
        assertThat(reader.hasMore()).isFalse();
        assertThat((long) written * Packet.PAYLOAD_MAX / 2).isGreaterThan(3 * RingLayout.DATA_BYTES);
    }

    @Test
    void aReaderThatDoesNotReadLosesWhatComesLast() {
        int fitted = 0;
        while (write(fitted, Packet.PAYLOAD_MAX) == RingWriter.Result.WRITTEN) {
            fitted++;
        }
        assertThat(fitted).isGreaterThan(1000);
        assertThat(write(fitted, Packet.PAYLOAD_MAX)).isEqualTo(RingWriter.Result.FULL);
        for (int i = 0; i < fitted; i++) {
            readAndCheck(i, Packet.PAYLOAD_MAX);
        }
        assertThat(write(fitted, 1)).isEqualTo(RingWriter.Result.WRITTEN);
        readAndCheck(fitted, 1);
    }

    @Test
    void onlyASleeperIsWokenAndOnlyOnce() {
        assertThat(writer.mustWake()).as("a new reader sleeps").isTrue();
        assertThat(writer.mustWake()).isFalse();
        reader.mayBeWoken();
        reader.stayAwake();
        assertThat(writer.mustWake()).isFalse();
        reader.mayBeWoken();
        assertThat(writer.mustWake()).isTrue();
    }

    @Test
    void anotherLifeOfTheWriterGoesOn() throws IOException {
        write(1, 100);
        readAndCheck(1, 100);
        write(2, 100);
        writer = RingWriter.open(PID, reader.descriptor(), NONCE);
        write(3, 100);
        readAndCheck(2, 100);
        readAndCheck(3, 100);
    }

    @Test
    void whateverTheWriterWritesTheReaderStaysInTheRing() throws IOException {
        SplittableRandom random = new SplittableRandom(99);
        int broken = 0;
        for (int round = 0; round < 200; round++) {
            try (RingReader victim = new RingReader(NONCE); SealedMemory hostile = SealedMemory.open(
                    PID, victim.descriptor(), RingReader.MEMORY_NAME, RingLayout.TOTAL_BYTES)) {
                RingWriter good = RingWriter.open(PID, victim.descriptor(), NONCE);
                for (int i = 0; i < 50; i++) {
                    Packet packet = packet(i, random.nextInt(Packet.PAYLOAD_MAX));
                    good.write(packet);
                    packet.release();
                    spoil(hostile.memory(), random);
                    Packet got = pool.take();
                    if (victim.hasMore() && victim.read(got, Lrh.SIZE)) {
                        assertThat(got.payloadLength()).isBetween(0, Packet.PAYLOAD_MAX);
                    }
                    got.release();
                }
                broken += victim.isBroken() ? 1 : 0;
                assertThat(victim.isBroken() && victim.hasMore()).isFalse();
            }
        }
        assertThat(broken).isGreaterThan(100);
    }

    private static void spoil(MemorySegment memory, SplittableRandom random) {
        switch (random.nextInt(12)) {
            case 0 -> memory.set(RingLayout.LONG, RingLayout.TAIL_AT, random.nextLong());
            case 1 -> memory.set(RingLayout.LONG, RingLayout.TAIL_AT, random.nextInt(1 << 20) & -16);
            case 2 -> memory.set(RingLayout.LONG, RingLayout.HEAD_AT, random.nextLong());
            case 3 -> memory.set(RingLayout.INT, RingLayout.DATA_AT + (random.nextInt(1 << 16) & -16), random.nextInt());
            case 4 -> memory.set(RingLayout.INT, RingLayout.DATA_AT + (random.nextInt(1 << 16) & -16), RingLayout.SKIP);
            case 5 -> memory.set(RingLayout.INT, RingLayout.DATA_AT + (random.nextInt(1 << 16) & -16), random.nextInt(6000));
            default -> { }
        }
    }

    @Test
    void aReaderThatSaysItReadWhatWasNeverWrittenIsLeft() throws IOException {
        try (SealedMemory hostile = SealedMemory.open(PID, reader.descriptor(), RingReader.MEMORY_NAME, RingLayout.TOTAL_BYTES)) {
            hostile.memory().set(RingLayout.LONG, RingLayout.HEAD_AT, Long.MIN_VALUE / 2);
        }
        RingWriter another = RingWriter.open(PID, reader.descriptor(), NONCE);
        Packet packet = packet(1, 10);
        assertThat(another.write(packet)).isEqualTo(RingWriter.Result.BROKEN);
        packet.release();
    }

    @Test
    void onlyARingIsOpened() throws IOException {
        assertThatThrownBy(() -> RingWriter.open(PID, reader.descriptor(), NONCE + 1)).hasMessageContaining("another ring");
        assertThatThrownBy(() -> RingWriter.open(PID, 0, NONCE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RingWriter.open(PID, -1, NONCE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RingWriter.open(0, 3, NONCE)).isInstanceOf(IOException.class);
        int unsealed = Descriptor.newMemoryFile(RingLayout.TOTAL_BYTES);
        try (SealedMemory small = SealedMemory.create(RingReader.MEMORY_NAME, 4096);
                SealedMemory empty = SealedMemory.create(RingReader.MEMORY_NAME, RingLayout.TOTAL_BYTES)) {
            assertThatThrownBy(() -> RingWriter.open(PID, unsealed, NONCE)).hasMessageContaining("no memory of ours");
            assertThatThrownBy(() -> RingWriter.open(PID, small.descriptor(), NONCE)).hasMessageContaining("size");
            assertThatThrownBy(() -> RingWriter.open(PID, empty.descriptor(), NONCE)).hasMessageContaining("version");
        } finally {
            Descriptor.close(unsealed);
        }
    }
}
