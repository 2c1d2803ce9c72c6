package org.legoos.managers.processor.mm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.TranslationCache;
import org.legoos.kernel.sched.CorePool;
import org.legoos.managers.processor.pcache.Tlb;

/**
 * Everybody who may hold translations of one address space: the cores that run its threads (one for all threads that take turns on
 * it), and kernel threads in the middle of a copy from or to it.
 */
final class SpaceTlb implements Tlb {
    private final CorePool pool;
    private Cpu[] cpus = new Cpu[0]; // guarded by this
    private volatile TranslationCache[] caches = new TranslationCache[0]; // written under this
    private volatile PageTableUserMemory[] accessors = new PageTableUserMemory[0];

    SpaceTlb(CorePool pool) {
        this.pool = pool;
    }

    synchronized void add(Cpu cpu) {
        Cpu[] grown = Arrays.copyOf(cpus, cpus.length + 1);
        grown[cpus.length] = cpu;
        setCpus(grown);
    }

    synchronized void remove(Cpu cpu) {
        setCpus(Arrays.stream(cpus).filter(other -> other != cpu).toArray(Cpu[]::new));
    }

    private void setCpus(Cpu[] now) {
        cpus = now;
        List<TranslationCache> distinct = new ArrayList<>();
        for (Cpu cpu : now) {
            TranslationCache cache = cpu.translations();
            if (distinct.isEmpty() || distinct.getLast() != cache && !isIn(distinct, cache)) {
                distinct.add(cache);
            }
        }
        caches = distinct.toArray(TranslationCache[]::new);
    }

    private static boolean isIn(List<TranslationCache> list, TranslationCache cache) {
        for (TranslationCache other : list) {
            if (other == cache) {
                return true;
            }
        }
        return false;
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
        for (TranslationCache cache : caches) {
            cache.shootdown(guestVa);
        }
        quiesceAccessors();
    }

    @Override
    public void invalidateAll() {
        for (TranslationCache cache : caches) {
            cache.shootdownAll();
        }
        quiesceAccessors();
    }

    @Override
    public void invalidateCode(long guestPa, long lengthBytes) {
        pool.invalidateCode(guestPa, lengthBytes); // any core may have run it, for another process
    }

    private void quiesceAccessors() {
        for (PageTableUserMemory accessor : accessors) {
            accessor.quiesce();
        }
    }
}
