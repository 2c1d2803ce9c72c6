package org.legoos.emulator.fuzz;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.ManagementPacket;
import org.legoos.mlx4.fabric.ManagementPort;
import org.legoos.mlx4.fabric.Switch;
import org.legoos.mlx4.hca.HcaCounters;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.prm.mad.RecordLayout;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/**
 * A host that sends any management datagram to a card, two switches and the subnet manager: by LID and by directed route, requests
 * of all classes, half a multi-packet conversation, traps, orders of other managers, what it just got with some bytes changed. When
 * it stops, switches, card and subnet administration answer as before.
 */
final class MadFuzzer implements Fuzzer {
    private static final int DATAGRAMS = 150;
    private static final long CARD_LATER_NS = 30_000_000_000L;
    private static final int OWN_GUID = 0x100;
    private static final int[] CLASSES = {Mad.CLASS_SUBN_LID, Mad.CLASS_PERF, SaMad.CLASS_SUBN_ADM, 5, 6, 7, 9, 0x21, 0x32};
    private static final int[] METHODS = {Mad.METHOD_GET, Mad.METHOD_SET, 3, Mad.METHOD_TRAP, SaMad.METHOD_REPORT, Mad.METHOD_TRAP_REPRESS,
        SaMad.METHOD_GET_TABLE, SaMad.METHOD_GET_MULTI, SaMad.METHOD_DELETE, Mad.METHOD_GET_RESP, SaMad.METHOD_REPORT_RESP};

    /** A subnet, and who attacks it. */
    private static final class Target implements AutoCloseable {
        final VirtualClock clock = new VirtualClock();
        final Fabric fabric = new Fabric(clock);
        final Switch near = fabric.addSwitch("near", 6);
        final Switch far = fabric.addSwitch("far", 6);
        final BareNode node = new BareNode(1, clock);
        final PacketPool packets = new PacketPool(64);
        byte[] last = new byte[Mad.SIZE_BYTES];
        int answers;
        final ManagementPort attacker = new ManagementPort("attacker", OWN_GUID, (mad, slid, dlid, from, to) -> {
            last = mad;
            answers++;
        });

        Target() {
            fabric.connect(near.port(6), far.port(6));
            fabric.connect(attacker.port(), near.port(1));
            fabric.connect(node.hca.port(1), far.port(1));
            attacker.port().setEnabled(true);
            new RawCard(node).bringUp();
        }

        boolean isAnswered(byte[] mad, int dlid, int qp) {
            int before = answers;
            attacker.send(mad, dlid, qp, qp);
            return answers > before;
        }

        @Override
        public void close() {
            fabric.close();
            node.close();
        }
    }

    @Override
    public String name() {
        return "mads";
    }

    @Override
    public String description() {
        return "management datagrams to a card, switches, the subnet manager and a connection manager: no exception, and all answer afterwards";
    }

    @Override
    public void run(FuzzRun run) {
        while (run.more()) {
            ConnectionAttack.run(run);
            try (Target target = new Target()) {
                for (int i = 0; i < DATAGRAMS; i++) {
                    attack(run.random(), target);
                }
                check(run, target);
            }
        }
    }

    private static void check(FuzzRun run, Target target) {
        run.require(target.fabric.mistake() == null, "the subnet manager fell over a datagram: " + target.fabric.mistake());
        run.require(target.node.hca.counters().get(HcaCounters.Kind.INTERNAL_ERRORS) == 0, "internal error: " + target.node.cardLog);
        target.clock.advanceTo(target.clock.nowNs() + CARD_LATER_NS);
        target.fabric.setManaged(true);
        target.attacker.port().setEnabled(true);
        target.node.hca.port(1).setEnabled(true);
        target.fabric.sweep();
        byte[] table = request(SaMad.CLASS_SUBN_ADM, SaMad.METHOD_GET_TABLE, Records.NODE.attributeId(), 0);
        run.require(target.isAnswered(table, target.near.port(0).lid(), ManagementPacket.QP1), "subnet administration does not answer");
        for (int hops = 1; hops <= 2; hops++) {
            byte[] info = request(Mad.CLASS_SUBN_DIRECTED, Mad.METHOD_GET, Mad.ATTR_NODE_INFO, 0);
            info[7] = (byte) hops;
            info[Mad.INITIAL_PATH + 1] = 1;
            info[Mad.INITIAL_PATH + 2] = 6;
            run.require(target.isAnswered(info, 0xffff, ManagementPacket.QP0), "the switch " + hops + " hops away does not answer");
        }
        byte[] counters = request(Mad.CLASS_PERF, Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS, 0);
        run.require(target.isAnswered(counters, target.node.hca.port(1).lid(), ManagementPacket.QP1), "the card does not answer");
    }

