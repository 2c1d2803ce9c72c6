package org.legoos.managers.processor.fs;

import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.AddressSpaces;
import org.legoos.managers.processor.mm.FileMemory;

/** A program file (or its interpreter) from execve until its address space is gone: it is open, and nobody may write to it. */
public final class Execution implements AddressSpace.FileMapping {
    /** What must not be opened for writing while it is executed (deny_write_access of Linux). */
    public interface Text {
        /** @return false while someone may write to it (ETXTBSY) */
        boolean allowExecution();

        void executionEnded();
    }

    private final RemoteFile file;
    private final Text text;

    /** @param text of {@code file}, or of what it is a copy of; has counted one more execution */
    Execution(RemoteFile file, Text text) {
        this.file = file;
        this.text = text;
    }

    /** The name the root file system has it by now, hidden when it lost its own. */
    public String path() {
        return file.path();
    }

    /** What /proc/PID/exe shows. */
    public String shownPath() {
        return file.shownPath();
    }

    /** The program has been loaded. @param spaces of this node */
    public void keepIn(AddressSpace space, AddressSpaces spaces) {
        FileMemory memory = file.node().share(file, false, spaces);
        if (memory != null) {
            space.share(file.path(), memory);
            memory.release();
        }
        keepIn(space);
    }

    private void keepIn(AddressSpace space) {
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
        text.executionEnded();
        file.release();
    }

    @Override
    public void inherited(AddressSpace child) {
        if (text.allowExecution()) {
            file.retain();
            new Execution(file, text).keepIn(child);
        }
    }
}
