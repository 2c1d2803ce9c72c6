package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.sa.Notice;
import org.legoos.mlx4.transport.AgentTimer;
import org.legoos.mlx4.transport.AgentTimers;

/**
 * The traps of one port (IBA 13.4.9, 14.2.4.2): sent to the subnet manager at once, but not more than one of a kind a second, and
 * repeated each second until the manager represses it. Of a kind that happens again meanwhile only the newest is told. Runs on the
 * port's agent.
 */
public final class TrapSender {
    static final long PERIOD_NS = 1_000_000_000L;
    /** Repetitions without an answer after which nobody listens. */
    static final int TRIES_MAX = 6;
    private static final int DETAILS_BYTES = 54;

    private static final int VERSION = 1;

    /** Takes a trap to the wire, to QP0 of the subnet manager. */
    @FunctionalInterface
    public interface Output {
        void send(byte[] mad, int smLid);
    }

    private static final class Trap {
        byte[] mad;
        int tries;
        boolean isOpen; // not repressed yet
        long nextNs;
    }

    private final Port port;
    private final int producer;
    private final AgentTimers timers;
    private final AgentTimer timer;
    private final Output output;
    private final Map<Integer, Trap> traps = new LinkedHashMap<>(); // by trap number
    private long transactions;

    /** @param producer {@link Notice#PRODUCER_CA} or {@link Notice#PRODUCER_SWITCH} */
    public TrapSender(Port port, int producer, AgentTimers timers, Output output) {
        this.port = port;
        this.producer = producer;
        this.timers = timers;
        this.output = output;
        timer = timers.newTimer(this::runDue);
    }

    /** One of that kind was just sent; what would be said now has to wait. */
    public boolean isHeld(int number) {
        Trap trap = traps.get(number);
        return trap != null && trap.isOpen && trap.nextNs > timers.clock().nowNs();
    }

    /** Something happened. @param notice as it shall be told; its own data count, from {@link Notice#DETAILS} on */
    public void raise(int number, int type, byte[] notice) {
        if (port.smLid() == 0) {
            return; // there is nobody to tell
        }
        Trap trap = traps.computeIfAbsent(number, key -> new Trap());
        trap.mad = build(number, type, notice);
        trap.tries = 0;
        trap.isOpen = true;
        long now = timers.clock().nowNs();
        if (trap.nextNs <= now) {
            send(trap, now);
        }
        arm();
    }

    /** The trap as a datagram, for a manager that is so near that it cannot miss it. */
    byte[] build(int number, int type, byte[] notice) {
        byte[] mad = new byte[Mad.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.BASE_VERSION.set(m, 0, VERSION);
        Mad.MGMT_CLASS.set(m, 0, Mad.CLASS_SUBN_LID);
        Mad.CLASS_VERSION.set(m, 0, VERSION);
        Mad.METHOD.set(m, 0, Mad.METHOD_TRAP);
        Mad.ATTRIBUTE_ID.set(m, 0, Mad.ATTR_NOTICE);
        Mad.TRANSACTION_ID.set(m, 0, ++transactions);
        Notice.IS_GENERIC.set(m, Mad.DATA, 1);
        Notice.TYPE.set(m, Mad.DATA, type);
        Notice.PRODUCER_TYPE.set(m, Mad.DATA, producer);
        Notice.TRAP_NUMBER.set(m, Mad.DATA, number);
        Notice.ISSUER_LID.set(m, Mad.DATA, port.lid());
        System.arraycopy(notice, Notice.DETAILS, mad, Mad.DATA + Notice.DETAILS, DETAILS_BYTES);
        return mad;
    }

    private void send(Trap trap, long now) {
        trap.tries++;
        trap.nextNs = now + PERIOD_NS;
        output.send(trap.mad, port.smLid());
    }

    private void runDue() {
        long now = timers.clock().nowNs();
        for (Trap each : traps.values()) {
            if (each.isOpen && each.tries >= TRIES_MAX) {
                each.isOpen = false;
            }
            if (each.isOpen && each.nextNs <= now) {
                send(each, now);
            }
        }
        arm();
    }

    private void arm() {
        long next = Long.MAX_VALUE;
        for (Trap each : traps.values()) {
            next = each.isOpen ? Math.min(next, each.nextNs) : next;
        }
        if (next != Long.MAX_VALUE) {
            timer.arm(next);
        }
    }

    /** A TrapRepress: the manager knows about that one. */
    public void repressed(MemorySegment mad) {
        Trap trap = traps.get(Notice.TRAP_NUMBER.get(mad, Mad.DATA));
        boolean isSame = trap != null && Mad.TRANSACTION_ID.get(mad, 0) == Mad.TRANSACTION_ID.get(MemorySegment.ofArray(trap.mad), 0);
        if (isSame) {
            trap.isOpen = false;
        }
    }

    /** The port was reset. */
    public void clear() {
        traps.clear();
    }
}
