package org.legoos.emulator.fuzz;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.HostClock;
import org.legoos.isa.time.SerialAgent;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Grh;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.PKey;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/**
 * A rogue on the switch sends packets that no transport would: random and nearly right headers, to queue pairs of all
 * kinds, the management ones and none. The card must not write outside the one region that it was given, lose packet
 * objects, or stop working.
 */
final class PacketFuzzer implements Fuzzer {
    private static final int ROGUE_PACKETS = 256;
    private static final int REGION_BYTES = 1 << 16;
    private static final int GUARD_BYTES = 1 << 12;
    private static final byte GUARD = 0x5a;
    private static final int RECEIVES = 64;
    private static final int Q_KEY = 0x1234;
    private static final int BURST = 32;
    private static final long PATIENCE_NS = 30_000_000_000L;
    private static final int RENEW_EVERY = 10;

    @Override
    public String name() {
        return "packets";
    }

    @Override
    public String description() {
        return "packets of a rogue to a card's queue pairs: no memory outside the region, no lost packets, the card still works";
    }

    /** The rogue: a port with no card behind it. */
    private static final class Rogue extends SerialAgent {
        final Port port = new Port("rogue", 0xbad, this);
        final PacketPool pool = new PacketPool(ROGUE_PACKETS);

        /** A timer's thread that the host does not run may hold the card up, and with it packets. @return null when they do not come back */
        Packet take() {
            long endNs = HostClock.instance().nowNs() + PATIENCE_NS;
            Packet packet = pool.take();
            while (packet == null && HostClock.instance().nowNs() < endNs) {
                Thread.yield();
                packet = pool.take();
            }
            return packet;
        }

        boolean hasAllPackets() {
            long endNs = HostClock.instance().nowNs() + PATIENCE_NS;
            while (pool.inFlight() != 0 && HostClock.instance().nowNs() < endNs) {
                Thread.yield();
            }
            return pool.inFlight() == 0;
        }

        @Override
        protected void doWork() {
            port.takeChange();
            port.dropArrived(); // NAKs and the like
        }
    }

    /** The attacked card with a QP of each kind and a guarded region. */
    private static final class Target {
        private static final QpType[] TYPES = {QpType.RC, QpType.UC, QpType.UD};

        final BareNode node;
        final ProtectionDomain pd;
        final QueuePair[] qps = new QueuePair[TYPES.length];
        final CompletionQueue cq;
        final MemoryRegion region;
        final long base;
        final int lid;
        private final int rogueLid;

        Target(BareNode node, int rogueLid) {
            this.node = node;
            this.rogueLid = rogueLid;
            pd = node.device.allocPd();
            base = node.frames.allocContiguous((REGION_BYTES + 2 * GUARD_BYTES) >> 12) + GUARD_BYTES;
            for (long pa = base - GUARD_BYTES; pa < base + REGION_BYTES + GUARD_BYTES; pa++) {
                node.memory.putByte(pa, GUARD);
            }
            region = pd.register(base, base, REGION_BYTES, true);
            cq = node.device.createCq(8 * RECEIVES, () -> { });
            for (int i = 0; i < qps.length; i++) {
                renew(i);
            }
            lid = node.device.queryPort(1).lid();
        }

        /** A new queue pair of the kind; an attack may have taken the old one to the error state. */
        void renew(int kind) {
            if (qps[kind] != null) {
                qps[kind].close();
            }
            QueuePair qp = node.device.createQp(pd, TYPES[kind], new QpCapabilities(RECEIVES, RECEIVES, 1, 1, 0), cq, cq);
            qps[kind] = qp;
            QpAttributes attributes = new QpAttributes();
            attributes.destinationLid = rogueLid;
            attributes.destinationQpn = 0x48;
            attributes.qkey = Q_KEY;
            qp.toInit(attributes);
            for (int i = 0; i < RECEIVES; i++) {
                qp.postReceive(i, base, REGION_BYTES, region.localKey());
            }
            qp.toReadyToReceive(attributes);
            qp.toReadyToSend(attributes);
        }

