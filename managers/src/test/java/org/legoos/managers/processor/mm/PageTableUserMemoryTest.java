package org.legoos.managers.processor.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.managers.processor.pcache.PcacheGeometry;

class PageTableUserMemoryTest {
    private static final long PAGE = 4096;
    private final TestNode node = new TestNode(TestNode.usual(), PcacheGeometry.UNIT_BYTES);
    private final ProcessAddressSpace space = node.newSpace();
    private final UserMemory user = space.newUserMemory();
    private final long va = space.mmap(0, 64 * PAGE, 3, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS, null, 0);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void copiesAcrossManyPagesEvenMoreThanTheCacheHolds() {
        byte[] out = new byte[60 * 4096 + 77];
        new Random(5).nextBytes(out);
        assertThat(user.write(va + 100, out, 0, out.length)).isEqualTo(out.length);
        byte[] in = new byte[out.length];
        assertThat(user.read(va + 100, in, 0, in.length)).isEqualTo(in.length);
        assertThat(in).isEqualTo(out);
    }

    @Test
    void stopsAtTheFirstByteThatFaults() {
        byte[] bytes = new byte[3 * 4096];
        assertThat(user.write(va + 62 * PAGE + 1, bytes, 0, bytes.length)).isEqualTo((int) (2 * PAGE - 1));
        space.mprotect(va + PAGE, PAGE, Linux.PROT_READ);
        assertThat(user.write(va + 10, bytes, 0, bytes.length)).isEqualTo(4096 - 10);
        assertThat(user.read(va + 10, bytes, 0, bytes.length)).isEqualTo(bytes.length);
    }

    @Test
    void wordsAcrossAPageBoundary() {
        assertThat(user.putLong(va + PAGE - 3, 0x0123_4567_89ab_cdefL)).isTrue();
        assertThat(user.getLong(va + PAGE - 3)).isEqualTo(0x0123_4567_89ab_cdefL);
        assertThat(user.getInt(va + PAGE - 3)).isEqualTo(0x89ab_cdef);
        assertThat(user.putLong(va + 64 * PAGE - 4, 1)).as("half outside").isFalse();
    }

    @Test
    void addressesThatAreNoUserAddresses() {
        long[] bad = {-1, -8, Long.MIN_VALUE, 0xffff_8800_0000_0000L, 1L << 47, (1L << 47) - 4, 0x8000_0000_0000_0000L, 0, 8};
        for (long address : bad) {
            user.getLong(address);
            assertThat(user.faulted()).as(Long.toHexString(address)).isTrue();
            assertThat(user.putInt(address, 1)).isFalse();
            assertThat(user.readString(address, 100)).isNull();
            assertThat(user.read(address, new byte[100], 0, 100)).isZero();
        }
    }

    @Test
    void strings() {
        byte[] text = "over the edge\0".getBytes(StandardCharsets.US_ASCII);
        user.write(va + PAGE - 4, text, 0, text.length);
        assertThat(user.readString(va + PAGE - 4, 13)).asString().isEqualTo("over the edge");
        assertThat(user.readString(va + PAGE - 4, 12)).as("too long").isNull();
        assertThat(user.readString(va + 5 * PAGE, 0)).isEmpty();
        byte[] noNul = new byte[10];
        java.util.Arrays.fill(noNul, (byte) 'x');
        user.write(va + 64 * PAGE - 10, noNul, 0, 10);
        assertThat(user.readString(va + 64 * PAGE - 10, 4096)).as("runs into a hole").isNull();
        assertThat(user.readString(va + 64 * PAGE - 10, 5)).isNull();
    }
}
