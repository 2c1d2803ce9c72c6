package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.rpc.FileTransfer;

/** An open regular file of the root file system: a path and an offset, the servers keep nothing. */
final class RemoteFile extends OpenFile {
    private final RemoteFileSystem fs;
    private final FileNode node;
    private final boolean isWriter;

    /** @param node with one more user for this; and one more writer, when it may be written to */
    RemoteFile(RemoteFileSystem fs, FileNode node, String path, int flags) {
        super(path, flags);
        this.fs = fs;
        this.node = node;
        this.isWriter = isWritable();
        fs.registry().opened(this);
    }

    FileNode node() {
        return node;
    }

    void moveTo(String newPath) {
        setPath(newPath);
    }

    @Override
    protected void closed() {
        if (isWriter) {
            node.writerGone();
        }
        fs.closed(this, isWriter);
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    /** Precondition: {@code to} is the node's memory. */
    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        if (node.isMapped()) {
            node.collect(offset, offset + lengthBytes);
        }
        return t.fileService().read(node, path(), offset, at, lengthBytes);
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        return write(t, from, at, lengthBytes, offset, 0);
    }

    private int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset, int flags) {
        boolean wasMapped = node.isMapped();
        if (wasMapped) {
            node.collect(offset, flags == 0 ? offset + lengthBytes : Long.MAX_VALUE);
        }
        int done = t.fileService().write(node, path(), offset, flags | syncFlags(), from, at, lengthBytes);
        if (done > 0) {
            node.setDirty(true);
            if (wasMapped) {
                long end = flags == 0 ? offset + done : t.fileService().newOffset();
                node.invalidate(end - done, end);
            }
        }
        return done;
    }

    private int syncFlags() {
        if ((flags() & OpenFlags.O_SYNC) == OpenFlags.O_SYNC) {
            return FileTransfer.SYNC;
        }
        return (flags() & OpenFlags.O_DSYNC) != 0 ? FileTransfer.DSYNC : 0;
    }

    @Override
    public int append(UserThread t, MemorySegment from, long at, int lengthBytes) {
        int done = write(t, from, at, lengthBytes, 0, FileTransfer.APPEND);
        if (done >= 0) {
            setPosition(t.fileService().newOffset());
        }
        return done;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        fs.settle(t, node, path());
        int error = t.fileService().stat(path(), false, to);
        if (error == 0 && OpenRegistry.isHidden(path())) {
            to.nlink--;
        }
        return error;
    }

    @Override
    public int truncate(UserThread t, long sizeBytes) {
        return isWritable() ? fs.truncate(t, node, path(), sizeBytes) : -Errno.EINVAL;
    }

    @Override
    public int sync(UserThread t) {
        return sync(t, false);
    }

    @Override
    public int sync(UserThread t, boolean dataOnly) {
        node.collect(0, Long.MAX_VALUE);
        int error = t.fileService().fsync(node, path(), dataOnly);
        node.setDirty(false);
        return error;
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        fs.settle(t, node, path()); // what is written back later would change the times again
        return t.fileService().setattr(path(), false, mask, to);
    }

    @Override
    public long seekContent(UserThread t, long offset, int whence) {
        fs.settle(t, node, path());
        return t.fileService().seek(path(), offset, whence);
    }

    @Override
    public int fallocate(UserThread t, int mode, long offset, long lengthBytes) {
        fs.settle(t, node, path());
        node.takeFresh();
        int error = t.fileService().fallocate(path(), mode, offset, lengthBytes);
        if (error == 0) {
            node.invalidate(offset, Long.MAX_VALUE);
            t.fileService().dropCache(node, path());
        }
        return error;
    }

    @Override
    public String mappablePath() {
        return path();
    }

    @Override
    public void mappedBy(AddressSpace space, boolean isShared) {
        new Mapping(retainSelf(), path(), isShared && isWritable()).keepIn(space);
    }

    private RemoteFile retainSelf() {
        retain();
        return this;
    }

    /** One address space's use of the file: as good as a descriptor. */
    private record Mapping(RemoteFile file, String path, boolean isWritable) implements AddressSpace.FileMapping {
        void keepIn(AddressSpace space) {
            if (space.keep(path, isWritable, this)) {
                file.node.mapped(space, path, isWritable);
            } else {
                file.release(); // it has the file already
            }
        }

        @Override
        public void ended(AddressSpace space) {
            file.node.unmapped(space, path, isWritable);
            file.release();
        }

        @Override
        public void inherited(AddressSpace child) {
            new Mapping(file.retainSelf(), path, isWritable).keepIn(child);
        }
    }
}
