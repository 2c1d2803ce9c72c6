package org.legoos.isa.unicorn;

import java.util.HexFormat;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.Gpr;
import org.legoos.isa.cpu.Trap;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.Pte;
import org.legoos.isa.time.HostClock;

/**
 * The proof at start-up that the loaded library does what the rest relies on. Some builds of libunicorn go wrong
 * silently: a fault that does not restart, a stop that executes an instruction twice, code that is stale.
 */
final class UnicornSelfTest {
    private static final long RAM_BYTES = 1 << 20;
    private static final long PAGE = PhysicalMemory.PAGE_SIZE;

    /** Physical memory: four tables, then frames. */
    private static final long PML4_PA = 0x1000;

    private static final long PDPT_PA = 0x2000;
    private static final long DIRECTORY_PA = 0x3000;
    private static final long TABLE_PA = 0x4000;
    private static final long CODE_PA = 0x5000;
    private static final long DATA_PA = 0x6000;
    private static final long FUNCTION_PA = 0x7000;

    private static final long CODE_VA = 0x1000;
    private static final long DATA_VA = 0x2000;
    private static final long FUNCTION_VA = 0x3000;
    private static final long ALIAS_VA = 0x4000;

    private static final int EXCEPTION_DIVIDE = 0;
    private static final int PAGE_FAULT_WRITE = 6;
    private static final long COUNT = 2_000_000;
    private static final int INTERRUPTS_MIN = 20;

    private final PhysicalMemory memory = PhysicalMemory.ofSize(RAM_BYTES);
    private final Cpu cpu;

    private UnicornSelfTest(UnicornEngine engine) {
        long link = Pte.PRESENT | Pte.WRITABLE | Pte.USER;
        memory.putLong(PML4_PA, PDPT_PA | link);
        memory.putLong(PDPT_PA, DIRECTORY_PA | link);
        memory.putLong(DIRECTORY_PA, TABLE_PA | link);
        cpu = engine.newCpu(memory);
        cpu.setPageTableRoot(PML4_PA);
    }

    /** Returns what RDTSC counts, per second. */
    static long run(UnicornEngine engine) {
        UnicornSelfTest test = new UnicornSelfTest(engine);
        try {
            HostClock clock = HostClock.instance();
            test.timeStamp(); // translated once, so that the two that count take the same time
            long startNs = clock.nowNs();
            long startTicks = test.timeStamp();
            test.systemCall();
            test.pageFaultRestarts();
            test.exceptions();
            test.codeThroughAlias();
            test.asynchronousStop();
            long ticks = test.timeStamp() - startTicks;
            return Math.round(ticks * 1e9 / (clock.nowNs() - startNs));
        } finally {
            test.cpu.close();
            test.memory.close();
        }
    }

    /** rdtsc; shl rdx,32; or rax,rdx; syscall. */
    private long timeStamp() {
        program("0f3148c1e2204809d00f05");
        Trap trap;
        do {
            trap = cpu.run(); // the last interrupt of the stop test may still be pending
        } while (trap == Trap.INTERRUPTED);
        expect(trap == Trap.SYSCALL, "reading the time-stamp counter");
        return cpu.register(Gpr.RAX);
    }

    /** inc rax; syscall. */
    private void systemCall() {
        program("48ffc00f05");
        cpu.setRegister(Gpr.RAX, 41);
        expect(cpu.run() == Trap.SYSCALL && cpu.register(Gpr.RAX) == 42 && cpu.rip() == CODE_VA + 5
                && cpu.register(Gpr.RCX) == CODE_VA + 5, "system call");
    }

    /** mov [rdi],rax; inc qword [rdi]; syscall. */
    private void pageFaultRestarts() {
        program("48890748ff070f05");
        long va = DATA_VA + PAGE - 5; // the second page is missing too: one instruction, two faults
        cpu.setRegister(Gpr.RDI, va);
        cpu.setRegister(Gpr.RAX, 0x0102030405060708L);
        expect(cpu.run() == Trap.PAGE_FAULT && cpu.faultVa() == va && cpu.errorCode() == PAGE_FAULT_WRITE
                && cpu.rip() == CODE_VA, "exact page fault");
        cpu.setPageFaultHandler((guestVa, code) -> {
            map(guestVa & -PAGE, guestVa < DATA_VA + PAGE ? DATA_PA : FUNCTION_PA, Pte.WRITABLE | Pte.NO_EXECUTE);
            return true;
        });
        expect(cpu.run() == Trap.SYSCALL && (memory.getLong(DATA_PA + PAGE - 8) >>> 24) == 0x0405060709L
                && (memory.getLong(FUNCTION_PA) & 0xff_ffff) == 0x010203, "restart after page faults");
        cpu.setPageFaultHandler(null);
        map(DATA_VA + PAGE, 0, 0);
        memory.putLong(FUNCTION_PA, 0);
    }

