package org.legoos.isa.cpu;

/** Something that remembers translations of an address space: a core, or what stands for one. */
public interface TranslationCache {
    /**
     * From any thread: after return no access uses the old translation of the page. Direct when the core is not running or
     * the caller owns it; else it is stopped for an instant.
     */
    void shootdown(long guestVa);

    /** {@link #shootdown} of every page. */
    void shootdownAll();
}
