package org.legoos.emulator.fuzz;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.HostClock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.hca.HcaCounters;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.RqDoorbell;
import org.legoos.mlx4.prm.Uar;
import org.legoos.mlx4.prm.WqeOpcode;

/**
 * A driver that does anything to its own card: commands with mailboxes of noise, registers, doorbells, work requests,
 * and tables in memory overwritten. The card must answer or count, never break down, and come back by a reset.
 */
final class DriverFuzzer implements Fuzzer {
    private static final int STEPS = 200;
    private static final int OPCODES = 0x80;
    private static final int WORD_KINDS = 6;
    private static final int BAR2_BYTES = 8 << 20;
    private static final int BAR0_BYTES = 1 << 20;

    @Override
    public String name() {
        return "driver";
    }

    @Override
    public String description() {
        return "a card's commands, registers, doorbells and work requests: no internal error, and a reset brings it back";
    }

    @Override
    public void run(FuzzRun run) {
        HostClock clock = HostClock.instance();
        while (run.more()) {
            try (Fabric fabric = Fabric.ofOneSwitch(clock, 2); BareNode node = new BareNode(1, clock)) {
                fabric.attach(node.hca.port(1));
                RawCard card = new RawCard(node);
                card.bringUp();
                boolean spoils = run.random().nextBoolean(); // tables, too, which soon ends all traffic
                int[] heads = new int[RawCard.QPS];
                for (int i = 0; i < STEPS; i++) {
                    step(run.random(), card, heads, spoils);
                }
                run.require(node.hca.counters().get(HcaCounters.Kind.INTERNAL_ERRORS) == 0,
                        "internal error: " + node.cardLog);
                card.writeRegister(Dcs.RESET, 1);
                run.require(card.command(Opcode.QUERY_FW, 0, 0, 0, card.outBox) == CmdStatus.OK,
                        "a reset does not bring the card back");
            }
        }
    }

    private static void step(SplittableRandom random, RawCard card, int[] heads, boolean spoils) {
        switch (random.nextInt(16)) {
            case 0 -> anyCommand(random, card);
            case 1 -> nearlyRightCommand(random, card);
            case 2 -> card.node.hca.bar(0).write(random.nextInt(BAR0_BYTES), 1 << random.nextInt(4), random.nextLong());
            case 3 -> card.node.hca.bar(0).read(random.nextInt(BAR0_BYTES), 1 << random.nextInt(4));
            case 4 -> card.node.hca.bar(2).write(random.nextInt(BAR2_BYTES), 1 << random.nextInt(4), random.nextLong());
            case 5 -> anyDoorbell(random, card);
            case 6 -> {
                if (spoils) {
                    spoil(random, card);
                }
            }
            default -> post(random, card, heads);
        }
    }

    private static void anyCommand(SplittableRandom random, RawCard card) {
        int opcode = random.nextInt(16) == 0 ? random.nextInt(0x1000) : random.nextInt(OPCODES);
        if (opcode == Opcode.CLOSE_HCA || opcode == Opcode.UNMAP_FA) {
            return; // would end the round
        }
        if (random.nextInt(3) > 0) {
            card.node.memory.zero(card.inBox, RawCard.PAGE);
        }
        for (int i = random.nextInt(40); i > 0; i--) {
            card.m.set(ValueLayout.JAVA_BYTE, card.inBox + random.nextInt(256), (byte) random.nextInt());
        }
        long in = random.nextInt(4) == 0 ? random.nextLong() : card.inBox;
        long out = random.nextInt(8) == 0 ? random.nextLong() : card.outBox;
        int modifier = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(0x100);
        card.command(opcode, modifier, random.nextInt(4), in, out);
    }

    /** A command that once worked, with some bytes of its mailbox changed: past the first checks, to the ones behind. */
    private static void nearlyRightCommand(SplittableRandom random, RawCard card) {
        RawCard.Known known = card.known.get(random.nextInt(card.known.size()));
        byte[] mailbox = known.mailbox().clone();
        for (int i = random.nextInt(6); i > 0; i--) {
            mailbox[random.nextInt(random.nextBoolean() ? 64 : mailbox.length)] = (byte) random.nextInt();
        }
        MemorySegment.copy(mailbox, 0, card.m, ValueLayout.JAVA_BYTE, card.inBox, mailbox.length);
        int modifier = random.nextInt(4) == 0 ? known.inModifier() + random.nextInt(8) : known.inModifier();
        card.command(known.opcode(), modifier, random.nextInt(8) == 0 ? random.nextInt(4) : 0, card.inBox, card.outBox);
    }

