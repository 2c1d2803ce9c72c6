package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.FileMemory;
import org.legoos.managers.rpc.FileTransfer;

/** An open regular file of the root file system: a path and an offset, the servers keep nothing. */
final class RemoteFile extends OpenFile {
    private final RemoteFileSystem fs;
    private final FileNode node;
    private final boolean isWriter;
    private final int directMemoryMask;
    private final int directOffsetMask;
    /** When its name is hidden now. */
    private volatile String lastName;
    /** Behind what was last appended with O_DIRECT. */
    private volatile long directOffset;
    /** When it is a copy of something else: that one's name. */
    private volatile String shown;

    /**
     * @param node with one more user for this; and one more writer, when it may be written to
     * @param stat what is known of the file
     */
    RemoteFile(RemoteFileSystem fs, FileNode node, String path, int flags, FileService.Stat stat) {
        super(path, flags);
        this.fs = fs;
        this.node = node;
        this.isWriter = isWritable();
        directMemoryMask = Math.max(1, stat.directMemoryAlignBytes) - 1;
        directOffsetMask = Math.max(1, stat.directOffsetAlignBytes) - 1;
        lastName = fs.registry().lastName(path);
        fs.registry().opened(this);
    }

    RemoteFileSystem fs() {
        return fs;
    }

    FileNode node() {
        return node;
    }

    void moveTo(String newPath) {
        String old = path();
        if (OpenRegistry.isHidden(newPath) && !OpenRegistry.isHidden(old)) {
            lastName = old;
        }
        setPath(newPath);
    }

    String lastName() {
        return lastName;
    }

    void showAs(String name) {
        shown = name;
    }

    @Override
    public String shownPath() {
        String path = path();
        String copied = shown;
        if (copied != null) {
            return copied;
        }
        return OpenRegistry.isHidden(path) && lastName != null ? lastName + " (deleted)" : path;
    }

    @Override
    public String lostName() {
        return OpenRegistry.isHidden(path()) ? lastName : null;
    }

    private boolean isDirect() {
        return (flags() & OpenFlags.O_DIRECT) != 0;
    }

    @Override
    public int checkDirect(long va, long lengthBytes, long offset) {
        boolean isAligned = !isDirect() || (va & directMemoryMask) == 0 && ((lengthBytes | offset) & directOffsetMask) == 0;
        return isAligned ? 0 : -Errno.EINVAL;
    }

    @Override
    protected void closed() {
        if (isWriter) {
            node.writeCount().writerGone();
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
        if (isDirect()) {
            fs.settle(t, node, path());
            return t.fileService().readPast(node, path(), offset, at, lengthBytes);
        }
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
        int done;
        fs.dropSetId(t, node, path());
        if (isDirect()) {
            fs.settle(t, node, path()); // not later: what the change holds cannot go home
        }
        if (node.isMapped()) {
            long start = flags == 0 ? offset : endOfFile(t, offset);
            done = node.change(start, start + lengthBytes, false, () -> send(t, from, at, lengthBytes, offset, flags));
        } else {
            done = send(t, from, at, lengthBytes, offset, flags);
        }
        if (done > 0 && !isDirect()) {
            node.setDirty(true);
        }
        return done;
    }

    /** Past the page cache, which agrees before and forgets afterwards. */
    private int sendPast(UserThread t, MemorySegment from, long at, int lengthBytes, long offset, int flags) {
        int done = t.fileService().writePast(node, path(), offset, flags | syncFlags(), from, at, lengthBytes);
        long newOffset = t.fileService().newOffset();
        node.takeFresh();
        t.fileService().dropCache(node, path());
        directOffset = newOffset;
        return done;
    }

    private int send(UserThread t, MemorySegment from, long at, int lengthBytes, long offset, int flags) {
        if (isDirect()) {
            return sendPast(t, from, at, lengthBytes, offset, flags);
        }
        return t.fileService().write(node, path(), offset, flags | syncFlags(), from, at, lengthBytes);
    }

    /** Where an append will go. */
    private long endOfFile(UserThread t, long otherwise) {
        FileService.Stat stat = new FileService.Stat();
        return stat(t, stat) == 0 ? stat.size : otherwise;
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
            setPosition(isDirect() ? directOffset : t.fileService().newOffset());
        }
        return done;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        fs.settle(t, node, path());
        int error = t.fileService().holding().stat(path(), false, to);
        if (error == 0 && OpenRegistry.isHidden(path())) {
            to.nlink--;
        }
        return error;
    }

    @Override
    public int truncate(UserThread t, long sizeBytes) {
        if (!isWritable()) {
            return -Errno.EINVAL;
        }
        fs.dropSetId(t, node, path());
        return fs.truncate(t, node, path(), sizeBytes);
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
        int error = t.fileService().holding().setattr(path(), false, mask, to);
        if (error == 0 && (mask & FileService.SET_MODE) != 0) {
            node.seenMode(to.mode);
        }
        return error;
    }

    @Override
    public long seekContent(UserThread t, long offset, int whence) {
        fs.settle(t, node, path());
        return t.fileService().holding().seek(path(), offset, whence);
    }

    @Override
    public int fallocate(UserThread t, int mode, long offset, long lengthBytes) {
        fs.settle(t, node, path());
        fs.dropSetId(t, node, path());
        return node.change(offset, Long.MAX_VALUE, false, () -> fs.fallocate(t.fileService(), this, mode, offset, lengthBytes));
    }

    @Override
    public void dropCache(UserThread t, long offset, long lengthBytes) {
        t.fileService().dropEverywhere(node, path(), offset, lengthBytes);
    }

    @Override
    public void readAhead(UserThread t, long offset, long lengthBytes) {
        t.fileService().readAhead(node, path(), offset, lengthBytes);
    }

    @Override
    public void writeOut(UserThread t) {
        fs.settle(t, node, path());
    }

    /** FICLONE and its relatives: no storage node shares blocks between files, as on most of Linux's file systems. */
    @Override
    public int ioctl(UserThread t, int request, long arg) {
        return CloneRequests.answer(t, this, request, arg);
    }

    @Override
    public String mappablePath() {
        return path();
    }

    @Override
    public FileMemory shareMemory(UserThread t, boolean isShared) {
        return node.share(this, isShared && isWritable(), t.process().manager().spaces());
    }
}
