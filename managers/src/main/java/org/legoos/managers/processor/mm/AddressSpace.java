package org.legoos.managers.processor.mm;

import org.legoos.isa.cpu.Cpu;

/**
 * One process's address space as the processor node keeps it: the emulated page table whose present
 * entries are ExCache lines, the ranges with their protections (the home memory node has the
 * authoritative VMAs and all content), and the calls that change them. Each call that changes the map asks the home node
 * first. All methods are for the process's own threads, any number at a time.
 * Results are as of the system calls: an address or 0, or a negative errno.
 */
public interface AddressSpace {
    /**
     * Puts a core into this address space: page-table root and page-fault handler are set, and from now on
     * changes of the map reach it (shootdown). The core must not be running.
     */
    void attach(Cpu cpu);

    /** Takes the core out again; before its next attach or close. */
    void detach(Cpu cpu);

    /** A new accessor to this memory for one kernel thread (it has state: {@link UserMemory#faulted}). */
    UserMemory newUserMemory();

    /** The kernel thread that had this accessor needs it no more. */
    void forget(UserMemory accessor);

    /** guestPa of the PML4, for Cpu.setPageTableRoot. */
    long pageTableRoot();

    /** mmap(2) of anonymous memory or of a file (path null for anonymous). Flags and prot are Linux's numbers. */
    long mmap(long addr, long lengthBytes, int prot, int flags, String path, long fileOffset);

    /** mmap(2) of shared memory from a page-aligned offset on; MAP_PRIVATE gives copies of what is written. */
    long mmapShared(long addr, long lengthBytes, int prot, int flags, SharedMemory object, long offset);

    /** A flag for {@link #mmapShared}: mprotect(2) is not to make it writable, as the descriptor is not. */
    int NEVER_WRITABLE = 1 << 30;

    /** Whether it may write to memory that other address spaces may map: their threads then take turns with its own. */
    boolean sharesWritable();

    long munmap(long addr, long lengthBytes);

    long brk(long addr);

    /** Where the heap begins. */
    long heapStart();

    long mremap(long oldAddr, long oldLengthBytes, long newLengthBytes, int flags, long newAddr);

    long mprotect(long addr, long lengthBytes, int prot);

    long madvise(long addr, long lengthBytes, int advice);

    long msync(long addr, long lengthBytes, int flags);

    /**
     * What a word at guestVa is a word of, for futexes that processes share: the object that a shared mapping shows, or
     * this address space. Equal objects and {@link #objectOffset}s are the same memory.
     *
     * @return null when nothing is mapped there
     */
    Object objectAt(long guestVa);

    /** Where in {@link #objectAt} the address is. */
    long objectOffset(long guestVa);

    /** A file that ranges of this address space map, and what must be told about it. */
    interface FileMapping {
        /** No range maps the file any more. */
        void ended(AddressSpace space);

        /** A copy of the address space maps it too (fork). */
        void inherited(AddressSpace child);
    }

    /**
     * Keeps a file until no range maps it any more.
     *
     * @param path as the ranges have it
     * @return false when it is kept already
     */
    boolean keep(String path, FileMapping mapping);

    /**
     * Before the program runs: pages of its ranges of a file that nobody writes to are the lines that all mappings of the file show. What one
     * program has fetched, and the engine translated, need not be again for the next.
     *
     * @param path as the ranges have it
     */
    void share(String path, FileMemory memory);

    /**
     * Sends home what was written to lines of a file's bytes [fromOffset, toOffset), and also forgets the lines when
     * {@code drop}. Any thread.
     */
    void syncFile(String path, long fromOffset, long toOffset, boolean drop);

    /** What is known of its pages without its lock. */
    PageCounts pages();

    /** mincore(2)-style: whether any byte of the page belongs to a mapping. */
    boolean isMapped(long guestVa);

    /**
     * Makes the page that guestVa lies in present for the access (a PageWalker access code), as a page
     * fault does: fills the line from the memory node, a victim or zero, or breaks copy-on-write.
     *
     * @return 0; {@link #FAULT_MAPERR}, {@link #FAULT_ACCERR}, {@link #FAULT_BUS} or {@link #FAULT_OOM}
     */
    int fault(long guestVa, int access);

    int FAULT_MAPERR = 1;
    int FAULT_ACCERR = 2;
    int FAULT_BUS = 3;
    int FAULT_OOM = 4;

    /** mlock(2) and its relatives. */
    MemoryLocks locks();

    /** The ranges in address order, for /proc/self/maps. */
    void forEachRange(RangeVisitor visitor);

    /** Gets one range; flags as MAP_*; path null for anonymous ones; name e.g. "[heap]", "[stack]" or null. */
    @FunctionalInterface
    interface RangeVisitor {
        void range(long startVa, long endVa, int prot, int flags, long fileOffset, String pathOrName);
    }

    /** Resident bytes in the ExCache, and mapped bytes: for /proc/self/statm and getrusage. */
    long residentBytes();

    long mappedBytes();

    /** One more process uses it (CLONE_VM without CLONE_THREAD, vfork). A new address space has one user. */
    void retain();

    /** execve or exit of one user; the last one drops every line and page table and tells the home node. */
    void release();

    /** Whether more than one process uses it now. */
    boolean isShared();
}
