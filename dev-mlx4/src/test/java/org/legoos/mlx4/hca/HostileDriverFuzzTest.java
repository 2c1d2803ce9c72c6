package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CtrlSegment;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.RqDoorbell;
import org.legoos.mlx4.prm.Uar;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.prm.WqeOpcode;

/**
 * A driver that does anything: registers, mailboxes, rings and translations at random, on two cabled cards. Nothing may
 * throw, hang, or leave a card that a reset does not bring back. The seed is the test's parameter.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileDriverFuzzTest {
    private static final int SRQN = 0x48;
    private static final int ROUNDS = 30;
    private static final int STEPS = 300;
    private static final int[] OPCODES = {
        Opcode.QUERY_DEV_CAP, Opcode.QUERY_FW, Opcode.QUERY_ADAPTER, Opcode.INIT_HCA, Opcode.INIT_PORT,
        Opcode.QUERY_HCA, Opcode.SET_PORT, Opcode.SW2HW_MPT, Opcode.QUERY_MPT, Opcode.HW2SW_MPT, Opcode.WRITE_MTT,
        Opcode.MAP_EQ, Opcode.SW2HW_EQ, Opcode.HW2SW_EQ, Opcode.QUERY_EQ, Opcode.SW2HW_CQ, Opcode.HW2SW_CQ,
        Opcode.QUERY_CQ, Opcode.RST2INIT_QP, Opcode.INIT2RTR_QP, Opcode.RTR2RTS_QP, Opcode.RTS2RTS_QP,
        Opcode.SQERR2RTS_QP, Opcode.TO_ERR_QP, Opcode.RTS2SQD_QP, Opcode.SQD2RTS_QP, Opcode.TO_RST_QP,
        Opcode.QUERY_QP, Opcode.CONF_SPECIAL_QP, Opcode.MAD_IFC, Opcode.MODIFY_CQ, Opcode.INIT2INIT_QP,
        Opcode.SYNC_TPT, Opcode.DIAG_RPRT, Opcode.NOP, Opcode.MOD_STAT_CFG, Opcode.SW2HW_SRQ, Opcode.HW2SW_SRQ,
        Opcode.QUERY_SRQ, Opcode.ARM_SRQ, Opcode.QUERY_PORT, Opcode.UNMAP_ICM, Opcode.MAP_ICM, Opcode.SET_ICM_SIZE
    };

    private VirtualClock clock;
    private MiniDriver a;
    private MiniDriver b;
    private Random random;
    private MiniQp[] qps;
    private long scratch;
    private int key;

    @ParameterizedTest
    @ValueSource(longs = {1, 20260721})
    void survives(long seed) {
        random = new Random(seed);
        long executed = 0;
        long packets = 0;
        for (int round = 0; round < ROUNDS; round++) {
            clock = new VirtualClock();
            try (MiniDriver first = new MiniDriver("a", 0x10, clock);
                    MiniDriver second = new MiniDriver("b", 0x20, clock)) {
                a = first;
                b = second;
                round(random.nextBoolean());
                executed += a.hca.counters().get(HcaCounters.Kind.SEND_WQES);
                packets += a.hca.port(1).counters().rcvPackets;
            }
        }
        assertThat(executed).as("WQEs that got through").isGreaterThan(10 * ROUNDS);
        assertThat(packets).as("packets that got through").isGreaterThan(10 * ROUNDS);
    }

    /** @param spoils whether rings and tables are overwritten, too, which soon ends all traffic */
    private void round(boolean spoils) {
        Link.connect(a.hca.port(1), b.hca.port(1), clock);
        setUp(a, 1);
        setUp(b, 2);
        a.setActive();
        b.setActive();
        qps = new MiniQp[12];
        for (int i = 0; i < qps.length; i++) {
            MiniDriver d = i % 2 == 0 ? a : b;
            int service = new int[] {ServiceType.RC, ServiceType.UC, ServiceType.UD, ServiceType.XRC}[i / 2 % 4];
            qps[i] = MiniQp.of(d, 0x50 + i, service, d.createCq(0x80 + i, 3 + i % 5), d.createCq(0xa0 + i, 6));
        }
        for (int i = 0; i < qps.length; i++) {
            qps[i].connect(i % 2 == 0 ? 2 : 1, 0x50 + (i ^ 1), 0, 0);
            qps[i].xrcSrqn = i / 2 % 4 == 3 ? SRQN : 0;
        }
        MiniSrq srqA = new MiniSrq(a, SRQN, a.createCq(0xc0, 6), MiniQp.XRC_DOMAIN, MiniDriver.PD);
        MiniSrq srqB = new MiniSrq(b, SRQN, b.createCq(0xc0, 6), MiniQp.XRC_DOMAIN, MiniDriver.PD);
        scratch = a.alloc(1 << 16);
        key = a.registerAll(scratch, 1 << 16);
        b.alloc(1 << 16);
        b.registerAll(scratch, 1 << 16); // the same key on both sides
        for (int i = 0; i < 60; i++) {
            srqA.post(key, scratch, 4096);
            srqB.post(key, scratch, 4096);
        }
        for (int step = 0; step < STEPS; step++) {
            step(spoils);
        }
        a.writeDcs(Dcs.RESET, 1);
        clock.advanceTo(clock.nowNs() + 100_000_000_000L);
        assertThat(a.command(Opcode.QUERY_FW, 0, 0, 0, a.outBox)).isEqualTo(CmdStatus.OK);
        assertThat(a.hca.counters().get(HcaCounters.Kind.INTERNAL_ERRORS)).as("%s", a.log).isZero();
        assertThat(b.hca.counters().get(HcaCounters.Kind.INTERNAL_ERRORS)).as("%s", b.log).isZero();
        assertThat(a.log.size()).as("one line a kind").isLessThan(HcaCounters.Kind.values().length);
    }

    private static void setUp(MiniDriver d, int lid) {
        d.bringUp();
        d.enableInterrupts();
        d.createEq(5);
        d.activate(lid);
    }

    private void step(boolean spoils) {
        MiniDriver d = random.nextBoolean() ? a : b;
        switch (random.nextInt(24)) {
            case 0 -> randomCommand(d);
            case 1 -> d.hca.bar(0).write(random.nextInt(1 << 20), 1 << random.nextInt(4), random.nextLong());
            case 2 -> d.hca.bar(0).read(random.nextInt(1 << 20), 1 << random.nextInt(4));
            case 3 -> d.hca.bar(2).write(random.nextInt(8 << 20), 1 << random.nextInt(4), random.nextLong());
            case 4 -> doorbell(d);
            case 5 -> clock.advanceTo(clock.nowNs() + random.nextInt(10_000_000));
            case 6 -> spoilMemory(spoils ? d : null);
            case 7 -> postAnything(anyQp());
            case 8 -> spoilReceives(spoils ? anyQp() : null);
            case 9, 10 -> postAnything(anyQp());
            default -> postSomething(anyQp());
        }
    }

    private MiniQp anyQp() {
        return qps[random.nextInt(qps.length)];
    }

    private long anyAddress(MiniDriver d) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> d.ram.sizeBytes() - random.nextInt(8192);
            default -> random.nextInt((int) d.ram.sizeBytes());
        };
    }

    private void randomCommand(MiniDriver d) {
        int opcode = random.nextInt(20) == 0 ? random.nextInt(4096) : OPCODES[random.nextInt(OPCODES.length)];
        if (opcode == Opcode.CLOSE_HCA || opcode == Opcode.UNMAP_FA) {
            return; // would end the fun
        }
        if (random.nextInt(3) > 0) {
            d.clearIn();
        }
        for (int i = random.nextInt(40); i > 0; i--) {
            d.m.set(java.lang.foreign.ValueLayout.JAVA_BYTE, d.inBox + random.nextInt(256), (byte) random.nextInt());
        }
        long in = random.nextInt(4) == 0 ? anyAddress(d) : d.inBox;
        long out = random.nextInt(4) == 0 ? anyAddress(d) & 0xfff000 : d.outBox;
        int modifier = random.nextInt(8) == 0 ? random.nextInt() : 0x40 + random.nextInt(0x80);
        d.post(opcode, modifier, random.nextInt(4), in, out, random.nextInt(), random.nextInt(2));
    }

    private void doorbell(MiniDriver d) {
        int page = random.nextInt(4) == 0 ? random.nextInt(1024) : random.nextBoolean() ? MiniDriver.UAR_PAGE : 1;
        int[] doorbells = {Uar.SEND_DOORBELL, Uar.CQ_DOORBELL, Uar.CQ_DOORBELL + 4, Uar.EQ_DOORBELL};
        int in = doorbells[random.nextInt(4)];
        int word = random.nextInt(4) == 0 ? random.nextInt() : 0x40 + random.nextInt(0x80);
        int value = in == Uar.SEND_DOORBELL ? word << 8 : word | random.nextInt() & 0xff000000;
        d.writeUar(((long) page << 12) + in, value);
    }

    /** Rings, translations, protection entries, data: all of it lies in the first megabytes. */
    private void spoilMemory(MiniDriver d) {
        if (d == null) {
            return;
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            long at = 0x10000 + random.nextInt(4 << 20) & ~7L;
            long translation = Long.reverseBytes(random.nextInt(1 << 26) | 1L);
            d.ram.putLong(at, random.nextBoolean() ? random.nextLong() : translation);
        }
    }

    private void spoilReceives(MiniQp qp) {
        if (qp != null) {
            RqDoorbell.POSTED.set(qp.driver.m, qp.dbRecordPa, random.nextInt());
        }
    }

    /** A good request now and then, with its receive. */
    private void postSomething(MiniQp qp) {
        int peer = qp.qpn - 0x50 ^ 1;
        qps[peer].receive(key, scratch + random.nextInt(1 << 15), 4096 + random.nextInt(1 << 14));
        int length = random.nextInt(10_000);
        long from = scratch + random.nextInt(1 << 15);
        int opcode = new int[] {
            WqeOpcode.SEND, WqeOpcode.RDMA_WRITE, WqeOpcode.RDMA_WRITE_IMM, WqeOpcode.RDMA_READ
        }[random.nextInt(4)];
        if (opcode == WqeOpcode.SEND) {
            qp.send(opcode, key, from, length);
        } else {
            qp.rdma(opcode, key, from, length, key, scratch + random.nextInt(1 << 15), 7);
        }
        for (MiniQp each : qps) {
            while (each.sendCq.poll() >= 0 || each.receiveCq.poll() >= 0) { }
        }
    }

    /** A WQE that begins like one and goes on like nothing. */
    private void postAnything(MiniQp qp) {
        long at = qp.nextSend();
        for (int i = 16; i < 64; i += 4) {
            int word = switch (random.nextInt(5)) {
                case 0 -> random.nextInt();
                case 1 -> 0;
                case 2 -> key;
                case 3 -> (int) scratch + random.nextInt(1 << 16);
                default -> random.nextInt(100);
            };
            qp.driver.ram.putInt(at + i, Integer.reverseBytes(word));
        }
        CtrlSegment.FENCE.set(qp.driver.m, at, random.nextInt(2));
        int opcode = random.nextInt(3) == 0 ? random.nextInt(32) : WqeOpcode.RDMA_WRITE + random.nextInt(4);
        qp.post(at, opcode, 1 + random.nextInt(random.nextInt(4) == 0 ? 63 : 4), random.nextInt(2), random.nextInt());
        if (random.nextBoolean()) {
            qp.receive(random.nextBoolean() ? key : random.nextInt(), scratch, random.nextInt(4096));
        }
        if (random.nextBoolean()) {
            qp.sendCq.poll();
            qp.receiveCq.poll();
        }
    }
}
