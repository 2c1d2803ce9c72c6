package org.legoos.managers.processor.tty;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;

/** The master of a pseudo-terminal: what opening /dev/ptmx gives. */
final class PtyMaster extends OpenFile {
    private static final int CHUNK_BYTES = 4096;

    private final Terminals terminals;
    private final Tty tty;

    private PtyMaster(Terminals terminals, Tty tty, String path, int flags) {
        super(path, flags);
        this.terminals = terminals;
        this.tty = tty;
    }

    static PtyMaster open(UserThread t, String path, int flags) {
        Terminals terminals = t.process().manager().terminals();
        return new PtyMaster(terminals, terminals.create(t.process().credentials().fsuid), path, flags);
    }

    @Override
    protected void closed() {
        tty.masterClosed();
        terminals.closed(tty);
    }

    @Override
    public boolean isSeekable() {
        return false;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        byte[] bytes = new byte[Math.min(lengthBytes, CHUNK_BYTES)];
        int got = tty.masterRead(bytes, bytes.length);
        if (got > 0) {
            MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, at, got);
        }
        return got;
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        int length = Math.min(lengthBytes, CHUNK_BYTES);
        return tty.masterWrite(from.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), 0, length);
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        return t.process().manager().vfs().at(path()).stat(t, path(), to);
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        return t.process().manager().vfs().at(path()).setattr(t, path(), false, mask, to);
    }

    @Override
    public int ioctl(UserThread t, int request, long arg) {
        return TtyCalls.ioctl(t, tty, true, request, arg);
    }

    @Override
    public int poll() {
        return tty.masterPoll();
    }

    @Override
    public WaitList waiters() {
        return tty.masterWaiters();
    }
}
