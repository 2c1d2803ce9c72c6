package org.legoos.managers.processor.fs;

import org.legoos.managers.processor.mm.AddressSpace;

/** A program file (or its interpreter) from execve until its address space is gone: it is open, and nobody may write to it. */
public final class Execution implements AddressSpace.FileMapping {
    private final RemoteFile file;

    /** @param file whose node has counted one more execution */
    Execution(RemoteFile file) {
        this.file = file;
    }

    /** The program has been loaded. */
    public void keepIn(AddressSpace space) {
        if (!space.keep(file.path(), this)) {
            ended();
        } else {
            file.node().mapped(space, file.path());
        }
    }

    @Override
    public void ended(AddressSpace space) {
        file.node().unmapped(space, file.path());
        ended();
    }

    /** It was not loaded. */
    public void ended() {
        file.node().executionEnded();
        file.release();
    }

    @Override
    public void inherited(AddressSpace child) {
        if (file.node().allowExecution()) {
            file.retain();
            new Execution(file).keepIn(child);
        }
    }
}
