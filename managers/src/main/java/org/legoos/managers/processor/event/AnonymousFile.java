package org.legoos.managers.processor.event;

import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;

/** A file without a name or place (Linux's anon_inode): "anon_inode:[eventfd]" and the like. */
public abstract class AnonymousFile extends OpenFile {
    private static final int DEVICE = 13;

    protected AnonymousFile(String kind, int flags) {
        super("anon_inode:" + kind, flags);
    }

    @Override
    public final boolean isSeekable() {
        return false;
    }

    @Override
    public final int stat(UserThread t, FileService.Stat to) {
        to.dev = DEVICE;
        to.ino = 1;
        to.nlink = 1;
        to.mode = 0600;
        to.uid = to.gid = 0;
        to.rdev = to.size = to.blocks = 0;
        to.blksize = FileService.Stat.PAGE_BLKSIZE;
        to.atimeNs = to.mtimeNs = to.ctimeNs = 0;
        return 0;
    }
}
