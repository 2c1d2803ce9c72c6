package org.legoos.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RingTest {
    private record Message(int offset, int length, int spanStart, int spanBytes) {}

    @Test
    void aFullRingRefusesUntilCreditComes() {
        SendRing ring = new SendRing();
        SendRing.Span span = new SendRing.Span();
        int count = 0;
        while (ring.reserve(4096 + MessageHeader.SIZE_BYTES, span)) {
            count++;
        }
        assertThat(count).isEqualTo(RingGeometry.GRANULES / 65);
        assertThat(ring.credit(65)).isTrue();
        assertThat(ring.reserve(4096 + MessageHeader.SIZE_BYTES, span)).isTrue();
    }

    @Test
    void creditThatNobodyOwesIsRefused() {
        assertThat(new SendRing().credit(1)).isFalse();
    }

    @Test
    void spansNeverOverlapAndAllSpaceComesBack() {
        for (long seed = 1; seed <= 20; seed++) {
            run(new Random(seed), "seed " + seed);
        }
    }

    /** Messages are freed in random order; at no time do two live ones share a byte, and the ring never leaks. */
    private static void run(Random random, String seed) {
        SendRing sender = new SendRing();
        ReceiveRing receiver = new ReceiveRing(0);
        SendRing.Span span = new SendRing.Span();
        List<Message> live = new ArrayList<>();
        boolean[] taken = new boolean[RingGeometry.GRANULES];
        for (int step = 0; step < 5_000; step++) {
            int length = random.nextInt(random.nextBoolean() ? 200 : 100_000);
            boolean reserved = sender.reserve(length + MessageHeader.SIZE_BYTES, span);
            if (reserved) {
                assertThat(ReceiveRing.isSane(span.messageOffsetBytes, length, span.spanStartBytes, span.spanBytes)).as(seed).isTrue();
                Message message = new Message(span.messageOffsetBytes, length, span.spanStartBytes, span.spanBytes);
                mark(taken, message, true, seed);
                live.add(message);
            }
            if (!live.isEmpty() && (!reserved || random.nextInt(3) > 0)) {
                Message message = live.remove(random.nextInt(live.size()));
                mark(taken, message, false, seed);
                sender.credit(receiver.free(message.spanStart(), message.spanBytes()));
            }
        }
        for (Message message : live) {
            sender.credit(receiver.free(message.spanStart(), message.spanBytes()));
        }
        int room = 0;
        while (sender.reserve(64, span)) {
            room++;
        }
        assertThat(room).as(seed).isGreaterThan(RingGeometry.GRANULES - RingGeometry.CREDIT_GRANULES);
    }

    private static void mark(boolean[] taken, Message message, boolean value, String seed) {
        int first = message.offset() / RingGeometry.GRANULE_BYTES;
        int count = RingGeometry.granules(message.length() + MessageHeader.SIZE_BYTES);
        for (int i = first; i < first + count; i++) {
            assertThat(taken[i]).as(seed).isEqualTo(!value);
            taken[i] = value;
        }
    }

    @Test
    void claimsOutsideTheRingAreInsane() {
        assertThat(ReceiveRing.isSane(0, 0, 0, 64)).isTrue();
        assertThat(ReceiveRing.isSane(0, -1, 0, 64)).isFalse();
        assertThat(ReceiveRing.isSane(32, 0, 32, 64)).isFalse();
        assertThat(ReceiveRing.isSane(RingGeometry.SIZE_BYTES - 64, 64, RingGeometry.SIZE_BYTES - 64, 128)).isFalse();
        assertThat(ReceiveRing.isSane(0, 0, 0, 128)).isFalse();
        assertThat(ReceiveRing.isSane(64, 0, 0, 128)).isFalse();
        assertThat(ReceiveRing.isSane(0, 0, RingGeometry.SIZE_BYTES - 128, 192)).isTrue();
        assertThat(ReceiveRing.isSane(0, Integer.MAX_VALUE, 0, 64)).isFalse();
    }
}
