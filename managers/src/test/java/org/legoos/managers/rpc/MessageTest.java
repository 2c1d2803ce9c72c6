package org.legoos.managers.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageTest {
    private final byte[] bytes = new byte[8192];
    private final MemorySegment memory = MemorySegment.ofArray(bytes);

    private String hex(int from, int length) {
        return HexFormat.of().formatHex(bytes, from, from + length);
    }

    @Test
    void headerIsLittleEndianAsOnTheOriginalsWire() {
        Header.write(memory, 64, Opcode.P2M_PCACHE_MISS, 0, 0x30);
        assertThat(hex(64, 16)).isEqualTo("00000020" + "00000000" + "30000000" + "00000000");
        assertThat(Header.isSane(memory, 64, 0x30, 0)).isTrue();
        assertThat(Header.isSane(memory, 64, 0x31, 0)).as("another length arrived").isFalse();
        assertThat(Header.isSane(memory, 64, 0x30, 1)).as("another node sent it").isFalse();
        assertThat(Header.isSane(memory, 64, 12, 0)).as("shorter than a header").isFalse();
    }

    @Test
    void missRequestFieldsLieWhereTheyAreDescribed() {
        PcacheMiss.PID.set(memory, 0, 0x11223344);
        PcacheMiss.ACCESS.set(memory, 0, PcacheMiss.ACCESS_WRITE);
        PcacheMiss.MISSING_VA.set(memory, 0, 0x7fff_ffff_e000L);
        PcacheMiss.HAS_FLUSH.set(memory, 0, 1);
        assertThat(hex(16, 20)).isEqualTo("44332211" + "01000000" + "00e0ffffff7f0000" + "01000000");
        assertThat((PcacheMiss.FLUSH_AT + PcacheFlush.LINE_AT) % 16).isZero();
        assertThat(PcacheMiss.WITH_FLUSH_BYTES).isEqualTo(PcacheMiss.SIZE_BYTES + 16 + 4096);
    }

    @Test
    void stringsGoThroughByteForByte() {
        String name = new String(new byte[] {'/', (byte) 0xff, (byte) 0xc3, 1}, StandardCharsets.ISO_8859_1);
        byte[] argument = new byte[1000];
        new Random(1).nextBytes(argument);
        MessageWriter writer = new MessageWriter().reset(memory, 8, 16, 4096);
        writer.string(name).string("").longString(argument);
        assertThat(writer.overflowed()).isFalse();
        assertThat(writer.lengthBytes()).isEqualTo(16 + 2 + 4 + 2 + 4 + 1000);
        assertThat(hex(24, 6)).isEqualTo("0400" + "2fffc301");
        MessageReader reader = new MessageReader().reset(memory, 8, 16, writer.lengthBytes());
        assertThat(reader.string(4095)).isEqualTo(name);
        assertThat(reader.string(4095)).isEmpty();
        assertThat(reader.longString(1000)).isEqualTo(argument);
        assertThat(reader.remainingBytes()).isZero();
        assertThat(reader.isBad()).isFalse();
    }

    @Test
    void writerNeverPassesItsLimit() {
        MessageWriter writer = new MessageWriter().reset(memory, 0, 16, 20);
        writer.string("abc");
        assertThat(writer.overflowed()).isTrue();
        assertThat(hex(16, 16)).isEqualTo("00".repeat(16));
        assertThat(writer.record(1)).as("an overflow stays").isEqualTo(-1);
    }

    @Test
    void readerRefusesLengthsThatLie() {
        memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, 16, (short) 0xffff);
        assertThat(new MessageReader().reset(memory, 0, 16, 100).string(0xffff)).isNull();
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, 16, -1);
        assertThat(new MessageReader().reset(memory, 0, 16, 100).longString(Integer.MAX_VALUE)).isNull();
        memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, 16, (short) 3);
        assertThat(new MessageReader().reset(memory, 0, 16, 100).string(4095)).as("NUL inside a name").isNull();
        MessageReader tooShort = new MessageReader().reset(memory, 0, 16, 10);
        assertThat(tooShort.record(0)).isEqualTo(-1);
        assertThat(tooShort.isBad()).isTrue();
    }
}
