package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.LongAdder;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.printk.Printk;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;

/** Sends each event where it belongs: completions to their CQ, command results to who waits, the rest to the log. */
final class EventDispatcher implements EventQueue.Sink {
    private final Printk log;
    private final CommandInterface commands;
    private final Mlx4Port[] ports;
    private final Mlx4Cq[] cqs;
    private final Mlx4Srq[] srqs;
    private final CardHealth health;
    private final LongAdder errors = new LongAdder();

    /** @param cqs by CQN, filled and emptied as CQs come and go; @param srqs likewise */
    EventDispatcher(Printk log, CommandInterface commands, Mlx4Port[] ports, Mlx4Cq[] cqs, Mlx4Srq[] srqs,
            CardHealth health) {
        this.health = health;
        this.srqs = srqs;
        this.log = log;
        this.commands = commands;
        this.ports = ports;
        this.cqs = cqs;
    }

    @Override
    public void event(MemorySegment memory, long eqe) {
        int type = EqEntry.TYPE.get(memory, eqe);
        int resource = EqEntry.RESOURCE.get(memory, eqe);
        switch (type) {
            case EventType.COMPLETION -> {
                Mlx4Cq cq = resource < cqs.length ? cqs[resource] : null;
                if (cq != null) { // a dead CQ's last event may still arrive
                    cq.event();
                }
            }
            case EventType.COMMAND -> commands.complete(EqEntry.CMD_TOKEN.get(memory, eqe),
                    EqEntry.CMD_STATUS.get(memory, eqe), EqEntry.CMD_OUT_PARAM.get(memory, eqe));
            case EventType.PORT_CHANGE -> portChange(EqEntry.PORT.get(memory, eqe), EqEntry.SUBTYPE.get(memory, eqe));
            case EventType.PORT_MNG_CHANGE -> {
                for (Mlx4Port port : ports) {
                    port.changed();
                }
            }
            case EventType.SRQ_LIMIT -> {
                Mlx4Srq srq = resource < srqs.length ? srqs[resource] : null;
                if (srq != null) {
                    srq.limitReached();
                }
            }
            case EventType.LOCAL_CATASTROPHIC_ERROR -> health.failureReported();
            case EventType.COMM_ESTABLISHED, EventType.SQ_DRAINED -> { }
            case EventType.CQ_ERROR -> error("CQ %06x error: syndrome %d", resource, EqEntry.CQ_SYNDROME.get(memory, eqe));
            case EventType.WQ_CATASTROPHIC_ERROR, EventType.WQ_INVALID_REQUEST, EventType.WQ_ACCESS_ERROR ->
                error("QP %06x: work queue error, event type 0x%02x", resource, type);
            default -> error("event of resource %06x, type 0x%02x", resource, type);
        }
    }

    /** Asynchronous errors so far. */
    long errorCount() {
        return errors.sum();
    }

    private void portChange(int number, int subtype) {
        boolean isUp = subtype == EventType.PORT_ACTIVE;
        log.info("mlx4_core: port %d %s", number, isUp ? "active" : "down");
        if (number >= 1 && number <= ports.length) {
            ports[number - 1].changed();
        }
    }

    /** Peers can cause these at will: one line for each kind and object. */
    private void error(String format, int resource, int detail) {
        errors.increment();
        log.once(LogLevel.WARNING, "mlx4 " + format + resource, "mlx4_core: " + format, resource, detail);
    }
}
