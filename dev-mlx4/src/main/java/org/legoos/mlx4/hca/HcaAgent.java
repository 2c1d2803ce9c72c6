package org.legoos.mlx4.hca;

import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.transport.AgentTimer;
import org.legoos.mlx4.wire.Packet;

/** The card at work: commands, doorbells, packets and timers, one after the other. */
final class HcaAgent extends SerialAgent {
    /** Packets taken from a port before the queue pairs get their turn. */
    private static final int PACKETS_A_TURN = 64;

    private static final long POOL_RETRY_NS = 50_000;

    private HcaCore core; // set once, before anything can signal
    private CommandInterface commands;
    private DcsBar registers;
    private AgentTimer poolTimer;
    private volatile boolean mustReset;
    private volatile boolean mustFail;
    private boolean isBroken; // an internal error; only a reset helps

    void connect(HcaCore newCore, CommandInterface newCommands, DcsBar newRegisters) {
        poolTimer = newCore.timers.newTimer(() -> { }); // that the agent runs is all there is to do
        core = newCore;
        commands = newCommands;
        registers = newRegisters;
    }

    /** Any thread. */
    void requestReset() {
        mustReset = true;
        signal();
    }

    /**
     * A mistake of ours must not reach whoever happened to carry the packet: the card stops, as hardware with an
     * internal error does, and says so in its error buffer until software resets it.
     */
    @Override
    protected void doWork() {
        if (core == null) {
            return;
        }
        if (mustReset) {
            mustReset = false;
            isBroken = false;
            core.reset();
            commands.reset();
            registers.reset();
        }
        if (isBroken) {
            for (HcaPort port : core.ports) {
                port.port.dropArrived();
            }
            return;
        }
        try {
            turn();
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            breakDown(e);
        }
    }

    private void breakDown(Throwable cause) {
        isBroken = true;
        core.counters.count(Kind.INTERNAL_ERRORS);
        core.counters.explain(cause);
        registers.reportInternalError();
        core.events.postCatastrophe();
        for (HcaPort port : core.ports) {
            port.port.setEnabled(false);
        }
    }

    /** The next turn meets a mistake. */
    void failNextTurn() {
        mustFail = true;
    }

    private void turn() {
        if (mustFail) {
            mustFail = false;
            throw new IllegalStateException("asked to fail");
        }
        core.timers.runDue();
        commands.execute();
        core.doorbells.drain();
        boolean hasMore = false;
        for (HcaPort port : core.ports) {
            port.noticeChange(core.events);
            hasMore |= takePackets(port);
        }
        core.isPoolDry = false;
        core.runList.runAll();
        if (core.isPoolDry) {
            poolTimer.arm(core.timers.clock().nowNs() + POOL_RETRY_NS); // others hold our packets: no use in spinning
        }
        if (hasMore || !core.runList.isEmpty() && !core.isPoolDry && isSomePortOpen()) {
            signal();
        }
    }

    private boolean takePackets(HcaPort port) {
        for (int i = 0; i < PACKETS_A_TURN; i++) {
            Packet packet = port.port.poll();
            if (packet == null) {
                return false;
            }
            if (packet.destQp() == MulticastDelivery.WIRE_QPN) {
                core.multicastDelivery.deliver(packet, port);
                continue;
            }
            QueuePair qp = core.receiver(packet.destQp(), port);
            if (qp != null) {
                qp.receive(packet);
            } else if (packet.destQp() <= SpecialQp.QP1) {
                core.management.receive(packet, port);
            } else {
                core.counters.count(Kind.PACKETS_UNDELIVERED);
                packet.release();
            }
        }
        return true;
    }

    /** With no room anywhere the ports wake us when there is some. */
    private boolean isSomePortOpen() {
        for (HcaPort port : core.ports) {
            if (port.port.hasRoom()) {
                return true;
            }
        }
        return false;
    }
}
