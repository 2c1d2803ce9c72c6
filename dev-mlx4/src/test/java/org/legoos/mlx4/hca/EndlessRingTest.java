package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.CtrlSegment;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.RqDoorbell;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.prm.WqeOpcode;
import org.legoos.mlx4.transport.QpHost;

/** Queues whose memory changes while the card reads it, so that there is always one more request: the card comes to an end. */
class EndlessRingTest {
    private static final int SLOTS = 1 << MiniQp.LOG_SQ;

    private final VirtualClock clock = new VirtualClock();
    private final MiniDriver driver = new MiniDriver("a", 0x10, clock, Refilled::new);
    private final MiniDriver peer = new MiniDriver("b", 0x20, clock);
    private static Refilled memory; // of the driver

    @AfterEach
    void close() {
        driver.close();
        peer.close();
    }

    /** Whatever the card reads of a queue says that there is more. */
    private static final class Refilled implements Dma {
        private final PhysicalMemory ram;
        private long startPa;
        private long recordPa = -1;
        private int wanted;
        private int posted;

        Refilled(PhysicalMemory ram) {
            this.ram = ram;
            memory = this;
        }

        @Override
        public MemorySegment backing(long guestPa, long lengthBytes) {
            if (guestPa == recordPa) {
                RqDoorbell.POSTED.set(ram.segment(), recordPa, ++posted);
            }
            return ram.backing(guestPa, lengthBytes);
        }

        @Override
        public boolean beforeRead(long guestPa, long lengthBytes) {
            long slot = (guestPa - startPa) / 64;
            if (startPa != 0 && slot >= 0 && slot < SLOTS && lengthBytes == CtrlSegment.SIZE_BYTES) {
                CtrlSegment.OWNER.set(ram.segment(), guestPa, wanted++ / 2 / SLOTS & 1); // each is looked at twice
            }
            return true;
        }

        @Override
        public long offset(long guestPa) {
            return guestPa;
        }
    }

    private MiniQp datagramQp() {
        Link.connect(driver.hca.port(1), peer.hca.port(1), clock);
        driver.bringUp();
        driver.createEq(6);
        driver.activate(1);
        driver.setActive();
        MiniCq cq = driver.createCq(0x80, 6);
        MiniQp qp = MiniQp.of(driver, 0x50, ServiceType.UD, cq, cq);
        qp.connect(0, 0, 0, 0);
        return qp;
    }

    @Test
    void aDoorbellStandsForNoMoreRequestsThanTheRingHolds() {
        MiniQp qp = datagramQp();
        memory.startPa = qp.pa;
        qp.post(qp.nextSend(), WqeOpcode.RDMA_READ, 1, 0, 0); // no such thing for datagrams: it fails, all others are flushed
        assertThat(driver.hca.counters().get(Kind.SEND_WQES)).isEqualTo(SLOTS);
    }

    @Test
    void receivesAreFlushedAsOftenAsAQueueCanHoldThem() {
        MiniQp qp = datagramQp();
        memory.recordPa = qp.dbRecordPa;
        qp.modify(Opcode.TO_ERR_QP);
        assertThat(driver.hca.counters().get(Kind.RQ_FLUSHED)).isBetween(1L, 2L * QpHost.RECEIVES_MAX);
    }
}
