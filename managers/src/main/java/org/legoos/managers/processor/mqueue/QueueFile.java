package org.legoos.managers.processor.mqueue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;

/** An open POSIX message queue; read(2) tells its state in a line, as on Linux. */
final class QueueFile extends OpenFile {
    private final NamedQueue queue;

    QueueFile(NamedQueue queue, String name, int flags) {
        super("/" + name, flags);
        this.queue = queue;
        queue.retain();
    }

    NamedQueue queue() {
        return queue;
    }

    /** As on Linux, any close by the process that waits for a notice ends its waiting. */
    @Override
    public void flushed(UserThread t) {
        queue.unregister(t.process());
    }

    @Override
    protected void closed() {
        queue.drop();
    }

    @Override
    public boolean isSeekable() {
        return false;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        if (position() > 0) {
            return 0;
        }
        byte[] text = Program.bytes(queue.state());
        int length = Math.min(lengthBytes, text.length);
        MemorySegment.copy(text, 0, to, ValueLayout.JAVA_BYTE, at, length);
        setPosition(length);
        return length;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        to.dev = 19;
        to.ino = 1 + (path().hashCode() & 0x7fffffff);
        to.nlink = queue.stat.nlink;
        to.mode = queue.stat.mode;
        to.uid = queue.stat.uid;
        to.gid = queue.stat.gid;
        to.rdev = to.blocks = 0;
        to.size = 80;
        to.blksize = queue.stat.blksize;
        to.atimeNs = queue.stat.atimeNs;
        to.mtimeNs = queue.stat.mtimeNs;
        to.ctimeNs = queue.stat.ctimeNs;
        return 0;
    }

    @Override
    public int poll() {
        return queue.poll();
    }

    @Override
    public WaitList waiters() {
        return queue.waiters;
    }
}