        boolean guardsAreWhole() {
            for (int i = 1; i <= GUARD_BYTES; i++) {
                if (node.memory.getByte(base - i) != GUARD || node.memory.getByte(base + REGION_BYTES - 1 + i) != GUARD) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public void run(FuzzRun run) {
        HostClock clock = HostClock.instance();
        byte[] noise = new byte[Packet.PAYLOAD_MAX];
        run.random().nextBytes(noise);
        try (Fabric fabric = Fabric.ofOneSwitch(clock, 4); BareNode node = new BareNode(1, clock)) {
            Rogue rogue = new Rogue();
            fabric.attach(node.hca.port(1));
            fabric.attach(rogue.port);
            rogue.port.setEnabled(true);
            node.probe();
            Target target = new Target(node, rogue.port.lid());
            int[] psn = new int[target.qps.length];
            while (run.more()) {
                for (int i = 0; i < BURST; i++) {
                    send(run, rogue, target, psn, noise);
                }
                drain(target.cq);
                if (run.random().nextInt(RENEW_EVERY) == 0) {
                    int kind = run.random().nextInt(psn.length);
                    target.renew(kind);
                    psn[kind] = 0;
                }
                replenish(run.random(), target);
                run.require(target.guardsAreWhole(), "memory outside the region was written");
                run.require(node.device.queryPort(1).active(), "the card's port is not active any more");
            }
            run.require(target.qps.length == 3 && rogue.hasAllPackets(), rogue.pool.inFlight() + " packets were never released");
        }
    }

    private static void send(FuzzRun run, Rogue rogue, Target target, int[] psn, byte[] noise) {
        Packet packet = rogue.take();
        run.require(packet != null, "packets do not come back");
        SplittableRandom random = run.random();
        int kind = random.nextInt(target.qps.length);
        int service = new int[] {OpCode.RC, OpCode.UC, OpCode.UD}[random.nextInt(8) == 0 ? random.nextInt(3) : kind];
        int opcode = random.nextInt(16) == 0 ? random.nextInt(256) : service | random.nextInt(0x18);
        byte[] header = packet.header;
        random.nextBytes(header);
        boolean global = random.nextInt(6) == 0;
        packet.bthAt = Lrh.SIZE + (global ? Grh.SIZE : 0);
        Lrh.LNH.set(header, 0, global ? Lrh.LNH_IBA_GLOBAL : Lrh.LNH_IBA_LOCAL);
        Lrh.DLID.set(header, 0, random.nextInt(32) == 0 ? random.nextInt(0x10000) : target.lid);
        Lrh.SLID.set(header, 0, random.nextInt(8) == 0 ? random.nextInt(0x10000) : rogue.port.lid());
        Lrh.VL.set(header, 0, random.nextInt(16) == 0 ? Lrh.VL_MANAGEMENT : 0);
        int at = packet.bthAt;
        packet.headerLength = at + Bth.SIZE + OpCode.extensionBytes(opcode) - (random.nextInt(16) == 0 ? 4 : 0);
        Bth.OPCODE.set(header, at, opcode);
        Bth.TVER.set(header, at, random.nextInt(32) == 0 ? 1 : 0);
        Bth.P_KEY.set(header, at, random.nextInt(32) == 0 ? random.nextInt() : PKey.DEFAULT);
        Bth.DEST_QP.set(header, at, destination(random, target.qps[kind].qpn()));
        Bth.PSN.set(header, at, random.nextInt(16) == 0 ? random.nextInt() : psn[kind]++ + (random.nextInt(4) == 0 ? random.nextInt(-9, 9) : 0));
        for (int i = at + Bth.SIZE; i + 4 <= packet.headerLength; i += 4) {
            putWord(header, i, word(random, target));
        }
        int length = random.nextInt(4) == 0 ? 0 : random.nextInt(4) == 0 ? 2048 : random.nextInt(Packet.PAYLOAD_MAX + 1);
        packet.appendCopy(MemorySegment.ofArray(noise), 0, length);
        if (random.nextInt(4) != 0) {
            packet.finish();
        }
        rogue.port.transmit(packet);
    }

    private static int destination(SplittableRandom random, int qpn) {
        return switch (random.nextInt(24)) {
            case 0 -> random.nextInt(2); // the management QPs
            case 1 -> random.nextInt(1 << 24);
            case 2 -> Bth.QP_MULTICAST;
            default -> qpn;
        };
    }

    /** What an extension header may hold: a key, an address in, at the edge of or near the region, or anything. */
    private static int word(SplittableRandom random, Target target) {
        return switch (random.nextInt(7)) {
            case 0 -> target.region.remoteKey();
            case 1 -> (int) target.base + random.nextInt(-GUARD_BYTES, REGION_BYTES + GUARD_BYTES);
            case 2 -> Q_KEY;
            case 3 -> 0;
            case 4 -> random.nextInt();
            default -> random.nextInt(REGION_BYTES);
        };
    }

    private static void putWord(byte[] bytes, int at, int word) {
        for (int k = 0; k < 4; k++) {
            bytes[at + k] = (byte) (word >>> 24 - 8 * k);
        }
    }

    private static void drain(CompletionQueue cq) {
        WorkCompletion completion = new WorkCompletion();
        while (cq.poll(completion)) {
            // What completed is of no interest, only that room is made.
        }
    }

    /** Receives for what was used up; now and then there are none. */
    private static void replenish(SplittableRandom random, Target target) {
        for (QueuePair qp : target.qps) {
            for (int i = random.nextInt(RECEIVES); i > 0; i--) {
                qp.postReceive(i, target.base, REGION_BYTES, target.region.localKey());
            }
        }
    }
}