    private static byte[] request(int mgmtClass, int method, int attribute, int modifier) {
        byte[] mad = new byte[Mad.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.BASE_VERSION.set(m, 0, 1);
        Mad.MGMT_CLASS.set(m, 0, mgmtClass);
        Mad.CLASS_VERSION.set(m, 0, mgmtClass == SaMad.CLASS_SUBN_ADM ? SaMad.CLASS_VERSION : 1);
        Mad.METHOD.set(m, 0, method);
        Mad.ATTRIBUTE_ID.set(m, 0, attribute);
        Mad.ATTRIBUTE_MODIFIER.set(m, 0, modifier);
        return mad;
    }

    private static void attack(SplittableRandom random, Target target) {
        byte[] mad = anyMad(random, target);
        int qp = random.nextInt(16) == 0 ? random.nextInt(4) : (mad[1] & 0x7f) == Mad.CLASS_SUBN_LID ? 0 : 1;
        if (random.nextInt(12) == 0) {
            truncated(random, target, mad, qp);
        } else {
            target.attacker.send(mad, anyLid(random, target), random.nextInt(8) == 0 ? random.nextInt(1 << 24) : qp, qp);
        }
        if (random.nextInt(8) == 0) {
            target.clock.advanceTo(target.clock.nowNs() + random.nextLong(1L << random.nextInt(33)));
        }
        if (random.nextInt(40) == 0) {
            target.attacker.setSubnetManager(random.nextBoolean());
            target.fabric.noteChange();
        }
    }

    private static int anyLid(SplittableRandom random, Target target) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(0x10000);
            case 1, 2 -> target.far.port(0).lid();
            case 3, 4 -> target.node.hca.port(1).lid();
            default -> target.near.port(0).lid();
        };
    }

    /** A packet whose length is not that of a management datagram. */
    private static void truncated(SplittableRandom random, Target target, byte[] mad, int qp) {
        Packet packet = target.packets.take();
        if (packet == null) {
            return;
        }
        MemorySegment m = MemorySegment.ofArray(mad);
        ManagementPacket.fill(packet, m, target.attacker.port().lid(), anyLid(random, target), qp, qp);
        packet.clearPayload();
        packet.appendCopy(m, 0, random.nextInt(Mad.SIZE_BYTES));
        packet.finish();
        target.attacker.port().transmit(packet);
    }

    private static byte[] anyMad(SplittableRandom random, Target target) {
        byte[] mad = switch (random.nextInt(10)) {
            case 0 -> noise(random);
            case 1, 2 -> mutated(random, target.last);
            case 3, 4 -> directed(random);
            case 5, 6, 7 -> administration(random, target);
            default -> request(CLASSES[random.nextInt(CLASSES.length)], METHODS[random.nextInt(METHODS.length)], anyAttribute(random), anyModifier(random));
        };
        if (random.nextInt(3) == 0) {
            spoil(random, mad, Mad.DATA);
        }
        if (random.nextInt(16) == 0) {
            spoil(random, mad, 0);
        }
        return mad;
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] mad = new byte[Mad.SIZE_BYTES];
        random.nextBytes(mad);
        return mad;
    }

    private static byte[] mutated(SplittableRandom random, byte[] last) {
        byte[] mad = last.clone();
        if (random.nextBoolean()) {
            mad[3] = (byte) METHODS[random.nextInt(METHODS.length)];
        }
        spoil(random, mad, random.nextInt(Mad.SIZE_BYTES));
        return mad;
    }

    private static void spoil(SplittableRandom random, byte[] mad, int from) {
        for (int i = random.nextInt(12); i > 0; i--) {
            mad[from + random.nextInt(Mad.SIZE_BYTES - from)] = (byte) random.nextInt();
        }
    }

    private static int anyAttribute(SplittableRandom random) {
        return random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(0x40);
    }

    private static int anyModifier(SplittableRandom random) {
        return random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(8);
    }

    private static byte[] directed(SplittableRandom random) {
        int method = random.nextInt(3) == 0 ? METHODS[random.nextInt(METHODS.length)] : 1 + random.nextInt(2);
        byte[] mad = request(Mad.CLASS_SUBN_DIRECTED, method, random.nextInt(4) == 0 ? Mad.ATTR_SM_INFO : anyAttribute(random), anyModifier(random));
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.HOP_COUNT.set(m, 0, random.nextInt(16) == 0 ? random.nextInt(256) : random.nextInt(4));
        Mad.HOP_POINTER.set(m, 0, random.nextInt(5));
        Mad.STATUS.set(m, 0, random.nextInt(6) == 0 ? Mad.STATUS_DIRECTION : 0);
        int[] usual = {1, 6, 1};
        for (int hop = 1; hop < 6; hop++) {
            int port = hop <= usual.length && random.nextInt(4) != 0 ? usual[hop - 1] : random.nextInt(9);
            m.set(ValueLayout.JAVA_BYTE, Mad.INITIAL_PATH + hop, (byte) port);
            m.set(ValueLayout.JAVA_BYTE, Mad.RETURN_PATH + hop, (byte) random.nextInt(9));
        }
        return mad;
    }

    /** A request to subnet administration that names components as they are or might be, or a piece of a conversation. */
    private static byte[] administration(SplittableRandom random, Target target) {
        RecordLayout layout = random.nextInt(8) == 0 ? Records.INFORM_INFO : Records.ALL.get(random.nextInt(Records.ALL.size()));
        byte[] mad = request(SaMad.CLASS_SUBN_ADM, METHODS[random.nextInt(METHODS.length)], layout.attributeId(), anyModifier(random));
        MemorySegment m = MemorySegment.ofArray(mad);
        long mask = random.nextInt(4) == 0 ? random.nextLong() : random.nextLong() & random.nextLong() & random.nextLong() & layout.knownMask();
        SaMad.COMPONENT_MASK.set(m, 0, random.nextInt(4) == 0 ? layout.knownMask() : mask);
        Mad.TRANSACTION_ID.set(m, 0, random.nextInt(8));
        SaMad.SM_KEY.set(m, 0, random.nextInt(2));
        for (int at = SaMad.DATA; at < Mad.SIZE_BYTES; at += Long.BYTES) {
            long value = switch (random.nextInt(6)) {
                case 0 -> random.nextLong();
                case 1 -> PortInfo.DEFAULT_GID_PREFIX;
                case 2 -> OWN_GUID + 1;
                case 3 -> 0xff12401bffff0000L;
                case 4 -> target.node.hca.port(1).guid();
                default -> 0;
            };
            MemorySegment.ofArray(mad).set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN), at, value);
        }
        if (random.nextInt(4) == 0) {
            SaMad.RMPP_VERSION.set(m, 0, random.nextInt(3));
            SaMad.RMPP_TYPE.set(m, 0, random.nextInt(6));
            SaMad.RMPP_FLAGS.set(m, 0, random.nextInt(8));
            SaMad.RMPP_SEGMENT.set(m, 0, random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(8));
            SaMad.RMPP_NEW_WINDOW_LAST.set(m, 0, random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(80));
        }
        return mad;
    }
}
