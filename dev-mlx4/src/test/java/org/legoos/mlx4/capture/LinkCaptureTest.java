package org.legoos.mlx4.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.isa.time.SerialAgent;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.capture.LinkCapture.Direction;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.fabric.PortState;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Icrc;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;
import org.legoos.mlx4.wire.Vcrc;

/** What a capture file holds, byte by byte; that Wireshark agrees was tried by hand. */
class LinkCaptureTest {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;

    @TempDir
    Path directory;

    private final VirtualClock clock = new VirtualClock();
    private final PacketPool pool = new PacketPool(16);

    private static final class End extends SerialAgent {
        final Port port = new Port("end", 1, this);

        @Override
        protected void doWork() {
            port.dropArrived();
        }
    }

    private Packet send(int dlid, int payloadBytes) {
        Packet packet = pool.take();
        packet.headerLength = Lrh.SIZE + Bth.SIZE;
        Lrh.LNH.set(packet.header, 0, Lrh.LNH_IBA_LOCAL);
        Lrh.DLID.set(packet.header, 0, dlid);
        Bth.OPCODE.set(packet.header, Lrh.SIZE, OpCode.RC | 4);
        packet.append(MemorySegment.ofArray(new byte[payloadBytes]), 0, payloadBytes);
        packet.finish();
        return packet;
    }

    private List<byte[]> captureOnePacketEachWay(Direction direction) throws IOException {
        Path path = directory.resolve(direction + ".pcap");
        End a = new End();
        End b = new End();
        a.port.setEnabled(true);
        b.port.setEnabled(true);
        try (PcapFile file = PcapFile.create(path, PcapFile.LINKTYPE_ERF, clock); Link link = Link.connect(a.port, b.port, clock)) {
            a.port.setState(PortState.ACTIVE);
            b.port.setState(PortState.ACTIVE);
            a.port.setTap(new LinkCapture(file, direction, clock));
            a.port.transmit(send(2, 5));
            b.port.transmit(send(1, 64));
            assertThat(file.failure()).isNull();
            assertThat(link.a()).isSameAs(a.port);
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt(0)).isEqualTo(0xa1b23c4d);
        assertThat(bytes.getInt(20)).isEqualTo(PcapFile.LINKTYPE_ERF);
        bytes.position(FILE_HEADER);
        List<byte[]> records = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] record = new byte[bytes.getInt(bytes.position() + 8)];
            bytes.position(bytes.position() + RECORD_HEADER);
            bytes.get(record);
            records.add(record);
        }
        return records;
    }

    @Test
    void aRecordIsTheWholePacketWithBothCrcs() throws IOException {
        byte[] record = captureOnePacketEachWay(Direction.SENT).getFirst();
        int packetBytes = 8 + 12 + 8 + 4; // 5 bytes of payload padded to 8
        assertThat(record).hasSize(16 + packetBytes + 2);
        assertThat(record[8]).as("ERF type InfiniBand").isEqualTo((byte) 21);
        assertThat(ByteBuffer.wrap(record).getShort(10)).isEqualTo((short) record.length);
        assertThat(ByteBuffer.wrap(record).getShort(14)).isEqualTo((short) (packetBytes + 2));
        assertThat(Icrc.get(record, 16 + packetBytes - 4)).isEqualTo(new Icrc().ofInfiniBand(record, 16, packetBytes - 4));
        int vcrc = Vcrc.of(record, 16, packetBytes);
        assertThat(record[record.length - 2]).isEqualTo((byte) vcrc);
        assertThat(record[record.length - 1]).isEqualTo((byte) (vcrc >> 8));
    }

    @Test
    void oneDirectionOrBoth() throws IOException {
        assertThat(captureOnePacketEachWay(Direction.SENT)).hasSize(1);
        assertThat(captureOnePacketEachWay(Direction.BOTH)).hasSize(2);
    }
}
