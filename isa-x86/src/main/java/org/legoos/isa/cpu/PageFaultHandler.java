package org.legoos.isa.cpu;

/**
 * Gets first refusal on page faults, on the running Cpu's own thread, in the middle of the faulting
 * instruction. It may block (a remote miss), change page tables, and invalidate translations of the same
 * Cpu; it must not touch registers or call {@link Cpu#run}.
 */
public interface PageFaultHandler {
    /**
     * @param guestVa the address; exact to the page only (some engines do not know more yet), while
     *     {@link Cpu#faultVa} after a {@link Trap#PAGE_FAULT} is exact to the byte
     * @param errorCode x86 page-fault error code, see {@link PageFaultCode}
     * @return true to retry the access; false to leave run() with {@link Trap#PAGE_FAULT}
     */
    boolean handle(long guestVa, int errorCode);

    /** Whether resolving a fault at this address may take long, so that another thread could use the core meanwhile. Cheap. */
    default boolean mayTakeLong(long guestVa) {
        return false;
    }
}