    private static void anyDoorbell(SplittableRandom random, RawCard card) {
        int page = random.nextInt(4) == 0 ? random.nextInt(1024) : random.nextBoolean() ? RawCard.UAR_PAGE : 1;
        int[] doorbells = {Uar.SEND_DOORBELL, Uar.CQ_DOORBELL, Uar.CQ_DOORBELL + 4, Uar.EQ_DOORBELL};
        int in = doorbells[random.nextInt(doorbells.length)];
        int word = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(0x100);
        card.doorbell(((long) page << Uar.PAGE_SHIFT) + in,
                in == Uar.SEND_DOORBELL ? word << 8 : word | random.nextInt() & 0xff000000);
    }

    /** Rings, translations, protection entries, data. */
    private static void spoil(SplittableRandom random, RawCard card) {
        for (int i = random.nextInt(8); i > 0; i--) {
            long at = (1 << 20) + random.nextLong(card.tablesEnd - (1 << 20)) & -Long.BYTES;
            long translation = Long.reverseBytes(random.nextInt(1 << 26) | 1L);
            card.node.memory.putLong(at, random.nextBoolean() ? random.nextLong() : translation);
        }
    }

    /** A work request that begins like one and goes on like nothing, and a receive for its peer. */
    private static void post(SplittableRandom random, RawCard card, int[] heads) {
        int index = random.nextInt(RawCard.QPS);
        int slot = heads[index] & (1 << RawCard.LOG_RING) - 1;
        long at = card.rings[index] + (long) slot * RawCard.SQ_STRIDE;
        for (int i = 16; i < RawCard.SQ_STRIDE; i += Integer.BYTES) {
            putWord(card, at + i, anyWord(random, card));
        }
        int opcode = random.nextInt(3) == 0 ? random.nextInt(32) : WqeOpcode.RDMA_WRITE + random.nextInt(4);
        int ds = 1 + random.nextInt(random.nextInt(4) == 0 ? 63 : 4);
        putWord(card, at + 12, random.nextInt());
        putWord(card, at + 8, random.nextInt() & 0xff);
        putWord(card, at + 4, ds | (random.nextInt(8) == 0 ? 1 << 6 : 0));
        int owner = heads[index] >> RawCard.LOG_RING & 1;
        putWord(card, at, opcode | owner << 31);
        heads[index] += Math.max(1, ds * 16 + RawCard.SQ_STRIDE - 1 >> 6);
        receive(random, card, index ^ 1);
        card.doorbell(Uar.sendDoorbell(RawCard.UAR_PAGE), Uar.SEND_QPN.of0(RawCard.FIRST_QPN + index));
    }

    private static void receive(SplittableRandom random, RawCard card, int index) {
        int posted = RqDoorbell.POSTED.get(card.m, card.records[index]);
        long at = card.rings[index] + ((long) RawCard.SQ_STRIDE << RawCard.LOG_RING)
                + (long) (posted & (1 << RawCard.LOG_RING) - 1) * RawCard.RQ_STRIDE;
        for (int i = 0; i < RawCard.RQ_STRIDE; i += Integer.BYTES) {
            putWord(card, at + i, anyWord(random, card));
        }
        RqDoorbell.POSTED.set(card.m, card.records[index], posted + (random.nextInt(16) == 0 ? random.nextInt() : 1));
    }

    private static int anyWord(SplittableRandom random, RawCard card) {
        return switch (random.nextInt(WORD_KINDS)) {
            case 0 -> random.nextInt();
            case 1 -> 0;
            case 2 -> card.key;
            case 3 -> (int) card.region + random.nextInt(1 << 17);
            default -> random.nextInt(5000);
        };
    }

    private static void putWord(RawCard card, long at, int word) {
        card.node.memory.putInt(at, Integer.reverseBytes(word));
    }
}
