package org.legoos.isa.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.legoos.isa.cpu.GuestMachine.CODE_VA;
import static org.legoos.isa.cpu.GuestMachine.DATA_VA;
import static org.legoos.isa.cpu.GuestMachine.W;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** System calls and exceptions other than page faults (Intel SDM vol. 3, 6.15). */
public abstract class AbstractCpuExceptionTest {
    protected abstract CpuEngine engine();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "divide by zero,          31c9f7f1,             0,   0, 2",
        "ud2,                     0f0b,                 6,   0, 0",
        "AVX-256,                 c5fc58c0,             6,   0, 0",
        "xgetbv without OSXSAVE,  0f01d0,               6,   0, 0",
        "int3,                    cc,                   3,   0, 1",
        "int 0x80,                cd80,                 128, 0, 2",
        "int 14,                  cd0e,                 13,  114, 0",
        "int 0,                   cd00,                 13,  2, 0",
        "hlt,                     f4,                   13,  0, 0",
        "cli,                     fa,                   13,  0, 0",
        "write CR3,               0f22d8,               13,  0, 0",
        "rdmsr,                   0f32,                 13,  0, 0",
        "wrmsr,                   0f30,                 13,  0, 0",
        "lgdt,                    0f0117,               13,  0, 0",
        "swapgs,                  0f01f8,               13,  0, 0",
        "invlpg,                  0f0138,               13,  0, 0",
        "sysretq,                 480f07,               13,  0, 0",
    })
    void tellsVectorErrorCodeAndRip(String what, String code, int vector, int errorCode, int ripOffset) {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program(code);
            machine.map(DATA_VA, W);
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            for (int time = 0; time < 3; time++) { // the second and third are no double and triple fault
                machine.cpu.setRip(CODE_VA);
                assertThat(machine.cpu.run()).isEqualTo(Trap.EXCEPTION);
                assertThat(machine.cpu.vector()).isEqualTo(vector);
                assertThat(machine.cpu.errorCode()).isEqualTo(errorCode);
                assertThat(machine.cpu.rip()).isEqualTo(CODE_VA + ripOffset);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ec", "ee", "6c", "66e5ff", "e680"})
    void portsAreNotForUserMode(String code) {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program(code + "0f05");
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            machine.map(DATA_VA, W);
            assertThat(machine.cpu.run()).isEqualTo(Trap.EXCEPTION);
            assertThat(machine.cpu.vector()).isEqualTo(13);
        }
    }

    @Test
    void syscallLeavesWithTheRegistersThatHardwareSets() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("48ffc00f0548ffc00f0590"); // inc rax; syscall; inc rax; syscall; nop
            machine.cpu.setRegister(Gpr.RAX, -1);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isZero();
            assertThat(machine.cpu.rip()).isEqualTo(CODE_VA + 5);
            assertThat(machine.cpu.register(Gpr.RCX)).isEqualTo(CODE_VA + 5);
            assertThat(machine.cpu.register(Gpr.R11)).as("ZF, PF and AF of the increment").isEqualTo(0x256);
            assertThat(machine.cpu.rflags()).isEqualTo(0x256);
            machine.cpu.setRegister(Gpr.RAX, 41);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(42);
        }
    }

    @Test
    void trapFlagSingleSteps() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("90 90 0f05".replace(" ", ""));
            machine.cpu.setRflags(0x302);
            assertThat(machine.cpu.run()).isEqualTo(Trap.EXCEPTION);
            assertThat(machine.cpu.vector()).isEqualTo(1);
            assertThat(machine.cpu.rip()).isEqualTo(CODE_VA + 1);
        }
    }

    @Test
    void privilegedFlagsCannotBeSet() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.cpu.setRflags(-1L);
            assertThat(machine.cpu.rflags() & 0x3000).as("IOPL").isZero();
            machine.cpu.setRflags(0);
            assertThat(machine.cpu.rflags()).isEqualTo(0x202);
        }
    }
}
