package org.legoos.mlx4.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Packets of Linux soft-RoCE (captured between two virtual machines): each is taken apart into fields, put together
 * again from them, and must come out byte for byte, ICRC included.
 */
class CaptureTest {
    private static final int ETHERNET = 14;

    private final PacketCodec codec = new PacketCodec();
    private final Icrc icrc = new Icrc();
    private final PacketPool pool = new PacketPool(1);

    @ParameterizedTest
    @ValueSource(strings = {
        "atomic_cas", "atomic_fadd", "rc_pingpong_v6", "read_bw", "read_lat", "rping", "send_sizes", "uc_pingpong",
        "ud_pingpong", "write_bw", "write_imm"
    })
    void everyPacketIsReproducedFromItsFields(String capture) {
        int packets = 0;
        for (byte[] frame : Pcap.frames(capture + ".pcap")) {
            Layout ip = (frame[12] & 0xff) == 0x86 ? Layout.IPV6 : Layout.IPV4;
            int udp = ETHERNET + ip.sizeBytes();
            if (udp + Udp.SIZE < frame.length && Udp.DESTINATION_PORT.get(frame, udp) == Udp.PORT_ROCE_V2) {
                reproduce(frame, ip, udp, capture + " packet " + packets);
                packets++;
            }
        }
        assertThat(packets).isGreaterThanOrEqualTo(10);
    }

    private void reproduce(byte[] frame, Layout ip, int udp, String where) {
        int transport = udp + Udp.SIZE;
        int end = udp + Udp.LENGTH.get(frame, udp);
        Packet packet = pool.take();
        assertThat(codec.readTransport(frame, transport, end - transport, packet, Lrh.SIZE)).as(where).isTrue();
        assertThat(OpCode.flags(packet.opcode())).as(where).isNotZero();

        byte[] rebuilt = Arrays.copyOf(frame, frame.length);
        Arrays.fill(rebuilt, ETHERNET, end, (byte) 0);
        copyFields(ip, frame, ETHERNET, rebuilt, ETHERNET);
        copyFields(Layout.UDP, frame, udp, rebuilt, udp);
        if (ip == Layout.IPV4) {
            assertThat(Ipv4.checksum(rebuilt, ETHERNET)).as(where).isEqualTo(Ipv4.CHECKSUM.get(frame, ETHERNET));
        }
        byte[] headers = new byte[Packet.HEADER_MAX];
        int at = packet.bthAt;
        copyFields(Layout.BTH, packet.header, at, headers, at);
        at += Bth.SIZE;
        for (Layout extension : Layout.extensions(packet.opcode())) {
            copyFields(extension, packet.header, at, headers, at);
            at += extension.sizeBytes();
        }
        assertThat(at).as(where).isEqualTo(packet.headerLength);
        System.arraycopy(headers, 0, packet.header, 0, Packet.HEADER_MAX);
        Bth.PAD_COUNT.set(packet.header, packet.bthAt, 3);
        packet.finish();
        int written = codec.writeTransport(packet, rebuilt, transport);
        assertThat(transport + written + Icrc.SIZE).as(where).isEqualTo(end);
        Icrc.put(rebuilt, transport + written, icrc.ofRoceV2(rebuilt, ETHERNET, transport + written - ETHERNET));
        packet.release();
        assertThat(Arrays.mismatch(rebuilt, frame)).as(where).isEqualTo(-1);
        assertThat(codec.checksRoceV2(frame, ETHERNET, end - Icrc.SIZE - ETHERNET)).as(where).isTrue();
    }

    private static void copyFields(Layout layout, byte[] from, int fromAt, byte[] to, int toAt) {
        layout.fields().forEach(field -> field.set(to, toAt, field.get(from, fromAt)));
        layout.longFields().forEach(field -> field.set(to, toAt, field.get(from, fromAt)));
    }

    @Test
    void aFlippedBitIsNoticed() {
        byte[] frame = Pcap.frames("send_sizes.pcap").stream()
                .filter(each -> each.length > 500)
                .findFirst().orElseThrow();
        int length = Ipv4.TOTAL_LENGTH.get(frame, ETHERNET) - Icrc.SIZE;
        assertThat(codec.checksRoceV2(frame, ETHERNET, length)).isTrue();
        frame[300] ^= 1;
        assertThat(codec.checksRoceV2(frame, ETHERNET, length)).isFalse();
    }
}
