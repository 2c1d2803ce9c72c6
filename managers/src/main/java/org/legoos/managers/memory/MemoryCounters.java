package org.legoos.managers.memory;

import org.legoos.kernel.counters.Counter;
import org.legoos.kernel.counters.Counters;

/** The memory manager's counters: the original's names (managers/memory/stat.c), then ours of the same form. */
final class MemoryCounters {
    final Counter pcacheMiss;
    final Counter pcacheFlush;
    final Counter pcacheZerofill;
    final Counter mmap;
    final Counter munmap;
    final Counter brk;
    final Counter read;
    final Counter write;
    final Counter mremap;
    final Counter mprotect;
    final Counter madvise;
    final Counter msync;
    final Counter execve;
    final Counter exit;
    final Counter fork;
    final Counter file;
    /** Misses and flushes for which there was no frame. */
    final Counter outOfMemory;
    /** Messages that made no sense. */
    final Counter badMessage;
    /** Requests handed to the workers because a lock was taken. */
    final Counter lockBusy;
    /** Requests refused because the workers' ring was full. */
    final Counter ringFull;

    MemoryCounters(Counters counters) {
        pcacheMiss = counters.counter("handle_pcache_miss");
        pcacheFlush = counters.counter("handle_pcache_flush");
        pcacheZerofill = counters.counter("handle_pcache_zerofill");
        mmap = counters.counter("handle_p2m_mmap");
        munmap = counters.counter("handle_p2m_munmap");
        brk = counters.counter("handle_p2m_brk");
        read = counters.counter("handle_read");
        write = counters.counter("handle_write");
        mremap = counters.counter("handle_p2m_mremap");
        mprotect = counters.counter("handle_p2m_mprotect");
        madvise = counters.counter("handle_p2m_madvise");
        msync = counters.counter("handle_p2m_msync");
        execve = counters.counter("handle_p2m_execve");
        exit = counters.counter("handle_p2m_exit");
        fork = counters.counter("handle_p2m_fork");
        file = counters.counter("handle_p2s");
        outOfMemory = counters.counter("memory_nr_out_of_memory");
        badMessage = counters.counter("memory_nr_bad_messages");
        lockBusy = counters.counter("memory_nr_lock_busy");
        ringFull = counters.counter("thpool_nr_ring_full");
    }
}
