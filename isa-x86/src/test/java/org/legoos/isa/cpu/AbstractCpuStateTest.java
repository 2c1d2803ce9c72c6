package org.legoos.isa.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.legoos.isa.cpu.GuestMachine.CODE_VA;
import static org.legoos.isa.cpu.GuestMachine.DATA_VA;
import static org.legoos.isa.cpu.GuestMachine.W;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Registers, FPU images, contexts, CPUID. */
public abstract class AbstractCpuStateTest {
    protected abstract CpuEngine engine();

    private static final int FX_BYTES = 512;

    private static MemorySegment fpu(Cpu cpu, Arena arena) {
        MemorySegment image = arena.allocate(FX_BYTES + 16, 16);
        cpu.readFpu(image, 16);
        return image.asSlice(16);
    }

    @Test
    void startsAsExecveLeavesIt() {
        try (GuestMachine machine = new GuestMachine(engine()); Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < 16; i++) {
                assertThat(machine.cpu.register(i)).isZero();
            }
            assertThat(machine.cpu.rflags()).isEqualTo(0x202);
            MemorySegment image = fpu(machine.cpu, arena);
            assertThat(image.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0)).isEqualTo((short) 0x37f);
            assertThat(image.get(ValueLayout.JAVA_INT_UNALIGNED, 24)).isEqualTo(0x1f80);
            assertThat(image.get(ValueLayout.JAVA_BYTE, 4)).as("all x87 registers empty").isZero();
        }
    }

    @Test
    void resetUndoesEverything() {
        try (GuestMachine machine = new GuestMachine(engine()); Arena arena = Arena.ofConfined()) {
            machine.program("d9e8d9eb0f05");
            machine.cpu.run();
            machine.cpu.setFsBase(0x1234);
            machine.cpu.resetUserState();
            assertThat(machine.cpu.register(Gpr.RSP)).isZero();
            assertThat(machine.cpu.register(Gpr.RCX)).isZero();
            assertThat(machine.cpu.fsBase()).isZero();
            assertThat(machine.cpu.rflags()).isEqualTo(0x202);
            assertThat(fpu(machine.cpu, arena).get(ValueLayout.JAVA_BYTE, 4)).isZero();
            assertThat(machine.cpu.pageTableRoot()).isEqualTo(machine.tables.rootPa());
        }
    }

    /** Our image against the one that the processor's own FXSAVE writes. */
    @Test
    void fpuImageIsWhatFxsaveWrites() {
        try (GuestMachine machine = new GuestMachine(engine()); Arena arena = Arena.ofConfined()) {
            // fld1; fldpi; fldl2t; pcmpeqd xmm3,xmm3; movq xmm9,rdi; fxsave64 [rdi]; syscall
            machine.program("d9e8d9ebd9e9660f76db664c0f6ecf480fae070f05");
            long pa = machine.map(DATA_VA, W);
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            byte[] written = new byte[FX_BYTES];
            machine.memory.read(pa, written, 0, FX_BYTES);
            byte[] read = fpu(machine.cpu, arena).asSlice(0, FX_BYTES).toArray(ValueLayout.JAVA_BYTE);
            // FOP, FIP and FDP are not kept; bytes 416 up are unused.
            for (int i = 0; i < 416; i++) {
                if (i < 6 || i >= 24) {
                    assertThat(read[i]).as("byte " + i).isEqualTo(written[i]);
                }
            }
        }
    }

    @Test
    void fpuImageIsLoaded() {
        try (GuestMachine machine = new GuestMachine(engine()); Arena arena = Arena.ofConfined()) {
            machine.program("d9e8d9ebd9e9660f76db664c0f6ecf0f05");
            machine.cpu.setRegister(Gpr.RDI, 0x1122334455667788L);
            machine.cpu.run();
            MemorySegment saved = fpu(machine.cpu, arena);
            machine.cpu.resetUserState();
            machine.cpu.writeFpu(saved, 0);
            assertThat(fpu(machine.cpu, arena).mismatch(saved)).isEqualTo(-1);
            long pa = machine.map(DATA_VA, W);
            // fstp tbyte [rdi]; fstp tbyte [rdi+16]; movq [rdi+32],xmm9; syscall
            machine.put(machine.pte(CODE_VA) & 0xffff000L, "db3fdb7f1066440fd64f200f05");
            machine.cpu.invalidateCode(0, machine.memory.sizeBytes());
            machine.cpu.setRip(CODE_VA);
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.memory.getLong(pa)).as("log2(10)").isEqualTo(0xd49a784bcd1b8afeL);
            assertThat(machine.memory.getLong(pa + 16)).as("pi").isEqualTo(0xc90fdaa22168c235L);
            assertThat(machine.memory.getLong(pa + 32)).isEqualTo(0x1122334455667788L);
        }
    }

    @Test
    void contextsKeepThreadsApart() {
        try (GuestMachine machine = new GuestMachine(engine());
                CpuContext first = machine.cpu.newContext();
                CpuContext second = machine.cpu.newContext()) {
            machine.program("48ffc00f05ebf9"); // 1: inc rax; syscall; jmp 1b
            Cpu cpu = machine.cpu;
            cpu.setFsBase(0x1000);
            cpu.save(first);
            cpu.setRegister(Gpr.RAX, 100);
            cpu.setFsBase(0x2000);
            cpu.save(second);
            for (int turn = 1; turn <= 3; turn++) {
                cpu.restore(first);
                assertThat(cpu.fsBase()).isEqualTo(0x1000);
                assertThat(cpu.run()).isEqualTo(Trap.SYSCALL);
                assertThat(cpu.register(Gpr.RAX)).isEqualTo(turn);
                cpu.save(first);
                cpu.restore(second);
                assertThat(cpu.fsBase()).isEqualTo(0x2000);
                assertThat(cpu.run()).isEqualTo(Trap.SYSCALL);
                assertThat(cpu.register(Gpr.RAX)).isEqualTo(100 + turn);
                cpu.save(second);
            }
        }
    }

    @Test
    void contextMovesToAnotherCpu() {
        try (GuestMachine one = new GuestMachine(engine()); GuestMachine two = new GuestMachine(engine());
                CpuContext context = one.cpu.newContext()) {
            one.program("48ffc00f05660f7ec80f05"); // inc rax; syscall; movd eax,xmm1; syscall
            two.program("48ffc00f05660f7ec80f05");
            one.cpu.setRegister(Gpr.RAX, 7);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment image = fpu(one.cpu, arena);
                image.set(ValueLayout.JAVA_INT_UNALIGNED, 160 + 16, 0x55aa);
                one.cpu.writeFpu(image, 0);
            }
            one.cpu.run();
            one.cpu.save(context);
            two.cpu.restore(context);
            assertThat(two.cpu.register(Gpr.RAX)).isEqualTo(8);
            assertThat(two.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(two.cpu.register(Gpr.RAX)).isEqualTo(0x55aa);
        }
    }

    @Test
    void segmentBases() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            // mov rax,fs:[0]; mov rbx,gs:[8]; wrfsbase rdi; syscall
            machine.program("64488b04250000000065488b1c2508000000f3480faed70f05");
            long pa = machine.map(DATA_VA, W);
            machine.memory.putLong(pa + 0x100, 11);
            machine.memory.putLong(pa + 0x208, 22);
            machine.cpu.setFsBase(DATA_VA + 0x100);
            machine.cpu.setGsBase(DATA_VA + 0x200);
            machine.cpu.setRegister(Gpr.RDI, 0x7654321000L);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(11);
            assertThat(machine.cpu.register(Gpr.RBX)).isEqualTo(22);
            assertThat(machine.cpu.fsBase()).isEqualTo(0x7654321000L);
            assertThat(machine.cpu.gsBase()).isEqualTo(DATA_VA + 0x200);
        }
    }

    private static int[] cpuid(GuestMachine machine, int leaf, int subleaf) {
        machine.cpu.setRip(CODE_VA);
        machine.cpu.setRegister(Gpr.RAX, leaf);
        machine.cpu.setRegister(Gpr.RCX, subleaf);
        assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
        // RCX is the return address of SYSCALL: the program kept it in RSI.
        return new int[] {
            (int) machine.cpu.register(Gpr.RAX), (int) machine.cpu.register(Gpr.RBX),
            (int) machine.cpu.register(Gpr.RSI), (int) machine.cpu.register(Gpr.RDX)
        };
    }

    @Test
    void cpuidShowsTheModel() {
        CpuModel model = engine().model();
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("0fa24889ce0f05"); // cpuid; mov rsi,rcx; syscall
            int[] leaf0 = cpuid(machine, 0, 0);
            assertThat(text(leaf0[1], leaf0[3], leaf0[2])).isEqualTo(model.vendor());
            int[] leaf1 = cpuid(machine, 1, 0);
            assertThat(leaf1[3] & 0xffff_ffffL).isEqualTo(model.hwcap());
            assertThat((leaf1[0] >> 8 & 15)).isEqualTo(model.family());
            assertThat(leaf1[2] >> 28 & 1).as("AVX").isZero();
            assertThat(leaf1[2] >> 26 & 3).as("XSAVE, OSXSAVE").isZero();
            assertThat(leaf1[2] >> 20 & 1).as("SSE4.2").isEqualTo(1);
            assertThat(cpuid(machine, 7, 0)[1] >> 5 & 1).as("AVX2").isZero();
            assertThat(cpuid(machine, 7, 0)[1] >> 8 & 1).as("BMI2").isEqualTo(1);
            int[] brand = cpuid(machine, 0x8000_0002, 0);
            assertThat(model.brand()).startsWith(text(brand));
        }
        assertThat(model.flags()).contains("sse4_2", "aes", "popcnt", "bmi2", "lm", "nx").doesNotContain("avx", "avx2");
        assertThat(model.tscHz()).isBetween(100_000_000L, 10_000_000_000L);
    }

    private static String text(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            bytes.putInt(word);
        }
        return new String(bytes.array(), StandardCharsets.US_ASCII);
    }

    /** Values computed by a real processor. */
    @Test
    void advertisedInstructionsCompute() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            // popcnt rax,rdi; pext rbx,rdi,rsi; crc32 rdx,rdi; tzcnt r8,rdi; andn r9,rdi,rsi; movq r10,xmm0 after aesenc; syscall
            machine.program("f3480fb8c7 c4e2c2f5de f2480f38f1d7 f34c0fbcc7 c462c0f2ce 660f38dcc1 66490f7ec2 0f05");
            machine.cpu.setRegister(Gpr.RDI, 0x123456789abcdef0L);
            machine.cpu.setRegister(Gpr.RSI, 0x0f0f0f0f0f0f0f0fL);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(Long.bitCount(0x123456789abcdef0L));
            assertThat(machine.cpu.register(Gpr.RBX)).isEqualTo(0x2468ace0L);
            assertThat(machine.cpu.register(Gpr.R8)).isEqualTo(4);
            assertThat(machine.cpu.register(Gpr.R9)).isEqualTo(~0x123456789abcdef0L & 0x0f0f0f0f0f0f0f0fL);
            assertThat(machine.cpu.register(Gpr.R10)).isEqualTo(0x6363636363636363L);
            assertThat(machine.cpu.register(Gpr.RDX)).isEqualTo(crc32c(0x123456789abcdef0L));
        }
    }

    private static long crc32c(long value) {
        int crc = 0;
        for (int i = 0; i < 8; i++) {
            crc ^= (int) (value >>> 8 * i) & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82f63b78 : crc >>> 1;
            }
        }
        return crc & 0xffff_ffffL;
    }

    /** What is changed in a saved context is what a Cpu that loads it has, and reading a context gives what was saved. */
    @Test
    void contextsCanBeReadAndChanged() {
        try (GuestMachine machine = new GuestMachine(engine()); CpuContext context = machine.cpu.newContext();
                Arena arena = Arena.ofConfined()) {
            machine.program("d9e8d9eb0f05"); // fld1; fldpi; syscall
            machine.cpu.setRegister(Gpr.R13, 77);
            machine.cpu.run();
            machine.cpu.save(context);
            assertThat(context.register(Gpr.R13)).isEqualTo(77);
            assertThat(context.rip()).isEqualTo(machine.cpu.rip());
            assertThat(context.rflags()).isEqualTo(machine.cpu.rflags());
            MemorySegment saved = arena.allocate(FX_BYTES, 16);
            context.readFpu(saved, 0);
            assertThat(saved.mismatch(fpu(machine.cpu, arena).asSlice(0, FX_BYTES))).isEqualTo(-1);
            for (int i = 0; i < 16; i++) {
                context.setRegister(i, 100 + i);
            }
            context.setRip(0x4242);
            context.setRflags(0x2d5);
            context.setFsBase(0x1234_5678_9000L);
            context.setGsBase(0x7000);
            machine.cpu.resetUserState();
            MemorySegment blank = fpu(machine.cpu, arena).asSlice(0, FX_BYTES);
            context.writeFpu(blank, 0);
            machine.cpu.restore(context);
            for (int i = 0; i < 16; i++) {
                assertThat(machine.cpu.register(i)).isEqualTo(100 + i);
            }
            assertThat(machine.cpu.rip()).isEqualTo(0x4242);
            assertThat(machine.cpu.rflags()).isEqualTo(0x2d7);
            assertThat(machine.cpu.fsBase()).isEqualTo(0x1234_5678_9000L);
            assertThat(machine.cpu.gsBase()).isEqualTo(0x7000);
            assertThat(fpu(machine.cpu, arena).get(ValueLayout.JAVA_BYTE, 4)).isZero();
        }
    }
}
