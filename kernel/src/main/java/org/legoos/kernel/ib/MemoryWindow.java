package org.legoos.kernel.ib;

/** A window of type 2: BIND_MW lets peers use a part of a region by the window's key, LOCAL_INV ends that. */
public interface MemoryWindow extends AutoCloseable {
    int remoteKey();

    /** Changes the key for the next BIND_MW (ib_inc_rkey). */
    int nextKey();

    @Override
    void close();
}
