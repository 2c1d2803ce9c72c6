package org.legoos.kernel.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuContext;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.cpu.Trap;
import org.legoos.isa.time.HostClock;

/** Threads on one core: one at a time, each with its registers, nobody left out. */
class RunGroupTest {
    private static final int REGISTERS = 16;
    private static final int COUNTER = 3;

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicBoolean collided = new AtomicBoolean();
    private final AtomicBoolean isInterrupted = new AtomicBoolean();
    private final AtomicBoolean computes = new AtomicBoolean();
    private final long[] live = new long[REGISTERS];
    private final CpuEngine engine = proxy(CpuEngine.class, (self, method, args) -> switch (method.getName()) {
        case "atomicBetweenCpus" -> false;
        case "newCpu" -> core();
        default -> null;
    });
    private final RunGroup group = new RunGroup(new CorePool(() -> engine, null, HostClock.instance(), 64), HostClock.instance());

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Cpu core() {
        return proxy(Cpu.class, (self, method, args) -> switch (method.getName()) {
            case "run" -> run();
            case "interrupt" -> {
                isInterrupted.set(true);
                yield null;
            }
            case "engine" -> engine;
            case "core" -> self;
            case "newContext" -> context(new long[REGISTERS]);
            case "save" -> ((Saved) Proxy.getInvocationHandler(args[0])).take(live);
            case "restore" -> ((Saved) Proxy.getInvocationHandler(args[0])).give(live);
            case "register" -> live[(int) args[0]];
            case "setRegister" -> live[(int) args[0]] = (long) args[1];
            case "hashCode" -> 1;
            case "equals" -> self == args[0];
            default -> null;
        });
    }

    private record Saved(long[] registers) implements InvocationHandler {
        Object take(long[] from) {
            System.arraycopy(from, 0, registers, 0, REGISTERS);
            return null;
        }

        Object give(long[] to) {
            System.arraycopy(registers, 0, to, 0, REGISTERS);
            return null;
        }

        @Override
        public Object invoke(Object self, java.lang.reflect.Method method, Object[] args) {
            return switch (method.getName()) {
                case "register" -> registers[(int) args[0]];
                case "setRegister" -> registers[(int) args[0]] = (long) args[1];
                default -> null;
            };
        }
    }

    private static CpuContext context(long[] registers) {
        return proxy(CpuContext.class, new Saved(registers));
    }

    private Trap run() {
        if (inside.incrementAndGet() != 1) {
            collided.set(true);
        }
        live[COUNTER]++;
        while (computes.get() && !isInterrupted.get()) {
            Thread.onSpinWait();
        }
        inside.decrementAndGet();
        return isInterrupted.getAndSet(false) ? Trap.INTERRUPTED : Trap.SYSCALL;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void oneAtATimeAndEachWithItsRegisters() throws InterruptedException {
        List<SharedCpu> cpus = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SharedCpu cpu = group.newCpu();
            cpu.setRegister(COUNTER, 0);
            cpus.add(cpu);
            int each = i + 1;
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                for (int k = 0; k < 2000; k++) {
                    while (cpu.run() != Trap.SYSCALL) {
                        Thread.onSpinWait();
                    }
                    if (k % each == 0) {
                        cpu.giveWay();
                    }
                }
                cpu.giveWay();
            }));
        }
        join(threads);
        assertThat(collided).isFalse();
        for (SharedCpu cpu : cpus) {
            assertThat(cpu.register(COUNTER)).isGreaterThanOrEqualTo(2000);
        }
    }

    @Test
    void whoOnlyComputesIsPreempted() throws InterruptedException {
        computes.set(true);
        List<Thread> threads = new ArrayList<>();
        AtomicInteger reached = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            SharedCpu cpu = group.newCpu();
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                while (cpu.register(COUNTER) < 5) {
                    cpu.run(); // ends when the core does not compute any more
                }
                cpu.giveWay();
            }));
            Thread watcher = Thread.ofPlatform().daemon().start(() -> {
                while (computes.get() && cpu.waitedNs() == 0) {
                    Thread.onSpinWait();
                }
                if (reached.incrementAndGet() == 3) {
                    computes.set(false); // each has waited for a turn and got it
                }
            });
            threads.add(watcher);
        }
        join(threads);
        assertThat(collided).isFalse();
    }

    @Test
    void anInterruptReachesWhoeverHasTheTurnLater() {
        SharedCpu cpu = group.newCpu();
        cpu.interrupt();
        assertThat(cpu.run()).isEqualTo(Trap.INTERRUPTED);
        assertThat(cpu.run()).isEqualTo(Trap.SYSCALL);
        assertThat(cpu.isHolding()).isTrue();
        cpu.giveWay();
        assertThat(cpu.isHolding()).isFalse();
    }
}
