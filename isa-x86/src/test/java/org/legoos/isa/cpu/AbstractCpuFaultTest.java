package org.legoos.isa.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.legoos.isa.cpu.GuestMachine.CODE_VA;
import static org.legoos.isa.cpu.GuestMachine.DATA_VA;
import static org.legoos.isa.cpu.GuestMachine.R;
import static org.legoos.isa.cpu.GuestMachine.STACK_TOP_VA;
import static org.legoos.isa.cpu.GuestMachine.W;
import static org.legoos.isa.cpu.GuestMachine.X;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.legoos.isa.mmu.Pte;

/** Page faults of a Cpu: address, error code, RIP, restart. The expectations are Intel SDM vol. 3, 4.7. */
public abstract class AbstractCpuFaultTest {
    protected abstract CpuEngine engine();

    private static final long UNMAPPED = DATA_VA + 0x123;
    private static final long READ_ONLY = DATA_VA + 0x1123;
    private static final long SUPERVISOR = DATA_VA + 0x2123;
    private static final long LAST_BYTES = DATA_VA + 0x3ffd;
    private static final long BEHIND_LAST = DATA_VA + 0x4000;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "read of nothing,             488b07,       unmapped,   4",
        "write to nothing,            488907,       unmapped,   6",
        "jump to nothing,             ffe7,         unmapped,   14",
        "write to read-only,          488907,       readOnly,   7",
        "increment of read-only,      48ff07,       readOnly,   7",
        "read of supervisor page,     488b07,       supervisor, 5",
        "write to supervisor page,    488907,       supervisor, 7",
        "jump to supervisor page,     ffe7,         supervisor, 15",
        "jump to no-execute page,     ffe7,         readOnly,   15",
        "read that crosses pages,     488b07,       last,       4",
        "write that crosses pages,    488907,       last,       6",
        "movups that crosses pages,   0f1007,       last,       4",
        "movups store that crosses,   0f1107,       last,       6",
        "byte string move,            488d7701f3a4, last,       4",
    })
    void tellsAddressAndErrorCode(String what, String code, String where, String errorCode) {
        try (GuestMachine machine = new GuestMachine(engine())) {
            prepare(machine);
            machine.program(code);
            long va = address(where);
            machine.cpu.setRegister(Gpr.RDI, va);
            machine.cpu.setRegister(Gpr.RCX, 100);
            assertThat(machine.cpu.run()).isEqualTo(Trap.PAGE_FAULT);
            assertThat(machine.cpu.faultVa()).isEqualTo(where.equals("last") ? BEHIND_LAST : va);
            assertThat(Integer.toHexString(machine.cpu.errorCode())).isEqualTo(errorCode);
            long rip = code.equals("ffe7") ? va : code.startsWith("488d77") ? CODE_VA + 4 : CODE_VA;
            assertThat(machine.cpu.rip()).isEqualTo(rip);
        }
    }

    private static void prepare(GuestMachine machine) {
        machine.map(DATA_VA + 0x1000, R);
        long supervisor = machine.frame();
        machine.setPte(DATA_VA + 0x2000, supervisor | Pte.PRESENT | Pte.WRITABLE);
        machine.map(DATA_VA + 0x3000, W);
    }

    private static long address(String where) {
        return switch (where) {
            case "unmapped" -> UNMAPPED;
            case "readOnly" -> READ_ONLY;
            case "supervisor" -> SUPERVISOR;
            default -> LAST_BYTES;
        };
    }

    @Test
    void pushWithoutStackLeavesStackPointer() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("50");
            long rsp = DATA_VA + 0x1000;
            machine.cpu.setRegister(Gpr.RSP, rsp);
            assertThat(machine.cpu.run()).isEqualTo(Trap.PAGE_FAULT);
            assertThat(machine.cpu.faultVa()).isEqualTo(rsp - 8);
            assertThat(machine.cpu.errorCode()).isEqualTo(6);
            assertThat(machine.cpu.register(Gpr.RSP)).isEqualTo(rsp);
        }
    }

    @Test
    void entryOutsideRamFaultsWithReservedBit() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("488b07");
            machine.setPte(DATA_VA, 1L << 38 | Pte.PRESENT | Pte.USER);
            machine.cpu.setRegister(Gpr.RDI, DATA_VA + 8);
            machine.cpu.setPageFaultHandler((va, code) -> {
                throw new AssertionError("nothing to resolve");
            });
            assertThat(machine.cpu.run()).isEqualTo(Trap.PAGE_FAULT);
            assertThat(machine.cpu.errorCode() & PageFaultCode.RESERVED_BIT).isNotZero();
        }
    }

    @Test
    void nonCanonicalAddressIsGeneralProtection() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("488b07");
            machine.cpu.setRegister(Gpr.RDI, 0x8000_0000_0000_0000L);
            assertThat(machine.cpu.run()).isEqualTo(Trap.EXCEPTION);
            assertThat(machine.cpu.vector()).isEqualTo(13);
            assertThat(machine.cpu.errorCode()).isZero();
            assertThat(machine.cpu.rip()).isEqualTo(CODE_VA);
        }
    }

    @Test
    void handlerThatMapsThePageLetsTheInstructionGoOn() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("488907488b070f05");
            List<String> seen = new ArrayList<>();
            machine.cpu.setPageFaultHandler((va, code) -> {
                seen.add(Long.toHexString(va & -4096) + " " + code);
                machine.map(va & -4096, W);
                return true;
            });
            machine.cpu.setRegister(Gpr.RDI, DATA_VA + 0xffd);
            machine.cpu.setRegister(Gpr.RAX, 0x1122334455667788L);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(0x1122334455667788L);
            assertThat(seen).containsExactlyInAnyOrder("600000 6", "601000 6");
            assertThat(machine.pte(DATA_VA) & Pte.DIRTY).isNotZero();
        }
    }

    @Test
    void faultResolvedOutsideRunRestarts() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("f3a40f05"); // rep movsb
            byte[] text = "a string that spans the end of a page".getBytes();
            long source = machine.map(DATA_VA, R);
            machine.memory.write(source, text, 0, text.length);
            long from = DATA_VA + 0x10_0000;
            machine.cpu.setRegister(Gpr.RSI, DATA_VA);
            machine.cpu.setRegister(Gpr.RDI, from + 0xff0);
            machine.cpu.setRegister(Gpr.RCX, text.length);
            assertThat(machine.cpu.run()).isEqualTo(Trap.PAGE_FAULT);
            long first = machine.map(from, W);
            assertThat(machine.cpu.run()).isEqualTo(Trap.PAGE_FAULT);
            assertThat(machine.cpu.faultVa()).isEqualTo(from + 0x1000);
            assertThat(machine.cpu.register(Gpr.RCX)).isEqualTo(text.length - 16);
            long second = machine.map(from + 0x1000, W);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            byte[] copied = new byte[text.length];
            machine.memory.read(first + 0xff0, copied, 0, 16);
            machine.memory.read(second, copied, 16, text.length - 16);
            assertThat(copied).isEqualTo(text);
        }
    }

    @Test
    void writeToReadOnlyPageBecomesCopyOnWrite() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("488b0748ff0748ff070f05");
            long shared = machine.map(DATA_VA, R);
            machine.memory.putLong(shared, 40);
            long copy = machine.frame();
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            machine.cpu.setPageFaultHandler((va, code) -> {
                assertThat(code).isEqualTo(7);
                machine.memory.copy(shared, copy, 4096);
                machine.map(DATA_VA, copy, W);
                machine.cpu.invalidatePage(DATA_VA);
                return true;
            });
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.memory.getLong(copy)).isEqualTo(42);
            assertThat(machine.memory.getLong(shared)).isEqualTo(40);
        }
    }

    /** Every fault resolved by taking the frame away from another page, as a full ExCache does. */
    @Test
    void runsInFewFramesWithEvictionInsideTheHandler() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            // 1: add rax,[rdi]; mov [rdi],rax; add rdi,4096; dec rcx; jnz 1b; syscall
            machine.program("48030748890748 81c7 00100000 48ffc9 75ee 0f05".replace(" ", ""));
            int pages = 37;
            long[] frames = {machine.frame(), machine.frame(), machine.frame()};
            long[] holds = new long[frames.length];
            byte[][] backing = new byte[pages][4096];
            int[] turn = {0};
            machine.cpu.setPageFaultHandler((va, code) -> {
                int slot = turn[0]++ % frames.length;
                if (holds[slot] != 0) {
                    machine.setPte(holds[slot], 0);
                    machine.cpu.invalidatePage(holds[slot]);
                    machine.memory.read(frames[slot], backing[(int) (holds[slot] - DATA_VA >> 12)], 0, 4096);
                }
                holds[slot] = va & -4096;
                machine.memory.write(frames[slot], backing[(int) (va - DATA_VA >> 12)], 0, 4096);
                machine.map(holds[slot], frames[slot], W);
                return true;
            });
            for (int i = 0; i < pages; i++) {
                backing[i][0] = (byte) i;
            }
            long sum = 0;
            for (int round = 0; round < 3; round++) {
                machine.cpu.setRip(CODE_VA);
                machine.cpu.setRegister(Gpr.RDI, DATA_VA);
                machine.cpu.setRegister(Gpr.RCX, pages);
                assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            }
            sum = machine.cpu.register(Gpr.RAX);
            assertThat(sum).isEqualTo(expectedSum(pages, 3));
            assertThat(turn[0]).isEqualTo(3 * pages);
        }
    }

    private static long expectedSum(int pages, int rounds) {
        long[] cells = new long[pages];
        for (int i = 0; i < pages; i++) {
            cells[i] = i;
        }
        long sum = 0;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < pages; i++) {
                sum += cells[i];
                cells[i] = sum;
            }
        }
        return sum;
    }

    @Test
    void handlerThatThrowsIsReportedByRunAndTheCpuGoesOn() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("488b070f05");
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            machine.cpu.setPageFaultHandler((va, code) -> {
                throw new IllegalStateException("kernel bug");
            });
            org.assertj.core.api.Assertions.assertThatThrownBy(machine.cpu::run).hasRootCauseMessage("kernel bug");
            machine.map(DATA_VA, W);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
        }
    }

    @Test
    void stackAndCodeFaultsAreResolvedToo() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("ffd60f05"); // call rsi; syscall
            long function = DATA_VA + 0x5000;
            machine.setPte(STACK_TOP_VA - 4096, 0);
            machine.cpu.setRegister(Gpr.RSI, function);
            List<Integer> codes = new ArrayList<>();
            machine.cpu.setPageFaultHandler((va, code) -> {
                codes.add(code);
                long pa = machine.map(va & -4096, code == 0x14 ? X : W);
                if (code == 0x14) {
                    machine.put(pa, "b801000000c3");
                }
                return true;
            });
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(1);
            assertThat(codes).containsExactly(6, 0x14);
        }
    }
}
