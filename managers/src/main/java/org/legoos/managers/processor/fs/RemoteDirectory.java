package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;

/** An open directory of the root file system; its position is the server's cookie. */
final class RemoteDirectory extends OpenFile {
    RemoteDirectory(String path, int flags) {
        super(path, flags);
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
        int done = t.fileService().getdents(path(), position(), to, at, lengthBytes);
        if (done > 0) {
            setPosition(t.fileService().nextPosition());
        }
        return done;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        return t.fileService().stat(path(), false, to);
    }

    @Override
    public int sync(UserThread t) {
        return 0;
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        return t.fileService().setattr(path(), false, mask, to);
    }

    @Override
    public String directoryPath() {
        return path();
    }
}
