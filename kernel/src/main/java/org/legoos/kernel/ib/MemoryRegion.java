package org.legoos.kernel.ib;

/** A registered region. Addresses in work requests and RETHs are relative to the region's own address space. */
public interface MemoryRegion extends AutoCloseable {
    int localKey();

    int remoteKey();

    @Override
    void close();
}
