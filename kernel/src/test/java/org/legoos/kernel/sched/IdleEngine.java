package org.legoos.kernel.sched;

import java.lang.reflect.Proxy;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuContext;
import org.legoos.isa.cpu.CpuEngine;

/** An engine whose CPUs do nothing, for tests of who gets a turn on them. */
final class IdleEngine {
    private IdleEngine() {}

    static CpuEngine create() {
        return idle(CpuEngine.class);
    }

    private static <T> T idle(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) ->
                switch (method.getName()) {
                    case "newCpu" -> idle(Cpu.class);
                    case "newContext" -> idle(CpuContext.class);
                    case "atomicBetweenCpus" -> false;
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == args[0];
                    default -> null;
                }));
    }
}
