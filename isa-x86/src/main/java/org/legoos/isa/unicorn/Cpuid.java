package org.legoos.isa.unicorn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.legoos.isa.cpu.CpuModel;
import org.legoos.isa.cpu.Gpr;

/**
 * What the CPUID instruction answers (Intel SDM vol. 2, CPUID; AMD APM vol. 3 for leaves 0x8000_000x): what the engine
 * executes right and nothing else. Not shown although there: XSAVE (XGETBV would have to be had too), ERMS (REP MOVSB
 * is a slow loop here, and C libraries would choose it), SEP (SYSENTER has no handler).
 * The vendor is Intel's, with a Haswell's number and caches: glibc looks at the features of no other vendor's CPU (its
 * init_cpu_features), and then its dynamic loader refuses its own libraries, "CPU ISA level is lower than required".
 */
final class Cpuid {
    private static final String VENDOR = "GenuineIntel";
    private static final String BRAND = "LegoOS Unicorn x86-64 CPU";
    private static final int FAMILY = 6;
    private static final int MODEL = 60;
    private static final int STEPPING = 4;

    private static final int BASIC_LEAF_MAX = 7;
    private static final int EXTENDED_LEAF_MAX = 0x8000_0008;
    private static final int CLFLUSH_LINE_QUADWORDS = 8;
    /** Physical and virtual address bits. */
    private static final int ADDRESS_SIZES = 48 << 8 | 40;

    private static final Feature[] LEAF1_EDX = {
        new Feature("fpu", 0), new Feature("de", 2), new Feature("pse", 3), new Feature("tsc", 4), new Feature("msr", 5),
        new Feature("pae", 6), new Feature("cx8", 8), new Feature("pge", 13), new Feature("cmov", 15),
        new Feature("pat", 16), new Feature("clflush", 19), new Feature("mmx", 23), new Feature("fxsr", 24),
        new Feature("sse", 25), new Feature("sse2", 26),
    };
    private static final Feature[] LEAF1_ECX = {
        new Feature("pni", 0), new Feature("pclmulqdq", 1), new Feature("ssse3", 9), new Feature("cx16", 13),
        new Feature("sse4_1", 19), new Feature("sse4_2", 20), new Feature("movbe", 22), new Feature("popcnt", 23),
        new Feature("aes", 25), new Feature("rdrand", 30), new Feature("hypervisor", 31),
    };
    private static final Feature[] LEAF7_EBX = {
        new Feature("fsgsbase", 0), new Feature("bmi1", 3), new Feature("bmi2", 8),
    };
    private static final Feature[] EXTENDED1_EDX = {
        new Feature("syscall", 11), new Feature("nx", 20), new Feature("rdtscp", 27), new Feature("lm", 29),
    };
    private static final Feature[] EXTENDED1_ECX = {new Feature("lahf_lm", 0), new Feature("abm", 5)};
    private static final Feature[] EXTENDED7_EDX = {new Feature("constant_tsc", 8)};

    private static final int FAMILY_MODEL_STEPPING = FAMILY << 8 | MODEL >> 4 << 16 | (MODEL & 15) << 4 | STEPPING;
    private static final int[] VENDOR_WORDS = words(VENDOR, 3);
    private static final int[] BRAND_WORDS = words(BRAND, 12);
    private static final int[] LEAF1 = {
        FAMILY_MODEL_STEPPING, CLFLUSH_LINE_QUADWORDS << 8 | 1 << 16, bits(LEAF1_ECX), bits(LEAF1_EDX)
    };
    private static final int[] LEAF0 = {BASIC_LEAF_MAX, VENDOR_WORDS[0], VENDOR_WORDS[2], VENDOR_WORDS[1]};
    /** One descriptor: the caches are in leaf 4. */
    private static final int[] LEAF2 = {0xff01, 0, 0, 0};
    /** Leaf 4: data, instructions, both; both. */
    private static final int[][] CACHES = {
        cache(1, 1, 32 << 10, 8), cache(2, 1, 32 << 10, 8), cache(3, 2, 256 << 10, 8), cache(3, 3, 8 << 20, 16),
    };
    private static final int[] LEAF7 = {0, bits(LEAF7_EBX), 0, 0};
    private static final int[] EXTENDED0 = {EXTENDED_LEAF_MAX, VENDOR_WORDS[0], VENDOR_WORDS[2], VENDOR_WORDS[1]};
    private static final int[] EXTENDED1 = {FAMILY_MODEL_STEPPING, 0, bits(EXTENDED1_ECX), bits(EXTENDED1_EDX)};
    private static final int[] EXTENDED7 = {0, 0, 0, bits(EXTENDED7_EDX)};
    private static final int[] EXTENDED8 = {ADDRESS_SIZES, 0, 0, 0};
    private static final int[][] BRAND_LEAVES = {
        Arrays.copyOfRange(BRAND_WORDS, 0, 4), Arrays.copyOfRange(BRAND_WORDS, 4, 8),
        Arrays.copyOfRange(BRAND_WORDS, 8, 12),
    };
    private static final int[] ZERO = new int[4];

