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

/** More groups than cores: who sleeps gives its core away, who computes does so after a while, and registers go along. */
class CorePoolTest {
    private static final int REGISTERS = 16;
    private static final int COUNTER = 3;
    private static final int CORES = 2;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicBoolean computes = new AtomicBoolean();
    private final CpuEngine engine = proxy(CpuEngine.class, (self, method, args) -> switch (method.getName()) {
        case "atomicBetweenCpus" -> false;
        case "newCpu" -> proxy(Cpu.class, new Core());
        default -> null;
    });
    private final CorePool pool = new CorePool(() -> engine, null, HostClock.instance(), 64, CORES);

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private record Saved(long[] registers) implements InvocationHandler {
        @Override
        public Object invoke(Object self, java.lang.reflect.Method method, Object[] args) {
            return switch (method.getName()) {
                case "register" -> registers[(int) args[0]];
                case "setRegister" -> registers[(int) args[0]] = (long) args[1];
                default -> null;
            };
        }
    }

    /** Counts its runs in a register; computes until it is interrupted when asked to. */
    private final class Core implements InvocationHandler {
        private final long[] live = new long[REGISTERS];
        private final AtomicBoolean isInterrupted = new AtomicBoolean();

        Core() {
            made.incrementAndGet();
        }

        @Override
        public Object invoke(Object self, java.lang.reflect.Method method, Object[] args) {
            return switch (method.getName()) {
                case "run" -> run();
                case "interrupt" -> {
                    isInterrupted.set(true);
                    yield null;
                }
                case "newContext" -> proxy(CpuContext.class, new Saved(new long[REGISTERS]));
                case "save" -> copy(live, saved(args[0]));
                case "restore" -> copy(saved(args[0]), live);
                case "register" -> live[(int) args[0]];
                case "setRegister" -> live[(int) args[0]] = (long) args[1];
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == args[0];
                default -> null;
            };
        }

        private Trap run() {
            live[COUNTER]++;
            while (computes.get() && !isInterrupted.get()) {
                Thread.onSpinWait();
            }
            return isInterrupted.getAndSet(false) ? Trap.INTERRUPTED : Trap.SYSCALL;
        }
    }

    private static long[] saved(Object context) {
        return ((Saved) Proxy.getInvocationHandler(context)).registers();
    }

    private static Object copy(long[] from, long[] to) {
        System.arraycopy(from, 0, to, 0, REGISTERS);
        return null;
    }

    private SharedCpu newCpu() {
        SharedCpu cpu = new RunGroup(pool, HostClock.instance()).newCpu();
        cpu.setRegister(COUNTER, 0);
        return cpu;
    }

    @Test
    void sleepersGiveTheirCoresAway() {
        List<SharedCpu> cpus = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            cpus.add(newCpu());
        }
        for (int round = 0; round < 3; round++) {
            for (SharedCpu cpu : cpus) {
                cpu.run();
                cpu.giveWay();
            }
        }
        assertThat(cpus).allMatch(cpu -> cpu.register(COUNTER) == 3);
        assertThat(made.get()).isLessThanOrEqualTo(CORES);
        assertThat(pool.steals()).isPositive();
        cpus.forEach(SharedCpu::close);
        pool.close();
        assertThat(pool.count()).isZero();
    }

    @Test
    void whoComputesGivesTheCoreUpAfterAWhile() throws InterruptedException {
        computes.set(true);
        List<Thread> threads = new ArrayList<>();
        List<SharedCpu> cpus = new ArrayList<>();
        for (int i = 0; i < 3 * CORES; i++) {
            SharedCpu cpu = newCpu();
            cpus.add(cpu);
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                while (cpu.run() == Trap.SYSCALL && computes.get()) {
                    Thread.onSpinWait();
                }
                cpu.giveWay();
            }));
        }
        for (SharedCpu cpu : cpus) {
            while (cpu.register(COUNTER) == 0) { // in time, all have had a core
                Thread.onSpinWait();
            }
        }
        computes.set(false);
        cpus.forEach(SharedCpu::interrupt);
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(made.get()).isEqualTo(CORES);
    }
}
