package org.legoos.mlx4.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.capture.LinkCapture.Direction;
import org.legoos.mlx4.capture.PcapFile;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Ethernet;
import org.legoos.mlx4.wire.Icrc;
import org.legoos.mlx4.wire.Ipv4;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;
import org.legoos.mlx4.wire.PacketPool;
import org.legoos.mlx4.wire.Udp;

/** The UDP wire's packets in a capture file: frames that a RoCE v2 card would take. That tshark agrees was tried by hand. */
class RoceCaptureTest {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int PAYLOAD_BYTES = 64;

    @TempDir
    Path directory;

    private static Packet packet(int from, int to) {
        Packet packet = new PacketPool(1).take();
        packet.headerLength = Lrh.SIZE + Bth.SIZE;
        Lrh.LNH.set(packet.header, 0, Lrh.LNH_IBA_LOCAL);
        Lrh.SLID.set(packet.header, 0, from);
        Lrh.DLID.set(packet.header, 0, to);
        Bth.OPCODE.set(packet.header, Lrh.SIZE, OpCode.RC | OpCode.SEND_ONLY);
        Bth.DEST_QP.set(packet.header, Lrh.SIZE, 0x48);
        packet.append(MemorySegment.ofArray(new byte[PAYLOAD_BYTES]), 0, PAYLOAD_BYTES);
        packet.finish();
        return packet;
    }

    private List<byte[]> capture(Direction direction, String local, String remote) throws Exception {
        Path path = directory.resolve("capture.pcap");
        UdpPeer peer = new UdpPeer(2, new InetSocketAddress(local, 5001), new InetSocketAddress(remote, 5002));
        try (PcapFile file = PcapFile.create(path, PcapFile.LINKTYPE_ETHERNET, new VirtualClock())) {
            RoceCapture capture = new RoceCapture(file, direction, Map.of(2, peer), 1);
            capture.packet(null, true, packet(1, 2));
            capture.packet(null, false, packet(2, 1));
            capture.packet(null, true, packet(1, 7)); // nobody's LID
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN).position(FILE_HEADER);
        assertThat(bytes.getInt(20)).isEqualTo(PcapFile.LINKTYPE_ETHERNET);
        List<byte[]> frames = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] frame = new byte[bytes.getInt(bytes.position() + 8)];
            bytes.position(bytes.position() + RECORD_HEADER).get(frame);
            frames.add(frame);
        }
        return frames;
    }

    @Test
    void aFrameHasAllThatRoceOnEthernetHas() throws Exception {
        byte[] frame = capture(Direction.SENT, "127.0.0.1", "127.0.0.2").getFirst();
        int ip = Ethernet.SIZE;
        int udp = ip + Ipv4.SIZE;
        assertThat(frame).hasSize(udp + Udp.SIZE + Bth.SIZE + PAYLOAD_BYTES + Icrc.SIZE);
        assertThat(Ethernet.source(frame)).isEqualTo(0x0200_0000_0001L);
        assertThat(Ethernet.destination(frame)).isEqualTo(0x0200_0000_0002L);
        assertThat(Ethernet.type(frame)).isEqualTo(Ethernet.TYPE_IPV4);
        assertThat(Ipv4.SOURCE.get(frame, ip)).isEqualTo(0x7f00_0001);
        assertThat(Ipv4.DESTINATION.get(frame, ip)).isEqualTo(0x7f00_0002);
        assertThat(Ipv4.CHECKSUM.get(frame, ip)).isEqualTo(Ipv4.checksum(frame, ip));
        assertThat(Ipv4.TOTAL_LENGTH.get(frame, ip)).isEqualTo(frame.length - ip);
        assertThat(Udp.SOURCE_PORT.get(frame, udp)).isEqualTo(5001);
        assertThat(Udp.DESTINATION_PORT.get(frame, udp)).isEqualTo(4791);
        assertThat(Udp.LENGTH.get(frame, udp)).isEqualTo(frame.length - udp);
        assertThat(new PacketCodec().checksRoceV2(frame, ip, frame.length - ip - Icrc.SIZE)).as("ICRC").isTrue();
    }

    @Test
    void whatComesHasTheAddressesTheOtherWayRound() throws Exception {
        List<byte[]> frames = capture(Direction.BOTH, "127.0.0.1", "127.0.0.2");
        assertThat(frames).hasSize(2);
        assertThat(Ethernet.source(frames.get(1))).isEqualTo(0x0200_0000_0002L);
        assertThat(Ipv4.SOURCE.get(frames.get(1), Ethernet.SIZE)).isEqualTo(0x7f00_0002);
        assertThat(Udp.SOURCE_PORT.get(frames.get(1), Ethernet.SIZE + Ipv4.SIZE)).isEqualTo(5002);
    }

    @Test
    void ipv6() throws Exception {
        byte[] frame = capture(Direction.SENT, "::1", "::2").getFirst();
        assertThat(Ethernet.type(frame)).isEqualTo(Ethernet.TYPE_IPV6);
        assertThat(new PacketCodec().checksRoceV2(frame, Ethernet.SIZE, frame.length - Ethernet.SIZE - Icrc.SIZE)).isTrue();
    }
}
