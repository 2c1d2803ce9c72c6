package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Grh;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;
import org.legoos.mlx4.wire.PacketPool;

/**
 * Packets that nobody's transport would send: random headers, random and nearly right fields, cut short. Nothing may
 * throw, run for ever, lose packet objects, or touch memory outside the one region.
 */
class PacketFuzzTest {
    private static final int PACKETS = 3000;

    private final PacketPool pool = new PacketPool(64);
    private final PacketCodec codec = new PacketCodec();
    private final byte[] noise = new byte[9000];

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void connectedQueuePairSurvives(long seed) {
        attack(RcQp::new, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void extendedQueuePairSurvives(long seed) {
        attack(RcQp::extended, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void unreliableQueuePairSurvives(long seed) {
        attack(UcQp::new, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void datagramQueuePairSurvives(long seed) {
        attack(UdQp::new, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void managementQueuePairSurvives(long seed) {
        attack(host -> new MlxQp(host, true), seed);
    }

    private void attack(Function<QpHost, TransportQp> make, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        random.nextBytes(noise);
        TestNet net = new TestNet(make).up();
        int restarts = 0;
        for (int i = 0; i < PACKETS; i++) {
            if (net.b.qp.state() == QpState.ERR) {
                net.b.move(QpState.RESET, QpState.INIT, QpState.RTR, QpState.RTS);
                restarts++;
            }
            if (random.nextInt(3) == 0) {
                net.b.postReceive(random.nextInt(1000), random.nextInt(9000));
            }
            if (random.nextInt(10) == 0) {
                post(net.b, random);
            }
            Packet packet = random.nextInt(4) == 0 ? fromRandomBytes(random) : nearlyRight(net, random);
            if (packet != null) {
                net.inject(packet);
            }
            if (random.nextInt(50) == 0) {
                net.clock.advanceToNextTimer();
            }
        }
        String run = "seed " + seed + " restarts " + restarts;
        assertThat(net.b.qp.counters.packetsReceived).as(run).isGreaterThan(PACKETS / 2);
        net.a.move(QpState.RESET);
        net.b.move(QpState.RESET);
        assertThat(net.settle(1000)).as(run).isTrue();
        for (int i = 0; i < 64; i++) {
            assertThat(pool.take()).as(run + ": all packets came back").isNotNull();
        }
    }

    private static void post(TestHost host, SplittableRandom random) {
        Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
        int length = random.nextInt(3) == 0 ? random.nextInt(1 << 20) : random.nextInt(3000);
        boolean bad = random.nextInt(8) == 0;
        host.postAndRing(request -> {
            boolean isOffered = !host.qp.attributes.isXrc || !operation.isMasked(); // the card refuses the others
            request.operation = isOffered ? operation : Operation.SEND;
            request.xrcSrqn = random.nextInt(4);
            request.remoteKey = TestHost.KEY;
            request.address.dlid = host.qp.attributes.path.dlid;
            request.remoteQpn = host.qp.attributes.remoteQpn;
            request.qKey = host.qp.attributes.qKey;
            request.data.add(bad ? 1 : TestHost.KEY, 8, operation.isAtomic() ? 8 : length);
        });
    }

    private Packet fromRandomBytes(SplittableRandom random) {
        Packet packet = pool.take();
        int at = random.nextInt(4096);
        if (!codec.readInfiniBand(noise, at, random.nextInt(4200) & -4, packet)) {
            packet.release();
            return null;
        }
        random.nextBytes(packet.header);
        Lrh.DLID.set(packet.header, 0, 2);
        Bth.DEST_QP.set(packet.header, packet.bthAt, 0x800022);
        return packet;
    }

    /** Right path and QP; opcode, PSN, lengths, keys and addresses near what the QP expects. */
    private Packet nearlyRight(TestNet net, SplittableRandom random) {
        TestHost target = net.b;
        int[] services = {OpCode.RC, OpCode.UC, OpCode.UD};
        boolean isVendors = random.nextInt(8) == 0; // masked atomics
        int service = target.qp.attributes.isXrc ? OpCode.XRC
                : target.qp instanceof RcQp ? isVendors ? OpCode.RC_VENDOR : OpCode.RC
                : target.qp instanceof UcQp ? OpCode.UC
                : target.qp instanceof DatagramQp ? OpCode.UD : services[random.nextInt(3)];
        int opcode = service | random.nextInt(0x18);
        Packet packet = pool.take();
        boolean global = random.nextInt(8) == 0;
        packet.bthAt = Lrh.SIZE + (global ? Grh.SIZE : 0);
        byte[] header = packet.header;
        random.nextBytes(header);
        Lrh.LNH.set(header, 0, global ? Lrh.LNH_IBA_GLOBAL : Lrh.LNH_IBA_LOCAL);
        Lrh.DLID.set(header, 0, target.card.port.lid());
        int at = packet.bthAt;
        packet.headerLength = at + Bth.SIZE + OpCode.extensionBytes(opcode) - (random.nextInt(16) == 0 ? 4 : 0);
        Bth.OPCODE.set(header, at, opcode);
        Bth.TVER.set(header, at, random.nextInt(16) == 0 ? 1 : 0);
        Bth.P_KEY.set(header, at, random.nextInt(16) == 0 ? random.nextInt() : 0xffff);
        Bth.DEST_QP.set(header, at, 0x800022);
        boolean response = (OpCode.flags(opcode) & OpCode.RESPONSE) != 0;
        int near = response ? target.qp.nextSendPsn() - 1 : target.qp.nextReceivePsn();
        int drift = random.nextInt(3) == 0 ? random.nextInt(-40, 40) : 0;
        Bth.PSN.set(header, at, random.nextInt(20) == 0 ? random.nextInt() : near + drift);
        for (int i = at + Bth.SIZE; i + 4 <= packet.headerLength; i += 4) {
            int word = switch (random.nextInt(5)) {
                case 0 -> TestHost.KEY;
                case 1 -> random.nextInt();
                case 2 -> target.qp.attributes.qKey;
                default -> random.nextInt(3000);
            };
            for (int k = 0; k < 4; k++) {
                header[i + k] = (byte) (word >>> 24 - 8 * k);
            }
        }
        int length = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1024;
            default -> random.nextInt(4097);
        };
        packet.appendCopy(MemorySegment.ofArray(noise), 0, length);
        return packet;
    }
}
