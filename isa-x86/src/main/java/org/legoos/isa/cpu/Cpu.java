package org.legoos.isa.cpu;

/**
 * One x86-64 core that executes user mode (CPL 3) over the node's physical memory through the page
 * tables at {@link #pageTableRoot}. Kernel code is Java; the core leaves {@link #run} where hardware
 * would enter the kernel.
 *
 * <p>Threads: a Cpu is owned by the thread that calls run(). All methods belong to the owner, except
 * {@link #interrupt}, {@link #shootdown} and {@link #shootdownAll}, which any thread may call. Different
 * threads may own a Cpu one after the other (with a happens-before between them).
 *
 * <p>Memory model: what the host writes to RAM is seen by the next guest access; the exception is code,
 * see {@link #invalidateCode}. Whether LOCKed instructions are atomic against other Cpus is told by
 * {@link CpuEngine#atomicBetweenCpus}.
 */
public interface Cpu extends CpuState, TranslationCache, AutoCloseable {
    CpuEngine engine();

    /** What holds the translations: this one, or what several Cpus take turns on. */
    default TranslationCache translations() {
        return this;
    }

    /** All registers as execve(2) gives them: zero, x87/SSE at reset defaults (FCW 0x37f, MXCSR 0x1f80), RFLAGS 0x202. */
    void resetUserState();

    /** Runs until a trap. Never throws for anything that the guest does. */
    Trap run();

    /** Faulting address of the last PAGE_FAULT. */
    long faultVa();

    /** Error code of the last PAGE_FAULT or EXCEPTION (0 where the vector has none). */
    int errorCode();

    /** Vector of the last EXCEPTION: 0 #DE, 1 #DB, 3 #BP, 4 #OF, 6 #UD, 13 #GP, 16 #MF, 17 #AC, 19 #XM, 0x80 int 0x80. */
    int vector();

    /** Installs the handler that sees page faults first; null for none. */
    void setPageFaultHandler(PageFaultHandler handler);

    /** Makes the current or the next run() return INTERRUPTED soon (tens of microseconds). Any thread. Never lost. */
    void interrupt();

    /** Guest-physical address of the PML4. */
    long pageTableRoot();

    /** Switches address spaces; drops all translations. */
    void setPageTableRoot(long pml4Pa);

    /** Drops the translation of one page. Owner thread only (also from inside the page-fault handler). */
    void invalidatePage(long guestVa);

    /** Drops all translations. Owner thread only. */
    void invalidateAll();

    /**
     * Drops translated code of the frames [guestPa, guestPa+lengthBytes): call it when a frame that may
     * have been executed is refilled with other content. Cheap when it held none. Same threads as shootdown.
     */
    void invalidateCode(long guestPa, long lengthBytes);

    /** A blank context, to be filled by {@link #save}. */
    CpuContext newContext();

    void save(CpuContext to);

    /** Loads a context that this engine kind made; the address space and translations stay. */
    void restore(CpuContext from);

    @Override
    void close();
}
