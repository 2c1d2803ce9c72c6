package org.legoos.isa.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.legoos.isa.cpu.GuestMachine.DATA_VA;
import static org.legoos.isa.cpu.GuestMachine.W;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other threads do to a running Cpu. */
@Timeout(30)
public abstract class AbstractCpuStopTest {
    /** 1: inc rax; inc qword [rdi]; dec rcx; jnz 1b; syscall. */
    private static final String COUNT = "48ffc048ff0748ffc975f50f05";
    /** 1: mov rax,[rdi]; jmp 1b. */
    private static final String READ_FOR_EVER = "488b07ebfb";

    protected abstract CpuEngine engine();

    private static FutureTask<Trap> start(Cpu cpu) {
        FutureTask<Trap> task = new FutureTask<>(cpu::run);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    @Test
    void interruptBeforeRunIsKept() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("0f05");
            machine.cpu.interrupt();
            assertThat(machine.cpu.run()).isEqualTo(Trap.INTERRUPTED);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
        }
    }

    @Test
    void interruptStopsAnEndlessLoop() throws Exception {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("ebfe");
            for (int i = 0; i < 200; i++) {
                FutureTask<Trap> running = start(machine.cpu);
                machine.cpu.interrupt();
                assertThat(running.get()).isEqualTo(Trap.INTERRUPTED);
            }
        }
    }

    /** Stops must fall between instructions: an increment of memory is neither lost nor done twice. */
    @Test
    void interruptsAreExact() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program(COUNT);
            long pa = machine.map(DATA_VA, W);
            long rounds = 3_000_000;
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            machine.cpu.setRegister(Gpr.RCX, rounds);
            AtomicBoolean done = new AtomicBoolean();
            Thread pest = Thread.ofPlatform().daemon().start(() -> {
                while (!done.get()) {
                    machine.cpu.interrupt();
                    Thread.yield();
                }
            });
            int stops = 0;
            while (machine.cpu.run() == Trap.INTERRUPTED) {
                stops++;
            }
            done.set(true);
            assertThat(stops).isPositive();
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(rounds);
            assertThat(machine.memory.getLong(pa)).isEqualTo(rounds);
            joined(pest);
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shootdownOfAnIdleCpuTakesEffectAtTheNextRun() {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("488b070f05");
            machine.memory.putLong(machine.map(DATA_VA, W), 1);
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            machine.cpu.run();
            for (int i = 2; i < 200; i++) { // more than are remembered one by one
                machine.cpu.shootdown(DATA_VA + i * 4096L);
            }
            machine.memory.putLong(machine.map(DATA_VA, W), 2);
            machine.cpu.shootdown(DATA_VA);
            machine.cpu.setRip(GuestMachine.CODE_VA);
            assertThat(machine.cpu.run()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(2);
        }
    }

    /** After shootdown() returns, the running loop only sees the new frame. */
    @Test
    void shootdownReachesARunningCpu() throws Exception {
        try (GuestMachine machine = new GuestMachine(engine())) {
            // 1: inc qword [rdi]; jmp 1b
            machine.program("48ff07ebfb");
            long pa = machine.map(DATA_VA, W);
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            FutureTask<Trap> running = start(machine.cpu);
            for (int i = 0; i < 20; i++) {
                while (machine.memory.getLongAcquire(pa) == 0) {
                    Thread.onSpinWait();
                }
                long next = machine.map(DATA_VA, W);
                machine.cpu.shootdown(DATA_VA);
                long after = machine.memory.getLongAcquire(pa);
                while (machine.memory.getLongAcquire(next) == 0) {
                    Thread.onSpinWait();
                }
                assertThat(machine.memory.getLongAcquire(pa)).as("the old frame is left alone").isEqualTo(after);
                pa = next;
            }
            machine.cpu.interrupt();
            assertThat(running.get()).isEqualTo(Trap.INTERRUPTED);
        }
    }

    @Test
    void shootdownOfAllFaultsTheRunningCpu() throws Exception {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program(READ_FOR_EVER);
            machine.map(DATA_VA, W);
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            FutureTask<Trap> running = start(machine.cpu);
            machine.setPte(DATA_VA, 0);
            machine.cpu.shootdownAll();
            assertThat(running.get()).isEqualTo(Trap.PAGE_FAULT);
            assertThat(machine.cpu.faultVa()).isEqualTo(DATA_VA);
        }
    }

    /** Two nodes' pagers that shoot at each other's Cpu from inside their handlers must not wait for each other. */
    @Test
    void shootdownDoesNotWaitForACpuWhoseHandlerBlocks() throws Exception {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program("488b070f05");
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            CountDownLatch inHandler = new CountDownLatch(1);
            CountDownLatch shot = new CountDownLatch(1);
            long first = machine.frame();
            long second = machine.frame();
            machine.memory.putLong(second, 2);
            machine.cpu.setPageFaultHandler((va, code) -> {
                machine.map(DATA_VA, first, W);
                inHandler.countDown();
                awaited(shot);
                return true;
            });
            FutureTask<Trap> running = start(machine.cpu);
            awaited(inHandler);
            machine.map(DATA_VA, second, W);
            machine.cpu.shootdown(DATA_VA);
            shot.countDown();
            assertThat(running.get()).isEqualTo(Trap.SYSCALL);
            assertThat(machine.cpu.register(Gpr.RAX)).isEqualTo(2);
        }
    }

    @Test
    void interruptDuringTheHandlerIsTakenAfterwards() throws Exception {
        try (GuestMachine machine = new GuestMachine(engine())) {
            machine.program(READ_FOR_EVER);
            machine.cpu.setRegister(Gpr.RDI, DATA_VA);
            machine.cpu.setPageFaultHandler((va, code) -> {
                machine.map(DATA_VA, W);
                machine.cpu.interrupt();
                return true;
            });
            assertThat(machine.cpu.run()).isEqualTo(Trap.INTERRUPTED);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
