package org.legoos.managers.processor.mm;

import java.util.Arrays;
import org.legoos.isa.cpu.Cpu;
import org.legoos.managers.processor.pcache.Tlb;

/**
 * Everybody who may hold translations of one address space: the cores that are attached to it, and kernel threads in the middle of
 * a copy from or to it.
 */
final class SpaceTlb implements Tlb {
    private volatile Cpu[] cpus = new Cpu[0];
    private volatile PageTableUserMemory[] accessors = new PageTableUserMemory[0];

    synchronized void add(Cpu cpu) {
        Cpu[] grown = Arrays.copyOf(cpus, cpus.length + 1);
        grown[cpus.length] = cpu;
        cpus = grown;
    }

    synchronized void remove(Cpu cpu) {
        cpus = Arrays.stream(cpus).filter(other -> other != cpu).toArray(Cpu[]::new);
    }

    synchronized void add(PageTableUserMemory accessor) {
        PageTableUserMemory[] grown = Arrays.copyOf(accessors, accessors.length + 1);
        grown[accessors.length] = accessor;
        accessors = grown;
    }

    synchronized void remove(PageTableUserMemory accessor) {
        accessors =
                Arrays.stream(accessors).filter(other -> other != accessor).toArray(PageTableUserMemory[]::new);
    }

    @Override
    public void invalidatePage(long guestVa) {
        for (Cpu cpu : cpus) {
            cpu.shootdown(guestVa);
        }
        quiesceAccessors();
    }

    @Override
    public void invalidateAll() {
        for (Cpu cpu : cpus) {
            cpu.shootdownAll();
        }
        quiesceAccessors();
    }

    @Override
    public void invalidateCode(long guestPa, long lengthBytes) {
        for (Cpu cpu : cpus) {
            cpu.invalidateCode(guestPa, lengthBytes);
        }
    }

    private void quiesceAccessors() {
        for (PageTableUserMemory accessor : accessors) {
            accessor.quiesce();
        }
    }
}
