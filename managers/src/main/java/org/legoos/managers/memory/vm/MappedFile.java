package org.legoos.managers.memory.vm;

/**
 * A file as mappings see it. {@link #retain} and {@link #release} never wait; the page methods are called with the
 * file's lock held.
 */
public interface MappedFile {
    /** For /proc/self/maps. */
    String path();

    long sizeBytes();

    /** Whether a page can be had without waiting for another node. */
    default boolean isReady(long pageIndex) {
        return true;
    }

    /** guestPa of a page of the file; 0 when it is a hole; a negative errno when it cannot be read in. */
    long pagePa(long pageIndex);

    /** As pagePa, but fills a hole with a zero page; 0 when out of memory. */
    long ensurePagePa(long pageIndex);

    /** A page has been written to: who keeps the file elsewhere must be told in time. */
    default void wrote(long pageIndex) {}

    boolean tryLock();

    void lock();

    void unlock();

    /** One more mapping keeps the file alive. */
    void retain();

    void release();
}
