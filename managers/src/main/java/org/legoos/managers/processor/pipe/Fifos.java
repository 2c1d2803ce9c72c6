package org.legoos.managers.processor.pipe;

import java.util.HashMap;
import java.util.Map;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** The FIFOs that are open on this node, by inode: what is in them lives as long as somebody has them open. Thread-safe. */
public final class Fifos {
    private record Inode(long device, long number) {}

    private final Map<Inode, Fifo> open = new HashMap<>(); // guarded by this

    /** One FIFO. */
    final class Fifo {
        private final Inode inode;
        private final Pipe pipe = new Pipe();
        private volatile FileService.Stat stat; // replaced as a whole
        private int openers; // on their way in or in; guarded by Fifos.this

        private Fifo(Inode inode, FileService.Stat stat) {
            this.inode = inode;
            this.stat = stat;
        }

        /** The last end is closed. */
        void release() {
            synchronized (Fifos.this) {
                if (openers == 0 && !pipe.hasReaders() && !pipe.hasWriters()) {
                    open.remove(inode, this);
                }
            }
        }

        /** Its attributes have changed. */
        void refresh(UserThread t, String path) {
            FileService.Stat now = new FileService.Stat();
            if (t.process().manager().vfs().at(path).stat(t, path, now) == 0 && now.dev == inode.device && now.ino == inode.number) {
                stat = now;
            }
        }

        void fill(FileService.Stat to) {
            FileService.Stat from = stat;
            to.dev = from.dev;
            to.ino = from.ino;
            to.nlink = from.nlink;
            to.mode = from.mode;
            to.uid = from.uid;
            to.gid = from.gid;
            to.rdev = from.rdev;
            to.size = to.blocks = 0;
            to.blksize = from.blksize;
            to.atimeNs = from.atimeNs;
            to.mtimeNs = from.mtimeNs;
            to.ctimeNs = from.ctimeNs;
        }
    }

    private synchronized Fifo enter(FileService.Stat stat) {
        Fifo fifo = open.computeIfAbsent(new Inode(stat.dev, stat.ino), inode -> new Fifo(inode, stat));
        fifo.openers++;
        return fifo;
    }

    private void left(Fifo fifo) {
        synchronized (this) {
            fifo.openers--;
        }
        fifo.release();
    }

    /**
     * open(2) of a FIFO (fifo_open of Linux): a reader waits for a writer and the other way round; with O_NONBLOCK a
     * reader does not wait and a writer without reader gets ENXIO; O_RDWR never waits.
     *
     * @param stat of its inode, kept
     */
    public OpenFile open(UserThread t, String path, int flags, FileService.Stat stat) {
        Fifo fifo = enter(stat);
        try {
            int mode = flags & OpenFlags.O_ACCMODE;
            boolean isNonBlocking = (flags & OpenFlags.O_NONBLOCK) != 0;
            if (mode == OpenFlags.O_WRONLY && isNonBlocking && !fifo.pipe.hasReaders()) {
                throw SysError.of(Errno.ENXIO);
            }
            // Looked at before this end shows: whoever waits for it may come, write and be gone before the next line.
            int othersBefore = fifo.pipe.everOpened(mode == OpenFlags.O_WRONLY);
            boolean isWaiting = !isNonBlocking && (mode == OpenFlags.O_RDONLY && !fifo.pipe.hasWriters()
                    || mode == OpenFlags.O_WRONLY && !fifo.pipe.hasReaders());
            PipeEnd end = new PipeEnd(fifo.pipe, path, flags, fifo);
            if (isWaiting && !awaitOther(t, fifo.pipe, mode == OpenFlags.O_WRONLY, othersBefore)) {
                end.release();
                throw SysError.of(Errno.ERESTARTSYS);
            }
            return end;
        } finally {
            left(fifo);
        }
    }

    /** @return false when interrupted */
    private static boolean awaitOther(UserThread t, Pipe pipe, boolean forReader, int before) {
        pipe.waiters().add(t.link());
        try {
            while (true) {
                t.prepareSleep();
                if (pipe.everOpened(forReader) != before || (forReader ? pipe.hasReaders() : pipe.hasWriters())) {
                    return true;
                }
                if (t.isInterrupted()) {
                    return false;
                }
                t.sleep(WaitQueue.FOREVER);
            }
        } finally {
            pipe.waiters().remove(t.link());
        }
    }
}
