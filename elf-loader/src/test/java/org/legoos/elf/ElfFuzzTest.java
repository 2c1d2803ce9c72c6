package org.legoos.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the headers hold, the answer is a plan inside the user address space and the file, or an error; never an exception. */
class ElfFuzzTest {
    private static final int ROUNDS = 60_000;
    private static final long[] NASTY = {
        0, 1, -1, 0xfff, 0x1000, 0x1001, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 47, (1L << 47) - 4096, -4096, 0xffff_ffffL
    };

    @Test
    void mutatedHeadersNeverEscape() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("ElfFuzzTest seed " + seed);
        Random random = new Random(seed);
        TinyElf elf = TinyElf.program().add(7, 4, 0x2800, 0x404800, 0x10, 0x40, 8).add(0x6474e553, 4, 0x3000, 0, 0x40, 0x40, 8);
        byte[] good = elf.bytes();
        int plans = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] file = good.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                mutate(file, random);
            }
            Loaded loaded = ElfLoader.plan(ElfSource.of(file), TinyElf.PLAIN);
            SymbolTable.read(ElfSource.of(file), 0).describe(random.nextLong());
            if (loaded instanceof LoadPlan plan) {
                plans++;
                check(plan, file.length, "seed " + seed + " round " + round);
            } else {
                assertThat(((LoadError) loaded).message()).isNotBlank().doesNotContain("\n");
            }
        }
        assertThat(plans).as("mutations that still load").isBetween(ROUNDS / 100, ROUNDS - ROUNDS / 10);
    }

    private static void mutate(byte[] file, Random random) {
        int headerBytes = 64 + 5 * 56 - 8;
        int at = random.nextInt(headerBytes);
        if (random.nextBoolean()) {
            file[at] = (byte) random.nextInt();
        } else {
            ElfHeader.littleEndian(file).putLong(at & -8, NASTY[random.nextInt(NASTY.length)]);
        }
    }

    private static void check(LoadPlan plan, int fileSize, String what) {
        long lastVa = 0;
        for (LoadPlan.Segment s : plan.segments()) {
            assertThat(s.va()).as(what).isBetween(lastVa, 1L << 47);
            assertThat(s.endVa()).as(what).isBetween(s.va(), 1L << 47);
            assertThat(s.fileSizeBytes()).as(what).isBetween(0L, s.memSizeBytes());
            if (s.fileSizeBytes() > 0) {
                assertThat(s.startOffset()).as(what).isNotNegative().matches(o -> o % 4096 == 0);
                assertThat(s.fileOffset() + s.fileSizeBytes()).as(what).isLessThanOrEqualTo(fileSize);
            }
            lastVa = s.va() + s.memSizeBytes();
        }
        assertThat(plan.entryVa()).as(what).isBetween(0L, 1L << 47);
    }
}
