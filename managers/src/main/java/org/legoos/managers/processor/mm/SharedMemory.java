package org.legoos.managers.processor.mm;

import org.legoos.kernel.sched.RunGroup;

/**
 * Memory that several address spaces can map and that belongs to none: what is behind MAP_SHARED|MAP_ANONYMOUS, memfd_create(2)
 * and shmget(2). It is an address space of its own without a process: its home memory node owns the content, the ExCache has each
 * of its pages in at most one line, which everybody maps. Zeros where nothing was written. Thread-safe.
 */
public interface SharedMemory {
    long sizeBytes();

    /**
     * Changes the size; what is behind the new end is gone from all who map it, and their accesses there are SIGBUS.
     *
     * @return 0 or a negative errno
     */
    long resize(long newSizeBytes);

    /** Makes a page-aligned range zeros again (FALLOC_FL_PUNCH_HOLE, MADV_REMOVE). @return 0 or a negative errno */
    long punch(long offset, long lengthBytes);

    /** A new accessor for one kernel thread: {@link #va} says where an offset lies. */
    UserMemory newAccess();

    void endAccess(UserMemory access);

    /** The address of an offset for {@link #newAccess}. */
    long va(long offset);

    /** Bytes that are in the ExCache. */
    long residentBytes();

    /** Whether an address space maps it. */
    boolean isMapped();

    void retain();

    /** One user less; an address space that maps it is a user. The last one gives all memory back. */
    void release();

    /**
     * Where those who map it run, if the engine's cores are not atomic against each other: the first caller's group, which
     * this returns from then on while it has members.
     */
    RunGroup joinGroup(RunGroup wanted);
}
