package org.legoos.kernel.drivers.mlx4;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.drivers.pci.PciDevice;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.MapEq;
import org.legoos.mlx4.prm.Opcode;

/**
 * The node's event queues and their MSI-X vectors: vector 0 for commands and asynchronous events, the
 * others for completions, which CQs take in turn.
 */
final class EventQueues {
    static final int COMPLETION_QUEUES = 2;
    static final int COUNT = 1 + COMPLETION_QUEUES;

    private static final int LOG_ASYNC_ENTRIES = 7;
    private static final int LOG_COMPLETION_ENTRIES = 8; // each CQ has at most one event under way

    private static final long ASYNC_MASK = mask(
            EventType.PATH_MIGRATED, EventType.COMM_ESTABLISHED, EventType.SQ_DRAINED, EventType.CQ_ERROR,
            EventType.WQ_CATASTROPHIC_ERROR, EventType.QPC_CATASTROPHIC_ERROR, EventType.PATH_MIGRATION_FAILED,
            EventType.PORT_CHANGE, EventType.COMMAND, EventType.WQ_INVALID_REQUEST, EventType.WQ_ACCESS_ERROR,
            EventType.SRQ_CATASTROPHIC_ERROR, EventType.SRQ_LAST_WQE, EventType.SRQ_LIMIT, EventType.PORT_MNG_CHANGE,
            EventType.LOCAL_CATASTROPHIC_ERROR, EventType.RECOVERABLE_ERROR);

    private final List<EventQueue> queues = new ArrayList<>();
    private final PciDevice pci;
    private final CommandInterface commands;
    private final AtomicInteger nextCompletion = new AtomicInteger();

    EventQueues(HostResources host, PciDevice pci, Mmio uar, MttTable mtts, CommandInterface commands, int firstEqn, EventQueue.Sink sink) {
        this.pci = pci;
        this.commands = commands;
        if (pci.msixVectorCount() < COUNT) {
            throw new IbException(Errno.ENODEV, pci + ": " + COUNT + " MSI-X vectors needed, the device has " + pci.msixVectorCount());
        }
        List<PciDevice.Interrupt> interrupts = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            int logSize = i == 0 ? LOG_ASYNC_ENTRIES : LOG_COMPLETION_ENTRIES;
            EventQueue queue = new EventQueue(host, mtts, uar, firstEqn + i, i, logSize, sink);
            queues.add(queue);
            String name = i == 0 ? "mlx4-async@" + pci.address() : "mlx4-" + i + "@" + pci.address();
            interrupts.add(new PciDevice.Interrupt(name, queue::signal));
        }
        pci.enableMsix(interrupts);
    }

    void open() {
        for (EventQueue queue : queues) {
            queue.open(commands);
        }
        mapAsync(false);
    }

    void close() {
        mapAsync(true);
        for (EventQueue queue : queues) {
            queue.close(commands);
        }
        pci.disableMsix();
    }

    private void mapAsync(boolean unmap) {
        try (Command command = commands.begin()) {
            int modifier = MapEq.UNMAP.of0(unmap ? 1 : 0) | MapEq.EQN.of0(queues.getFirst().eqn());
            command.immediate(Opcode.MAP_EQ, modifier, 0, ASYNC_MASK);
        }
    }

    /** The completion event queue for the next CQ. */
    int completionEqn() {
        return queues.get(1 + nextCompletion.getAndIncrement() % COMPLETION_QUEUES).eqn();
    }

    private static long mask(int... types) {
        long mask = 0;
        for (int type : types) {
            mask |= 1L << type;
        }
        return mask;
    }
}
