package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.Opcode;

/**
 * The commands that Linux 6.12's mlx4_core and mlx4_ib have the card execute from probe to unload, with
 * ibv_{rc,srq,ud,xsrq}_pingpong between (recorded with {@code lego hca --trace-commands}; all but four queries of each
 * management attribute left out): the card answers as it did then, and survives whatever becomes of them.
 */
class CommandReplayTest {
    private static final String LINUX = "linux-6.12-commands.txt";
    private static final long RAM_BYTES = 640L << 20; // the recorded machine had 512 MiB
    private static final long GUID = 0x0002_c903_00a0_0000L;
    private static final int ROUNDS = 40;

    /** Whose answers tell of time or of the fabric. */
    private static final Set<Integer> VARIABLE =
            Set.of(Opcode.MAD_IFC, Opcode.QUERY_PORT, Opcode.DIAG_RPRT, Opcode.QUERY_QP, Opcode.MGID_HASH);

    private final MiniDriver driver = new MiniDriver("hca0", GUID, new VirtualClock(), RAM_BYTES);
    private final List<CommandTrace> linux = CommandReplay.recorded(LINUX);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aTraceIsReadAsItIsWritten() {
        for (CommandTrace command : linux) {
            String line = command.toString();
            assertThat(CommandTrace.parse(line)).hasToString(line);
        }
        assertThat(linux).hasSizeGreaterThan(300);
    }

    @Test
    void theCardAnswersLinuxAsItDid() {
        replayExactly();
        assertThat(driver.hca.counters().get(HcaCounters.Kind.COMMAND_ERRORS)).isZero();
    }

    private void replayExactly() {
        CommandReplay replay = new CommandReplay(driver);
        for (int i = 0; i < linux.size(); i++) {
            CommandTrace asked = linux.get(i);
            CommandTrace got = replay.play(asked);
            String what = "command %d: %s, %s".formatted(i, asked, driver.log);
            assertThat(CmdStatus.of(got.status())).as(what).isEqualTo(CmdStatus.of(asked.status()));
            if (!VARIABLE.contains(asked.opcode())) {
                assertThat(HexFormat.of().formatHex(got.out())).as(what).isEqualTo(HexFormat.of().formatHex(asked.out()));
                assertThat(got.immediate()).as(what).isEqualTo(asked.immediate());
            }
        }
    }

    @Test
    void whateverBecomesOfThemTheCardGoesOn() {
        Random random = new Random(612);
        for (int round = 0; round < ROUNDS; round++) {
            CommandReplay replay = new CommandReplay(driver);
            for (int i = 0; i < linux.size(); i++) {
                if (random.nextInt(20) == 0) {
                    continue; // left out
                }
                CommandTrace command = linux.get(i);
                CommandTrace played = random.nextInt(6) == 0 ? mutated(command, random) : command;
                CommandTrace got = replay.play(played);
                assertThat(got).as("executed").isNotNull();
                if (random.nextInt(20) == 0) {
                    replay.play(linux.get(random.nextInt(linux.size()))); // out of its order
                }
            }
            assertThat(driver.hca.counters().get(HcaCounters.Kind.INTERNAL_ERRORS)).as("%s", driver.log).isZero();
            driver.resetCard();
        }
        assertThat(driver.readDcs(Dcs.OWNERSHIP)).isZero();
        driver.writeDcs(Dcs.OWNERSHIP, 0);
        replayExactly();
    }

    private static CommandTrace mutated(CommandTrace c, Random random) {
        byte[] in = c.in().clone();
        int opcodeModifier = c.opcodeModifier();
        int inModifier = c.inModifier();
        long inParam = c.inParam();
        long outParam = c.outParam();
        switch (random.nextInt(6)) {
            case 0 -> opcodeModifier = random.nextInt(16);
            case 1 -> inModifier = random.nextBoolean() ? random.nextInt() : inModifier ^ 1 << random.nextInt(32);
            case 2 -> inParam ^= 1L << random.nextInt(64);
            case 3 -> outParam ^= 1L << random.nextInt(64);
            default -> {
                for (int i = 0; i < 1 + random.nextInt(4) && in.length > 0; i++) {
                    in[random.nextInt(in.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return new CommandTrace(c.opcode(), opcodeModifier, inModifier, inParam, outParam, c.status(), c.immediate(), in,
                c.out());
    }
}
