package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;

/** An open directory of the root file system; its position is the server's cookie. */
final class RemoteDirectory extends OpenFile {
    private final DirectoryName name;

    RemoteDirectory(DirectoryName name, int flags) {
        super(name.path(), flags);
        this.name = name;
    }

    @Override
    public String path() {
        return name.path();
    }

    @Override
    public String shownPath() {
        return name.shown();
    }

    @Override
    public DirectoryName directoryName(UserThread t) {
        return name;
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        return -Errno.EISDIR;
    }

    @Override
    public int getdents(UserThread t, MemorySegment to, long at, int lengthBytes) {
        if (name.isRemoved()) {
            return -Errno.ENOENT;
        }
        int done = t.fileService().holding().getdents(path(), position(), to, at, lengthBytes);
        if (done > 0) {
            setPosition(t.fileService().nextPosition());
        }
        return done;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        FileService.Stat last = name.lastSeen();
        if (last != null) {
            to.copyFrom(last);
            return 0;
        }
        return t.fileService().holding().stat(path(), false, to);
    }

    @Override
    public int sync(UserThread t) {
        return name.isRemoved() ? 0 : t.fileService().holding().fsyncDirectory(path());
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        return name.isRemoved() ? 0 : t.fileService().holding().setattr(path(), false, mask, to);
    }

    @Override
    public String directoryPath() {
        return path();
    }
}
