package org.legoos.mlx4.fabric;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/**
 * A direction of a link that loses, repeats, reorders and delays packets as {@link Impairments} say, from a seed.
 * Packets that wait here are copied first: their sender's memory may change meanwhile.
 */
final class ImpairedWire extends SerialAgent {
    private static final int HELD_MAX = 4096;
    private static final int BATCH = 256;
    private static final int MILLION = 1_000_000;

    private final Port peer;
    private final Clock clock;
    private final Clock.Timer timer;
    private final Inbox arrived = new Inbox(HELD_MAX);
    private final PacketPool copies = new PacketPool(HELD_MAX);
    private final PriorityQueue<Held> held =
            new PriorityQueue<>((a, b) -> a.dueNs != b.dueNs ? Long.compare(a.dueNs, b.dueNs) : Long.compare(a.order, b.order));
    private final SplittableRandom random;
    private volatile Impairments now;
    private long order;
    private long busyUntilNs;

    private record Held(long dueNs, long order, Packet packet) {}

    ImpairedWire(Port peer, Clock clock, Impairments first, long seed) {
        this.peer = peer;
        this.clock = clock;
        this.timer = clock.newTimer(this::signal);
        this.now = first;
        this.random = new SplittableRandom(seed);
    }

    void change(Impairments to) {
        now = to;
    }

    boolean accept(Packet packet) {
        if (!arrived.offer(packet)) {
            return false;
        }
        signal();
        return true;
    }

    @Override
    protected void doWork() {
        Impairments rules = now;
        Packet packet = null;
        for (int i = 0; i < BATCH; i++) {
            packet = arrived.poll();
            if (packet == null) {
                break;
            }
            spoil(packet, rules);
        }
        deliverDue();
        if (packet != null) {
            signal();
        }
    }

    private void spoil(Packet packet, Impairments rules) {
        if (rules.partitioned() || happens(rules.lossPpm())) {
            packet.release();
            return;
        }
        long nowNs = clock.nowNs();
        long dueNs = nowNs + rules.delayNs();
        if (rules.bitsPerSecond() > 0) {
            long startNs = Math.max(nowNs, busyUntilNs);
            busyUntilNs = startNs + packet.lengthWords() * 32L * 1_000_000_000L / rules.bitsPerSecond();
            dueNs = busyUntilNs + rules.delayNs();
        }
        if (happens(rules.duplicatePpm())) {
            Packet twin = copies.take();
            if (twin != null) {
                twin.copyFrom(packet);
                hold(twin, dueNs + holdBackNs(rules));
            }
        }
        if (happens(rules.reorderPpm())) {
            dueNs += holdBackNs(rules);
        }
        if (dueNs <= nowNs && (held.isEmpty() || held.peek().dueNs > nowNs)) {
            arrive(packet);
        } else {
            hold(packet, dueNs);
        }
    }

    private boolean happens(int ppm) {
        return ppm > 0 && random.nextInt(MILLION) < ppm;
    }

    private long holdBackNs(Impairments rules) {
        return rules.reorderNs() == 0 ? 1 : 1 + random.nextLong(rules.reorderNs());
    }

    private void hold(Packet packet, long dueNs) {
        if (held.size() >= HELD_MAX) {
            packet.release();
            return;
        }
        packet.own();
        held.add(new Held(dueNs, order++, packet));
    }

    private void deliverDue() {
        long nowNs = clock.nowNs();
        while (!held.isEmpty() && held.peek().dueNs <= nowNs) {
            arrive(held.poll().packet);
        }
        if (!held.isEmpty()) {
            timer.arm(held.peek().dueNs);
        }
    }

    private void arrive(Packet packet) {
        if (!peer.deliver(packet)) {
            packet.release();
        }
    }
}
