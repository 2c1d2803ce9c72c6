package org.legoos.managers.processor.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.fs.OpenFlags;

class PipeTest {
    private final Pipe pipe = new Pipe();
    private final byte[] buffer = new byte[1 << 17];
    private final MemorySegment segment = MemorySegment.ofArray(buffer);

    PipeTest() {
        pipe.opened(true, true);
    }

    @Test
    void whatGoesInComesOut() {
        Random random = new Random(4711);
        ArrayDeque<Byte> model = new ArrayDeque<>();
        byte next = 0;
        for (int step = 0; step < 20_000; step++) {
            int length = 1 + random.nextInt(random.nextInt(50) == 0 ? 70_000 : 300);
            if (random.nextBoolean()) {
                for (int i = 0; i < length; i++) {
                    buffer[i] = (byte) (next + i);
                }
                int done = pipe.write(segment, 0, length, false);
                for (int i = 0; i < done; i++) {
                    model.add(next++);
                }
                assertThat(done == -Errno.EAGAIN || done > 0).isTrue();
            } else {
                int done = pipe.read(segment, 0, length);
                assertThat(done).isEqualTo(model.isEmpty() ? -Errno.EAGAIN : Math.min(length, model.size()));
                for (int i = 0; i < done; i++) {
                    assertThat(buffer[i]).isEqualTo(model.poll());
                }
            }
        }
        assertThat(pipe.available()).isEqualTo(model.size());
    }

    @Test
    void smallWritesAreWholeOrNotAtAll() {
        assertThat(pipe.write(segment, 0, Pipe.DEFAULT_BYTES - 100, true)).isEqualTo(Pipe.DEFAULT_BYTES - 100);
        assertThat(pipe.write(segment, 0, 101, true)).isEqualTo(-Errno.EAGAIN);
        assertThat(pipe.write(segment, 0, 100, true)).isEqualTo(100);
        assertThat(pipe.poll(false, true, -1)).isZero();
    }

    @Test
    void packetsStayApartAndMixWithPlainBytes() {
        pipe.write(segment, 0, 3, true);
        pipe.writePacket(segment, 0, 5);
        pipe.writePacket(segment, 0, 7);
        pipe.write(segment, 0, 2, true);
        pipe.write(segment, 0, 2, true);
        assertThat(pipe.read(segment, 0, 100)).isEqualTo(3);
        assertThat(pipe.read(segment, 0, 2)).isEqualTo(2); // the rest of the packet is lost
        assertThat(pipe.read(segment, 0, 100)).isEqualTo(7);
        assertThat(pipe.read(segment, 0, 3)).isEqualTo(3);
        assertThat(pipe.read(segment, 0, 3)).isEqualTo(1);
        assertThat(pipe.read(segment, 0, 3)).isEqualTo(-Errno.EAGAIN);
    }

    @Test
    void peekLeavesEverything() {
        segment.set(ValueLayout.JAVA_BYTE, 0, (byte) 42);
        pipe.write(segment, 0, 4, true);
        assertThat(pipe.peek(segment, 100, 10)).isEqualTo(4);
        assertThat(segment.get(ValueLayout.JAVA_BYTE, 100)).isEqualTo((byte) 42);
        assertThat(pipe.available()).isEqualTo(4);
    }

    @Test
    void capacityIsRoundedAndNeverBelowTheContent() {
        pipe.write(segment, 0, 10_000, false);
        assertThat(pipe.setCapacity(4096)).isEqualTo(-Errno.EBUSY);
        assertThat(pipe.setCapacity(10_001)).isEqualTo(16384);
        assertThat(pipe.write(segment, 0, 10_000, false)).isEqualTo(6384);
        assertThat(pipe.setCapacity(Pipe.MAX_BYTES + 1L)).isEqualTo(-Errno.EPERM);
        assertThat(pipe.setCapacity(-1)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void endsTellOfEachOther() {
        pipe.opened(true, false);
        pipe.closed(true, true);
        assertThat(pipe.poll(true, false, -1)).isEqualTo(OpenFlags.POLLHUP);
        assertThat(pipe.read(segment, 0, 1)).isZero();
        pipe.opened(false, true);
        pipe.closed(true, false);
        assertThat(pipe.write(segment, 0, 1, true)).isEqualTo(-Errno.EPIPE);
        assertThat(pipe.poll(false, true, -1) & OpenFlags.POLLERR).isNotZero();
    }
}
