package org.legoos.isa.mmu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;

/** The walker against a slow model that was written from the SDM's prose, on random tables. */
class PageWalkerRandomTest {
    private static final int FRAMES = 64;
    private static final int TABLE_BYTES = FRAMES * 4096; // tables are here, what lies above reads as zero
    private static final long RAM_BYTES = 5L << 29; // room for two 1 GiB pages and a half
    private static final int INDEXES = 4; // each level of a random address uses only these many indexes

    @Test
    void agreesWithTheModelOnRandomTables() {
        long seed = Long.getLong("legoos.seed", new Random().nextLong());
        System.out.println("PageWalkerRandomTest legoos.seed=" + seed);
        Random random = new Random(seed);
        int successes = 0;
        int large = 0;
        try (PhysicalMemory memory = PhysicalMemory.ofSize(RAM_BYTES)) {
            long[] before = new long[TABLE_BYTES / 8];
            for (int round = 0; round < 400; round++) {
                fill(memory, random);
                for (int walks = 0; walks < 100; walks++) {
                    snapshot(memory, before);
                    long va = randomVa(random);
                    int access = random.nextInt(3);
                    long pml4Pa = (long) random.nextInt(FRAMES) << 12;
                    long expected = model(before, pml4Pa, va, access);
                    long actual = PageWalker.walk(memory, pml4Pa, va, access);
                    assertThat(actual).as("walk of %x access %d", va, access).isEqualTo(expected);
                    assertSame(memory, before);
                    successes += Walk.isFault(actual) ? 0 : 1;
                    large += !Walk.isFault(actual) && Walk.pagePa(actual) >= TABLE_BYTES ? 1 : 0;
                }
            }
        }
        assertThat(successes).as("walks that succeed").isGreaterThan(2000);
        assertThat(large).as("walks to large pages").isGreaterThan(100);
    }

    private static void fill(PhysicalMemory memory, Random random) {
        int kind = random.nextInt(3);
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int i = 0; i < INDEXES; i++) {
                memory.putLong(frame * 4096L + index(i) * 8L, randomEntry(random, kind));
            }
        }
    }

    private static long randomEntry(Random random, int kind) {
        long frame = (long) random.nextInt(FRAMES) << 12;
        long flags = random.nextLong() & ~Pte.FRAME_MASK;
        if (random.nextInt(8) != 0) {
            flags |= Pte.PRESENT;
        }
        if (kind != 0) { // mostly permissive tables, so that deep walks happen
            flags |= random.nextInt(10) == 0 ? 0 : Pte.USER;
            flags |= random.nextInt(6) == 0 ? 0 : Pte.WRITABLE;
            flags &= random.nextInt(6) == 0 ? -1 : ~Pte.NO_EXECUTE;
            flags &= random.nextInt(8) == 0 ? -1 : ~Pte.LARGE;
        }
        if (random.nextInt(30) == 0) {
            frame = random.nextLong() & Pte.FRAME_MASK;
        }
        if (random.nextInt(4) == 0) {
            frame = (long) random.nextInt(1400) << 21; // what a large page may have
            frame &= random.nextBoolean() ? -1 : -1L << 30;
            frame |= random.nextInt(4) == 0 ? 0x1000 : 0; // its PAT bit
        }
        return frame | flags;
    }

    private static int index(int i) {
        return switch (i) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> 255;
            default -> 511;
        };
    }

    private static long randomVa(Random random) {
        long va = random.nextInt(4096);
        for (int shift = 12; shift <= 39; shift += 9) {
            va |= (long) index(random.nextInt(INDEXES)) << shift;
        }
        boolean canonical = random.nextInt(20) != 0;
        return canonical ? va << 16 >> 16 : va ^ random.nextLong() << 48;
    }

    private static void snapshot(PhysicalMemory memory, long[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = memory.getLong(i * 8L);
        }
    }

    private static void assertSame(PhysicalMemory memory, long[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (memory.getLong(i * 8L) != expected[i]) {
                assertThat(memory.getLong(i * 8L)).as("entry at %x", i * 8L).isEqualTo(expected[i]);
            }
        }
    }

    /** Returns the expected Walk word and does the expected changes to {@code ram}. */
    private static long model(long[] ram, long pml4Pa, long va, int access) {
        boolean write = access == PageWalker.WRITE;
        boolean fetch = access == PageWalker.FETCH;
        int code = 4 + (write ? 2 : 0) + (fetch ? 16 : 0);
        String bits = String.format("%64s", Long.toBinaryString(va)).replace(' ', '0');
        String sign = bits.substring(0, 17);
        if (sign.contains("0") && sign.contains("1")) {
            return Walk.fault(code);
        }
        boolean user = true;
        boolean writable = true;
        boolean executable = true;
        long table = pml4Pa;
        for (int level = 4; level >= 1; level--) {
            int from = 16 + (4 - level) * 9;
            int slot = (int) (table / 8) + Integer.parseInt(bits.substring(from, from + 9), 2);
            long entry = slot < ram.length ? ram[slot] : 0;
            if (!bit(entry, 0)) {
                return Walk.fault(code);
            }
            boolean large = bit(entry, 7) && level > 1;
            long address = entry & 0x000f_ffff_ffff_f000L;
            long pageBytes = !large ? 4096 : level == 2 ? 2 << 20 : 1 << 30;
            if (large) {
                address &= ~0x1000L;
            }
            if (large && level == 4 || address % pageBytes != 0 || address + pageBytes > RAM_BYTES) {
                return Walk.fault(code + 1 + 8);
            }
            user &= bit(entry, 2);
            writable &= bit(entry, 1);
            executable &= !bit(entry, 63);
            if (level == 1 || large) {
                if (!user || write && !writable || fetch && !executable) {
                    return Walk.fault(code + 1);
                }
                ram[slot] |= 1 << 5 | (write ? 1 << 6 : 0);
                boolean dirty = bit(ram[slot], 6);
                long pa = address + Math.floorMod(va, pageBytes) / 4096 * 4096;
                return pa + 1 + (writable && dirty ? 2 : 0) + (executable ? 4 : 0);
            }
            ram[slot] |= 1 << 5;
            table = address;
        }
        throw new AssertionError("a walk ends in a leaf");
    }

    private static boolean bit(long word, int number) {
        return (word >>> number & 1) == 1;
    }
}
