package org.legoos.mlx4.transport;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/** The least that a card is: an agent with one port, timers, and QPs that it runs. */
final class TestCard extends SerialAgent {
    final Port port;
    final AgentTimers timers;
    final PacketPool pool = new PacketPool(20_000);
    final Map<Integer, TransportQp> qps = new HashMap<>();
    private boolean isStalled;
    private final ArrayDeque<TestHost> toRun = new ArrayDeque<>();

    TestCard(String name, Clock clock) {
        port = new Port(name, name.hashCode(), this);
        timers = new AgentTimers(clock, this);
    }

    void runLater(TestHost host) {
        if (!host.queued) {
            host.queued = true;
            toRun.add(host);
        }
    }

    /** Runs something as the card's agent would after a doorbell, and then the card. */
    void doorbell(TestHost host) {
        runLater(host);
        signal();
    }

    /** As on a busy host: from now on nobody runs the card, or does again and finds what has come meanwhile. */
    void stall(boolean on) {
        isStalled = on;
        signal();
    }

    @Override
    protected void doWork() {
        if (isStalled) {
            return;
        }
        timers.runDue();
        port.takeChange();
        boolean more = true;
        for (int i = 0; i < 256; i++) {
            Packet packet = port.poll();
            if (packet == null) {
                more = false;
                break;
            }
            TransportQp qp = qps.get(packet.destQp());
            if (qp == null) {
                packet.release();
            } else {
                qp.receive(packet);
            }
        }
        for (int left = toRun.size(); left > 0; left--) {
            TestHost host = toRun.poll();
            host.queued = false;
            host.qp.run();
        }
        if (more || !toRun.isEmpty() && port.hasRoom()) {
            signal();
        }
    }
}
