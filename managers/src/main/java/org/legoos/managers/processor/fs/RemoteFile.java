package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;

/** An open regular file of the root file system: a path and an offset, the server keeps nothing. */
final class RemoteFile extends OpenFile {
    private final OpenRegistry registry;

    RemoteFile(OpenRegistry registry, String path, int flags) {
        super(path, flags);
        this.registry = registry;
        registry.opened(this);
    }

    void moveTo(String newPath) {
        setPath(newPath);
    }

    @Override
    protected void closed() {
        registry.closed(this);
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        return t.fileService().read(path(), offset, to, at, lengthBytes);
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        return t.fileService().write(path(), offset, false, from, at, lengthBytes);
    }

    @Override
    public int append(UserThread t, MemorySegment from, long at, int lengthBytes) {
        int done = t.fileService().write(path(), 0, true, from, at, lengthBytes);
        if (done >= 0) {
            setPosition(t.fileService().newOffset());
        }
        return done;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        int error = t.fileService().stat(path(), false, to);
        if (error == 0 && OpenRegistry.isHidden(path())) {
            to.nlink--;
        }
        return error;
    }

    @Override
    public int truncate(UserThread t, long sizeBytes) {
        return isWritable() ? t.fileService().truncate(path(), sizeBytes) : -Errno.EINVAL;
    }

    @Override
    public int sync(UserThread t) {
        return t.fileService().fsync(path());
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        return t.fileService().setattr(path(), false, mask, to);
    }

    @Override
    public String mappablePath() {
        return path();
    }
}
