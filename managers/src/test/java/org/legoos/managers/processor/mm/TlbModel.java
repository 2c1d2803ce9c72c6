package org.legoos.managers.processor.mm;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.isa.mmu.Walk;

/**
 * A core that does nothing but load and store, and keeps every translation until it is shot down: with a
 * shootdown missing or late, it reads and writes lines that belong to somebody else by then.
 */
final class TlbModel {
    private final PhysicalMemory memory;
    private final AddressSpace space;
    private final Map<Long, Long> translations = new HashMap<>(); // guarded by this
    final Cpu cpu = (Cpu) Proxy.newProxyInstance(Cpu.class.getClassLoader(), new Class<?>[] {Cpu.class}, (proxy, method, args) -> {
        switch (method.getName()) {
            case "shootdown" -> drop((long) args[0]);
            case "shootdownAll" -> dropAll();
            case "translations" -> {
                return proxy;
            }
            case "hashCode" -> {
                return 1;
            }
            case "equals" -> {
                return proxy == args[0];
            }
            default -> {}
        }
        return null;
    });
    int shootdowns;
    int fault;

    TlbModel(PhysicalMemory memory, AddressSpace space) {
        this.memory = memory;
        this.space = space;
        space.attach(cpu);
    }

    private synchronized void drop(long va) {
        shootdowns++;
        translations.remove(va & -4096);
    }

    private synchronized void dropAll() {
        shootdowns++;
        translations.clear();
    }

    /** @return whether the access was possible; else {@link #fault} tells why */
    boolean store(long va, long value) {
        return access(va, PageWalker.WRITE, value) != null;
    }

    /** The value, or null. */
    Long load(long va) {
        return access(va, PageWalker.READ, 0);
    }

    private Long access(long va, int access, long value) {
        while (true) {
            synchronized (this) {
                Long walk = translations.get(va & -4096);
                if (walk == null || (Walk.permissions(walk) & (access == PageWalker.WRITE ? Walk.W : Walk.R)) == 0) {
                    walk = PageWalker.walk(memory, space.pageTableRoot(), va, access);
                }
                if (!Walk.isFault(walk)) {
                    translations.put(va & -4096, walk);
                    long pa = Walk.pagePa(walk) + (va & 4095);
                    if (access == PageWalker.WRITE) {
                        memory.putLong(pa, value);
                        return value;
                    }
                    return memory.getLong(pa);
                }
            }
            fault = space.fault(va, access);
            if (fault != 0) {
                return null;
            }
        }
    }
}
