package org.legoos.managers.processor.fs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.AddressSpaces;
import org.legoos.managers.processor.mm.FileMemory;

/**
 * A regular file that is open or mapped on this node, one object for all its names and descriptors (as Linux's inode). It knows
 * who has its content in lines of the ExCache: shared mappings have one line for each page ({@link SharedFile}), which goes home
 * before somebody reads and waits while somebody writes; private ones forget what they have after somebody has written.
 */
final class FileNode extends FileIdentity {
    /** More pages than this are not held while a request changes them. */
    static final long HELD_BYTES_MAX = 16 << 20;

    private static final long PAGE_BYTES = 4096;

    /** @param path the file's name when it was mapped: the ranges keep it */
    private record Mapper(AddressSpace space, String path) {}

    /** Those who execute it: the loader of the home node has mapped it for them. */
    private final List<Mapper> mappers = new CopyOnWriteArrayList<>();
    private final Object sharing = new Object();
    private volatile SharedFile shared; // written under sharing
    private final Object changing = new Object();

    /** Open descriptions; guarded by the registry. */
    int users;

    private final WriteCount writeCount = new WriteCount();
    private volatile boolean isDirty;
    private volatile boolean isSetId;

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

    /** Whether it has been seen as a program with a set-ID bit, which goes when somebody writes to it. */
    boolean isSetId() {
        return isSetId;
    }

    void seenMode(int mode) {
        boolean isNow = SetIdBits.areIn(mode);
        if (isSetId != isNow) {
            isSetId = isNow;
        }
    }

    WriteCount writeCount() {
        return writeCount;
    }

    void mapped(AddressSpace space, String path) {
        mappers.add(new Mapper(space, path));
    }

    void unmapped(AddressSpace space, String path) {
        mappers.remove(new Mapper(space, path));
    }

    @Override
    boolean isMapped() {
        return shared != null || !mappers.isEmpty();
    }

    /**
     * The file as memory for mappings, with one user more.
     *
     * @param file a descriptor of it, which lives as long as what it maps
     * @param isWriter whether stores will reach the file
     * @return null when there is no memory for it
     */
    FileMemory share(RemoteFile file, boolean isWriter, AddressSpaces spaces) {
        synchronized (sharing) {
            SharedFile now = shared;
            if (now == null || !now.memory().tryRetain()) {
                now = SharedFile.create(file, spaces);
                shared = now;
            }
            if (now != null && isWriter) {
                now.keepWriter(file);
            }
            return now == null ? null : now.memory();
        }
    }

    /** Nothing maps it shared any more. */
    void shareEnded(SharedFile ended) {
        synchronized (sharing) {
            if (shared == ended) {
                shared = null;
            }
        }
        setDirty(isDirty || ended.isWritable());
    }

    /** Before someone reads: what shared mappings have written goes home. */
    void collect(long fromOffset, long toOffset) {
        SharedFile now = shared;
        if (now != null && now.isWritable()) {
            now.memory().collect(fromOffset, toOffset);
            setDirty(true);
        }
    }

    /**
     * Changes bytes of the file by a request: shared mappings wait meanwhile when they touch the pages it changes, and private ones
     * forget them.
     *
     * @param toOffset where it ends; of more than {@link #HELD_BYTES_MAX} only the first are held
     * @param cutsRest whether the file has nothing afterwards of what is behind the held pages
     * @param request what sends the request; its result is given back
     */
    int change(long fromOffset, long toOffset, boolean cutsRest, IntSupplier request) {
        if (!isMapped()) {
            return request.getAsInt();
        }
        synchronized (changing) {
            SharedFile now = shared;
            FileMemory memory = now != null && now.memory().tryRetain() ? now.memory() : null;
            int result = memory == null ? request.getAsInt() : changeHeld(memory, fromOffset, toOffset, cutsRest, request);
            if (memory != null) {
                setDirty(isDirty || now.isWritable());
                memory.release();
            }
            for (Mapper mapper : mappers) {
                mapper.space.syncFile(mapper.path, fromOffset, cutsRest ? Long.MAX_VALUE : toOffset, true);
            }
            return result;
        }
    }

    private int changeHeld(FileMemory memory, long fromOffset, long toOffset, boolean cutsRest, IntSupplier request) {
        long start = fromOffset & -PAGE_BYTES;
        long asked = toOffset > Long.MAX_VALUE - PAGE_BYTES ? Long.MAX_VALUE : toOffset + PAGE_BYTES - 1 & -PAGE_BYTES;
        long end = Math.min(asked, start + HELD_BYTES_MAX);
        boolean hasRest = cutsRest || end < asked;
        if (hasRest) {
            memory.sendHome(end, Long.MAX_VALUE);
        }
        int held = memory.hold(start, end);
        if (held != 0) {
            return held;
        }
        try {
            return request.getAsInt();
        } finally {
            memory.letGo(start, end);
            if (hasRest) {
                memory.forget(end, Long.MAX_VALUE);
            }
        }
    }
}