    /** xor ecx,ecx; div ecx: twice, because a library that keeps the first in mind makes a double fault of it. */
    private void exceptions() {
        for (int time = 0; time < 2; time++) {
            program("31c9f7f1");
            expect(cpu.run() == Trap.EXCEPTION && cpu.vector() == EXCEPTION_DIVIDE && cpu.rip() == CODE_VA + 2,
                    "exception");
        }
    }

    /** call rsi; mov r8d,eax; mov dword [rdi+1],2; call rsi; syscall, where rdi is another address of the function. */
    private void codeThroughAlias() {
        program("ffd64189c0c7470102000000ffd60f05");
        map(FUNCTION_VA, FUNCTION_PA, 0);
        map(ALIAS_VA, FUNCTION_PA, Pte.WRITABLE | Pte.NO_EXECUTE);
        put(FUNCTION_PA, "b801000000c3"); // mov eax,1; ret
        cpu.setRegister(Gpr.RSI, FUNCTION_VA);
        cpu.setRegister(Gpr.RDI, ALIAS_VA);
        cpu.setRegister(Gpr.RSP, DATA_VA + PAGE);
        expect(cpu.run() == Trap.SYSCALL && cpu.register(Gpr.R8) == 1 && cpu.register(Gpr.RAX) == 2,
                "self-modifying code through an alias");
    }

    /** 1: inc rax; inc qword [rdi]; dec rcx; jnz 1b; syscall: stopped again and again, both counts must come out. */
    private void asynchronousStop() {
        program("48ffc048ff0748ffc975f50f05");
        memory.putLong(DATA_PA, 0);
        cpu.setRegister(Gpr.RAX, 0);
        cpu.setRegister(Gpr.RDI, DATA_VA);
        cpu.setRegister(Gpr.RCX, COUNT);
        Pest pest = new Pest(cpu);
        Thread thread = Thread.ofPlatform().daemon().name("cpu-self-test").start(pest);
        int interrupts = 0;
        while (cpu.run() == Trap.INTERRUPTED) {
            interrupts++;
            if (interrupts == INTERRUPTS_MIN) {
                cpu.setRegister(Gpr.RCX, Math.min(cpu.register(Gpr.RCX), COUNT / 100));
            }
        }
        pest.stop = true;
        while (thread.isAlive()) {
            Thread.onSpinWait();
        }
        expect(cpu.register(Gpr.RAX) == memory.getLong(DATA_PA) && cpu.register(Gpr.RCX) == cpu.rip(),
                "asynchronous stop");
    }

    private static final class Pest implements Runnable {
        private final Cpu cpu;
        private volatile boolean stop;

        Pest(Cpu cpu) {
            this.cpu = cpu;
        }

        @Override
        public void run() {
            while (!stop) {
                cpu.interrupt();
                Thread.yield();
            }
        }
    }

    private void program(String hex) {
        put(CODE_PA, hex);
        map(CODE_VA, CODE_PA, 0);
        cpu.invalidateCode(CODE_PA, PAGE);
        cpu.setRip(CODE_VA);
    }

    private void map(long va, long pa, long rights) {
        memory.putLong(TABLE_PA + (va >>> PhysicalMemory.PAGE_SHIFT << 3),
                pa == 0 ? 0 : pa | Pte.PRESENT | Pte.USER | rights);
        cpu.invalidatePage(va);
    }

    private void put(long pa, String hex) {
        byte[] code = HexFormat.of().parseHex(hex);
        memory.write(pa, code, 0, code.length);
    }

    private void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(
                    "unicorn " + Uc.version() + " fails the self-test: " + what + " does not work (rip 0x"
                            + Long.toHexString(cpu.rip()) + ", fault address 0x" + Long.toHexString(cpu.faultVa())
                            + ", error code " + cpu.errorCode() + ", vector " + cpu.vector() + ")");
        }
    }
}
