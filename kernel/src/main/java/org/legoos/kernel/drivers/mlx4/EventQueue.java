package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.time.SerialAgent;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.mlx4.prm.EqContext;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.Uar;

/**
 * An event queue (Linux eq.c): an agent that its interrupt signals. It takes all entries that are there,
 * tells the card how far it is, and arms the queue again at the end.
 */
final class EventQueue extends SerialAgent {
    /** Gets one entry, which lies at {@code eqe} in {@code memory}. */
    @FunctionalInterface
    interface Sink {
        void event(MemorySegment memory, long eqe);
    }

    private static final int PROGRESS_EVERY = 64;

    private final HostResources host;
    private final MttTable mtts;
    private final MemorySegment memory;
    private final Mmio uar;
    private final int eqn;
    private final int vector;
    private final int logSize;
    private final Sink sink;
    private final HostResources.DmaBuffer buffer;
    private final MttTable.Mapping mapping;
    private int consumer; // only in doWork
    private volatile boolean live;

    EventQueue(HostResources host, MttTable mtts, Mmio uar, int eqn, int vector, int logSize, Sink sink) {
        this.host = host;
        this.mtts = mtts;
        this.memory = host.memory().segment();
        this.uar = uar;
        this.eqn = eqn;
        this.vector = vector;
        this.logSize = logSize;
        this.sink = sink;
        buffer = host.allocate((long) EqEntry.SIZE_BYTES << logSize, "event queue " + eqn);
        mapping = mtts.mapQueue(buffer);
    }

    /** Hands the queue to the card, armed. The card makes all entries its own. */
    void open(CommandInterface commands) {
        live = true;
        try (Command command = commands.begin()) {
            command.clearInput(EqContext.SIZE_BYTES);
            MemorySegment box = command.memory();
            long at = command.inputPa();
            EqContext.STATE.set(box, at, EqContext.STATE_ARMED);
            EqContext.LOG_EQ_SIZE.set(box, at, logSize);
            EqContext.INTR.set(box, at, vector);
            EqContext.LOG_PAGE_SIZE.set(box, at, mapping.contextPageSize());
            EqContext.MTT_BASE.set(box, at, mapping.byteOffset());
            command.withInput(Opcode.SW2HW_EQ, eqn, 0);
        }
        signal(); // arms it by doorbell too, after a look at what is there
    }

    void close(CommandInterface commands) {
        live = false;
        try (Command command = commands.begin()) {
            command.plain(Opcode.HW2SW_EQ, eqn, 1);
        }
        mtts.unmap(mapping);
        host.free(buffer);
    }

    int eqn() {
        return eqn;
    }

    @Override
    protected void doWork() {
        if (!live) {
            return;
        }
        for (int taken = 1; isOurs(consumer); taken++) {
            handle(entry(consumer));
            consumer++;
            if (taken % PROGRESS_EVERY == 0) {
                ring(false);
            }
        }
        ring(true);
    }

    /** An agent must not throw; a handler that does is our bug, and one line in the log. */
    private void handle(long eqe) {
        try {
            sink.event(memory, eqe);
        } catch (RuntimeException e) {
            host.log().err("mlx4_core: handler of event type 0x%x failed: %s", EqEntry.TYPE.get(memory, eqe), e);
        }
    }

    private boolean isOurs(int index) {
        int owner = WireWords.observe(memory, entry(index) + EqEntry.OWNER_BYTE) & EqEntry.OWNER_BIT;
        return owner != 0 == ((index >>> logSize & 1) != 0);
    }

    private long entry(int index) {
        return buffer.pa() + (long) (index & (1 << logSize) - 1) * EqEntry.SIZE_BYTES;
    }

    private void ring(boolean arm) {
        uar.write32Be(Uar.eqDoorbell(eqn), Uar.EQ_ARM.of0(arm ? 1 : 0) | Uar.EQ_CONSUMER.of0(consumer));
    }
}
