package org.legoos.managers.processor.tty;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** The slave of a pseudo-terminal, opened: what programs take for a terminal. */
public final class TtyFile extends OpenFile {
    /** One transfer at most; a terminal hands out no more than a line. */
    private static final int CHUNK_BYTES = InputQueue.CAPACITY;

    private final Terminals terminals;
    private final Tty tty;
    private final int openedIn;

    private TtyFile(Terminals terminals, Tty tty, int openedIn, int flags) {
        super(tty.path(), flags);
        this.terminals = terminals;
        this.tty = tty;
        this.openedIn = openedIn;
    }

    /** open(2) of a slave; without O_NOCTTY it may become the controlling terminal. EIO, EBUSY. */
    static TtyFile open(UserThread t, Tty tty, int flags) {
        boolean isPrivileged = t.process().credentials().has(Capability.CAP_SYS_ADMIN);
        if (tty.isExclusive() && !isPrivileged) {
            throw SysError.of(Errno.EBUSY);
        }
        TtyFile file = attach(t.process().manager().terminals(), tty, flags);
        Process process = t.process();
        boolean isLeader = process.pid() == process.sessionId();
        if ((flags & (OpenFlags.O_NOCTTY | OpenFlags.O_PATH)) == 0 && isLeader && tty.sessionId() == 0
                && file.terminals.controlling(process.sessionId()) == null) {
            file.terminals.control(tty, process);
        }
        return file;
    }

    /** The slave for a program that the launcher starts. */
    public static TtyFile attach(Terminals terminals, Tty tty, int flags) {
        int openedIn = (int) SysError.check(tty.openSlave());
        return new TtyFile(terminals, tty, openedIn, flags);
    }

    Tty tty() {
        return tty;
    }

    @Override
    protected void closed() {
        tty.slaveClosed(openedIn);
        terminals.closed(tty);
    }

    @Override
    public boolean isSeekable() {
        return false;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        if (tty.isHungUp(openedIn)) {
            return 0;
        }
        int error = JobControl.mayRead(t, tty);
        if (error < 0) {
            return error;
        }
        byte[] bytes = new byte[Math.min(lengthBytes, CHUNK_BYTES)];
        int got = tty.slaveRead(bytes, bytes.length, !isNonBlocking());
        if (got > 0) {
            MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, at, got);
        }
        return got;
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        if (tty.isHungUp(openedIn)) {
            return -Errno.EIO;
        }
        int error = JobControl.mayWrite(t, tty);
        if (error < 0) {
            return error;
        }
        int done = 0;
        while (done < lengthBytes) {
            int length = Math.min(lengthBytes - done, CHUNK_BYTES);
            byte[] bytes = from.asSlice(at + done, length).toArray(ValueLayout.JAVA_BYTE);
            int put = tty.slaveWrite(bytes, length);
            if (put < 0) {
                return done > 0 ? done : put;
            }
            done += put;
            if (put < length) {
                break;
            }
        }
        return done;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        if (t.process().manager().vfs().at(path()).stat(t, path(), to) < 0) {
            to.mode = FileMode.S_IFCHR | 0620; // the master is closed and the name gone
            to.nlink = 1;
            to.gid = Tty.GROUP;
        }
        to.rdev = tty.deviceNumber();
        return 0;
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        return tty.attributes().set(t.process().credentials(), mask, to);
    }

    @Override
    public int ioctl(UserThread t, int request, long arg) {
        return tty.isHungUp(openedIn) ? -Errno.EIO : TtyCalls.ioctl(t, tty, false, request, arg);
    }

    @Override
    public int poll() {
        if (tty.isHungUp(openedIn)) {
            return OpenFlags.POLLIN | OpenFlags.POLLOUT | OpenFlags.POLLERR | OpenFlags.POLLHUP
                    | OpenFlags.POLLRDNORM | OpenFlags.POLLWRNORM;
        }
        return tty.slavePoll();
    }

    @Override
    public WaitList waiters() {
        return tty.slaveWaiters();
    }
}
