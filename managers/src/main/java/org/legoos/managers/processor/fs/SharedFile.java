package org.legoos.managers.processor.fs;

import org.legoos.managers.processor.mm.AddressSpaces;
import org.legoos.managers.processor.mm.FileMemory;

/** A file's memory for mappings, and the descriptors that keep the file meanwhile: as good as open ones. */
final class SharedFile implements FileMemory.Owner {
    private final RemoteFile keeper;
    private FileMemory memory; // set once, before anybody sees this
    private RemoteFile writer; // guarded by this

    private SharedFile(RemoteFile keeper) {
        this.keeper = keeper;
    }

    /** Null when there is no memory for it. */
    static SharedFile create(RemoteFile file, AddressSpaces spaces) {
        SharedFile shared = new SharedFile(file);
        shared.memory = spaces.newFileMemory(file.path(), shared);
        if (shared.memory == null) {
            return null;
        }
        file.retain();
        return shared;
    }

    FileMemory memory() {
        return memory;
    }

    /** A descriptor that may write was mapped: one is kept, so that the file has a writer. */
    synchronized void keepWriter(RemoteFile file) {
        if (writer == null) {
            writer = file;
            file.retain();
        }
    }

    /** Whether anything may have been stored. */
    synchronized boolean isWritable() {
        return writer != null;
    }

    @Override
    public String name() {
        return keeper.shownPath();
    }

    @Override
    public void ended() {
        keeper.node().shareEnded(this);
        RemoteFile last;
        synchronized (this) {
            last = writer;
        }
        if (last != null) {
            last.release();
        }
        keeper.release();
    }

    @Override
    public int sync() {
        return keeper.fs().fsync(keeper);
    }

    @Override
    public int punch(long offset, long lengthBytes) {
        return keeper.fs().punch(keeper, offset, lengthBytes);
    }
}
