package org.legoos.isa.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.legoos.isa.cpu.GuestMachine.CODE_VA;
import static org.legoos.isa.cpu.GuestMachine.DATA_VA;
import static org.legoos.isa.cpu.GuestMachine.R;
import static org.legoos.isa.cpu.GuestMachine.W;
import static org.legoos.isa.cpu.GuestMachine.X;

import org.junit.jupiter.api.Test;

/** Code that changes: by the guest through one or two addresses, by the host, by remapping. */
public abstract class AbstractCpuCodeTest {
    protected abstract CpuEngine engine();

    private static final long FUNCTION_VA = DATA_VA;
    private static final long ALIAS_VA = DATA_VA + 0x10_0000;
    private static final String RETURN_ONE = "b801000000c3";
    private static final String RETURN_TWO = "b802000000c3";
    /** call rsi; mov r8d,eax; mov dword [rdi+1],2; call rsi; syscall. */
    private static final String CALL_PATCH_CALL = "ffd64189c0c7470102000000ffd60f05";

    private GuestMachine machine() {
        return new GuestMachine(engine());
    }

    private static void patches(GuestMachine machine, long writeVa) {
        machine.program(CALL_PATCH_CALL);
        machine.cpu.setRegister(Gpr.RSI, FUNCTION_VA);
        machine.cpu.setRegister(Gpr.RDI, writeVa);
        assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
        assertThat(machine.cpu.register(Gpr.R8)).isEqualTo(1);
        assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(2);
    }

    @Test
    void guestChangesItsCodeInPlace() {
        try (GuestMachine machine = machine()) {
            machine.put(machine.map(FUNCTION_VA, W | X), RETURN_ONE);
            patches(machine, FUNCTION_VA);
        }
    }

    @Test
    void guestChangesItsCodeThroughAnAliasAgainAndAgain() {
        try (GuestMachine machine = machine()) {
            long pa = machine.map(FUNCTION_VA, X);
            machine.map(ALIAS_VA, pa, W);
            for (int time = 0; time < 4; time++) {
                machine.put(pa, RETURN_ONE);
                machine.cpu.invalidateCode(pa, 4096);
                machine.map(CODE_VA, machine.frame(), X);
                machine.cpu.invalidatePage(CODE_VA);
                patches(machine, ALIAS_VA);
            }
        }
    }

    @Test
    void codeAndDataOnOnePage() {
        try (GuestMachine machine = machine()) {
            // 1: inc qword [rip+0x100]; call next; next: pop rdx; dec rcx; jnz 1b; syscall
            machine.program("48ff0500010000e8000000005a48ffc975ee0f05");
            machine.map(CODE_VA, machine.memory.getLong(machine.tables.ptePa(CODE_VA)) & 0xffff000L, W | X);
            machine.cpu.setRegister(Gpr.RCX, 100);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            long pa = machine.pte(CODE_VA) & 0xffff000L;
            assertThat(machine.memory.getLong(pa + 7 + 0x100)).isEqualTo(100);
        }
    }

    @Test
    void hostRefillsAFrame() {
        try (GuestMachine machine = machine()) {
            machine.program("ffd60f05");
            machine.cpu.setRegister(Gpr.RSI, FUNCTION_VA);
            long pa = machine.map(FUNCTION_VA, X);
            machine.put(pa, RETURN_ONE);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(1);
            machine.put(pa, RETURN_TWO);
            machine.cpu.invalidateCode(pa, 4096);
            machine.cpu.setRip(CODE_VA);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(2);
        }
    }

    @Test
    void pageIsRemapped() {
        try (GuestMachine machine = machine()) {
            machine.program("ffd60f05");
            machine.cpu.setRegister(Gpr.RSI, FUNCTION_VA);
            machine.put(machine.map(FUNCTION_VA, X), RETURN_ONE);
            machine.cpu.run();
            machine.put(machine.map(FUNCTION_VA, X), RETURN_TWO);
            machine.cpu.invalidatePage(FUNCTION_VA);
            machine.cpu.setRip(CODE_VA);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(2);
        }
    }

    @Test
    void executablePageWithoutWritePermissionStaysReadOnly() {
        try (GuestMachine machine = machine()) {
            machine.program("c6050900000001"); // mov byte [rip+9],1
            assertThat(machine.cpu.run()).isEqualTo(Trap.PAGE_FAULT);
            assertThat(machine.cpu.errorCode()).isEqualTo(7);
        }
    }

    @Test
    void addressSpacesAreSwitched() {
        try (GuestMachine machine = machine()) {
            machine.program("488b070f05");
            machine.memory.putLong(machine.map(DATA_VA, R), 1);
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            machine.cpu.run();
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(1);
            long other = machine.frame();
            machine.cpu.setPageTableRoot(other); // empty
            machine.cpu.setRip(CODE_VA);
            assertThat(machine.cpu.run()).isEqualTo(Trap.PAGE_FAULT);
            assertThat(machine.cpu.errorCode()).isEqualTo(0x14);
            machine.cpu.setPageTableRoot(machine.tables.rootPa());
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
        }
    }
}
