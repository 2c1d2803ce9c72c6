package org.legoos.kernel.ib;

/** A protection domain. */
public interface ProtectionDomain {
    /**
     * The whole of physical memory: addresses are guestPa (Linux's ib_get_dma_mr).
     *
     * @param remoteAccess whether peers may read, write and do atomics with the remote key
     */
    MemoryRegion dmaRegion(boolean remoteAccess);

    /**
     * Registers [guestPa, guestPa + lengthBytes), physically contiguous; addresses start at {@code virtualAddress},
     * which is at the same place in its 4 KiB page as guestPa.
     */
    MemoryRegion register(long virtualAddress, long guestPa, long lengthBytes, boolean remoteAccess);

    /** As the other, with rights of {@link Access}. */
    MemoryRegion register(long virtualAddress, long guestPa, long lengthBytes, int rights);

    /** @param maxPages of 4 KiB that one registration may have, 1 to 512 */
    FastRegion allocFastRegion(int maxPages);

    MemoryWindow allocWindow();
}
