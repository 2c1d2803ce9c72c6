package org.legoos.managers.processor.fs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.legoos.managers.processor.mm.AddressSpace;

/**
 * A regular file that is open or mapped on this node, one object for all its names and descriptors (as Linux's inode). It knows
 * which address spaces have its content in lines of the ExCache: they must send home what they have written before
 * somebody reads, and forget what they have after somebody has written.
 */
final class FileNode extends FileIdentity {
    /** @param path the file's name when it was mapped: the ranges keep it */
    private record Mapper(AddressSpace space, String path, boolean isWritable) {}

    private final List<Mapper> mappers = new CopyOnWriteArrayList<>();
    /** Open descriptions; guarded by the registry. */
    int users;

    private int writers; // guarded by this
    private int executions; // guarded by this
    private volatile boolean isDirty;

    FileNode(long dev, long ino) {
        super(dev, ino);
    }

    /** Whether the page cache may have content that the storage node has not. */
    boolean isDirty() {
        return isDirty;
    }

    void setDirty(boolean dirty) {
        if (isDirty != dirty) {
            isDirty = dirty;
        }
    }

    /** Someone wants to write. @return false while it is being executed (ETXTBSY) */
    synchronized boolean allowWriter() {
        writers += executions == 0 ? 1 : 0;
        return executions == 0;
    }

    synchronized void writerGone() {
        writers--;
    }

    /** It is to be executed. @return false while someone may write to it (ETXTBSY) */
    synchronized boolean allowExecution() {
        executions += writers == 0 ? 1 : 0;
        return writers == 0;
    }

    synchronized boolean isExecuting() {
        return executions > 0;
    }

    synchronized void executionEnded() {
        executions--;
    }

    void mapped(AddressSpace space, String path, boolean isWritable) {
        mappers.add(new Mapper(space, path, isWritable));
    }

    void unmapped(AddressSpace space, String path, boolean isWritable) {
        mappers.remove(new Mapper(space, path, isWritable));
        setDirty(isDirty || isWritable);
    }

    @Override
    boolean isMapped() {
        return !mappers.isEmpty();
    }

    /** Before someone reads: what shared mappings have written goes home. */
    void collect(long fromOffset, long toOffset) {
        for (Mapper mapper : mappers) {
            if (mapper.isWritable) {
                mapper.space.syncFile(mapper.path, fromOffset, toOffset, false);
                setDirty(true);
            }
        }
    }

    /** After someone has written, and before the file is cut: lines that have old content go. */
    void invalidate(long fromOffset, long toOffset) {
        for (Mapper mapper : mappers) {
            mapper.space.syncFile(mapper.path, fromOffset, toOffset, true);
        }
    }
}
