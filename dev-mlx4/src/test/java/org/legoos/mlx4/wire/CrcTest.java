package org.legoos.mlx4.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** ICRC and VCRC against the example of the IBA specification and packets of hardware. */
class CrcTest {
    private static final String LOCAL = "7012375C000E17D2" + "0A2024870087B1B3000DEC2A"
            + "01710A1C015D400238F27A050000000E" + "BB884D85FD5CFBA4728BC0690ED40000";
    private static final String GLOBAL = "7013375C001817D2"
            + "600000000032001000000000000001250000000000000026" + "00000000000001170000000000000096"
            + "0A2024870087B1B3000DEC2A" + "01710A1C015D400238F27A050000000E" + "BB884D85FD5CFBA4728BC0690ED40000";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String icrc(int value) {
        byte[] out = new byte[4];
        Icrc.put(out, 0, value);
        assertThat(Icrc.get(out, 0)).isEqualTo(value);
        return HexFormat.of().withUpperCase().formatHex(out);
    }

    @Test
    void localPacketOfTheSpecification() {
        byte[] packet = bytes(LOCAL);
        assertThat(icrc(new Icrc().ofInfiniBand(packet, 0, packet.length))).isEqualTo("9625B75A");
    }

    @Test
    void globalPacket() {
        byte[] packet = bytes(GLOBAL);
        assertThat(icrc(new Icrc().ofInfiniBand(packet, 0, packet.length))).isEqualTo("1493EC46");
    }

    @Test
    void congestionNotificationOfAConnectX4() {
        byte[] packet = bytes("45C2003C718C4000401191610A0011010A001201000012B700280000"
                + "8100FFFF400001180000000000000000000000000000000000000000");
        assertThat(icrc(new Icrc().ofRoceV2(packet, 0, packet.length))).isEqualTo("82FD002A");
    }

    @Test
    void variantCrcOfTheSpecificationsPacket() {
        byte[] packet = bytes(LOCAL + "9625B75A");
        assertThat(Vcrc.of(packet, 0, packet.length)).isEqualTo(0xfa45);
        packet = bytes(GLOBAL + "1493EC46");
        assertThat(Vcrc.of(packet, 0, packet.length)).isEqualTo(0x447c);
    }

    @Test
    void codecWritesTheSpecificationsPacketFromItsParts() {
        byte[] wire = bytes(LOCAL + "9625B75A");
        PacketCodec codec = new PacketCodec();
        Packet packet = new PacketPool(1).take();
        assertThat(codec.readInfiniBand(wire, 0, wire.length, packet)).isTrue();
        assertThat(packet.opcode()).isEqualTo(OpCode.WRITE_ONLY);
        assertThat(packet.payloadLength()).isEqualTo(14);
        assertThat(Reth.DMA_LENGTH.get(packet.header, packet.extensionAt())).isEqualTo(14);
        packet.finish();
        byte[] out = new byte[200];
        assertThat(codec.writeInfiniBand(packet, out, 7)).isEqualTo(wire.length);
        assertThat(java.util.Arrays.copyOfRange(out, 7, 7 + wire.length)).isEqualTo(wire);
    }
}
