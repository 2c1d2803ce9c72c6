package org.legoos.kernel.drivers.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.mlx4.prm.CtrlSegment;

/** Requests that go through BlueFlame: what is written where, and which do not. */
class BlueFlameTest {
    private static final long BAR_PA = 0x1_0000_0000L;
    private static final long UAR_AREA_BYTES = 4 << 20;
    private static final int REGISTER_BYTES = 512;
    private static final int INDEX = 3;
    private static final long REGISTER = UAR_AREA_BYTES + 128 * 4096 + INDEX * REGISTER_BYTES;
    private static final int QPN = 0x123456;

    private record Write(long offset, int sizeBytes, long value) {}

    private final List<Write> writes = new ArrayList<>();
    private Runnable whenWritten = () -> { };
    private final PhysicalMemory memory = PhysicalMemory.ofSize(1 << 20);
    private final QpGeometry geometry = new QpGeometry(4, 8, 9, 4, 4);
    private final SendQueue queue = new SendQueue(memory.segment(), 4096, geometry);
    private final SendWorkRequest request = new SendWorkRequest();

    @AfterEach
    void close() {
        memory.close();
    }

    private BlueFlame register() {
        MmioBus bus = new MmioBus();
        bus.map(BAR_PA, 8 << 20, new MmioDevice() {
            @Override
            public long read(long offset, int sizeBytes) {
                return 0;
            }

            @Override
            public void write(long offset, int sizeBytes, long value) {
                writes.add(new Write(offset, sizeBytes, value));
                whenWritten.run();
            }
        });
        return new BlueFlame(new Mmio(bus, BAR_PA, 8 << 20), UAR_AREA_BYTES, REGISTER_BYTES, INDEX);
    }

    /** Posts as a queue pair does; true when the doorbell is due. */
    private boolean post(BlueFlame register, int lengthBytes, boolean isInline) {
        writes.clear();
        request.single(0, lengthBytes, 0);
        request.inline = isInline;
        long posted = queue.post(request, QpType.RC, 0, 1, register, QPN);
        assertThat(posted).isNotEqualTo(SendQueue.FULL);
        return posted == SendQueue.POSTED || !register.write(memory.segment(), posted);
    }

    @Test
    void theRegisterGetsTheRequestThatIsInMemoryInAscendingOrderEachHalfInTurn() {
        BlueFlame register = register();
        queue.reset();
        memory.putLong(0, 0x0807060504030201L);
        for (int n = 0; n < 3; n++) {
            long wqe = 4096 + n * 256L;
            assertThat(post(register, 20, true)).isFalse();
            assertThat(writes).hasSize(8); // one line
            for (int i = 0; i < 8; i++) {
                long half = n % 2 * REGISTER_BYTES / 2;
                assertThat(writes.get(i)).isEqualTo(new Write(REGISTER + half + 8 * i, 8, memory.getLong(wqe + 8 * i)));
            }
            assertThat(CtrlSegment.BF_QPN.get(memory.segment(), wqe)).isEqualTo(QPN);
            assertThat(CtrlSegment.BF_WQE_INDEX.get(memory.segment(), wqe)).isEqualTo(n);
        }
        assertThat(post(register, 100, true)).isFalse();
        assertThat(writes).hasSize(16);
    }

    @Test
    void othersAreLeftToTheDoorbell() {
        BlueFlame register = register();
        queue.reset();
        assertThat(post(register, 20, false)).as("gathers from memory").isTrue();
        assertThat(post(null, 20, true)).as("not in use").isTrue();
        assertThat(writes).isEmpty();
        whenWritten = () -> assertThat(register.write(memory.segment(), 4096)).as("by the card's thread, in between").isFalse();
        assertThat(post(register, 20, true)).as("the first has it").isFalse();
        assertThat(writes).hasSize(8);
        assertThat(register.takes(256)).isTrue();
        assertThat(register.takes(257)).isFalse();
    }
}