    /** A bit of a CPUID register, by its /proc/cpuinfo name. */
    private record Feature(String name, int bit) {}

    private Cpuid() {}

    static CpuModel model(long tscHz) {
        Set<String> flags = new LinkedHashSet<>();
        for (Feature[] word : new Feature[][] {
            LEAF1_EDX, EXTENDED1_EDX, EXTENDED7_EDX, LEAF1_ECX, EXTENDED1_ECX, LEAF7_EBX
        }) {
            for (Feature feature : word) {
                flags.add(feature.name());
            }
        }
        long hwcap = bits(LEAF1_EDX) & 0xffff_ffffL;
        return new CpuModel(VENDOR, BRAND, FAMILY, MODEL, STEPPING, hwcap, tscHz, Set.copyOf(flags));
    }

    /** Executes CPUID: EAX and ECX choose, EAX to EDX are filled, upper halves cleared. */
    static void answer(UnicornCpu cpu) {
        int[] leaf = leaf((int) cpu.register(Gpr.RAX), (int) cpu.register(Gpr.RCX));
        cpu.setRegister(Gpr.RAX, leaf[0] & 0xffff_ffffL);
        cpu.setRegister(Gpr.RBX, leaf[1] & 0xffff_ffffL);
        cpu.setRegister(Gpr.RCX, leaf[2] & 0xffff_ffffL);
        cpu.setRegister(Gpr.RDX, leaf[3] & 0xffff_ffffL);
    }

    private static int[] leaf(int number, int subleaf) {
        return switch (number) {
            case 0 -> LEAF0;
            case 1 -> LEAF1;
            case 2 -> LEAF2;
            case 4 -> subleaf >= 0 && subleaf < CACHES.length ? CACHES[subleaf] : ZERO;
            case 7 -> subleaf == 0 ? LEAF7 : ZERO;
            case 0x8000_0000 -> EXTENDED0;
            case 0x8000_0001 -> EXTENDED1;
            case 0x8000_0002, 0x8000_0003, 0x8000_0004 -> BRAND_LEAVES[number - 0x8000_0002];
            case 0x8000_0007 -> EXTENDED7;
            case 0x8000_0008 -> EXTENDED8;
            default -> ZERO;
        };
    }

    /** A cache of 64-byte lines as leaf 4 describes it: its type, level, size and ways. */
    private static int[] cache(int type, int level, int sizeBytes, int ways) {
        int selfInitializing = 1 << 8;
        int lineBytes = CLFLUSH_LINE_QUADWORDS * Long.BYTES;
        return new int[] {
            type | level << 5 | selfInitializing, lineBytes - 1 | ways - 1 << 22, sizeBytes / lineBytes / ways - 1, 0
        };
    }

    private static int bits(Feature[] features) {
        int bits = 0;
        for (Feature feature : features) {
            bits |= 1 << feature.bit();
        }
        return bits;
    }

    private static int[] words(String text, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(text.getBytes(StandardCharsets.US_ASCII));
        int[] words = new int[count];
        bytes.rewind().asIntBuffer().get(words);
        return words;
    }
}
