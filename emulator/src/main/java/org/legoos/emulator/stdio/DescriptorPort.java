package org.legoos.emulator.stdio;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.libc.Descriptor;
import org.legoos.isa.libc.HostIo;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Stdio;

/**
 * A descriptor that a client passed, as a program's standard stream. Nothing is read before the program asks. After
 * {@link #detach} reads see the end and writes an error, as of a terminal that was hung up: the client has gone.
 */
final class DescriptorPort implements Stdio.Port {
    /** PIPE_BUF: when a pipe is ready for writing, so much does not block. */
    private static final int WRITE_BYTES_MAX = 4096;

    private final DescriptorWatch watch;
    private final int index;
    private final int fd;
    private final Stdio.Kind kind;
    private final boolean isInput;
    private boolean isDetached; // guarded by this
    private volatile Runnable onChange = () -> {};

    DescriptorPort(DescriptorWatch watch, int index, boolean isInput) {
        this.watch = watch;
        this.index = index;
        this.isInput = isInput;
        fd = watch.fd(index);
        kind = HostFd.kind(fd);
        watch.onReady(index, () -> onChange.run());
    }

    @Override
    public Stdio.Kind kind() {
        return kind;
    }

    private boolean neverWaits() {
        return kind == Stdio.Kind.FILE || kind == Stdio.Kind.NULL;
    }

    @Override
    public synchronized int read(MemorySegment to, long at, int lengthBytes) {
        if (!isInput && kind != Stdio.Kind.TTY) {
            return -Errno.EBADF;
        }
        if (isDetached || lengthBytes == 0) {
            return 0;
        }
        if (!neverWaits() && HostIo.ready(fd, HostIo.POLLIN) == 0) {
            watch.ask(index, HostIo.POLLIN);
            return -Errno.EAGAIN;
        }
        return waited(HostIo.read(fd, to, at, lengthBytes), HostIo.POLLIN);
    }

    @Override
    public synchronized int write(MemorySegment from, long at, int lengthBytes) {
        if (isInput && kind != Stdio.Kind.TTY) {
            return -Errno.EBADF;
        }
        if (isDetached) {
            return -Errno.EIO;
        }
        int done = 0;
        while (done < lengthBytes) {
            if (!neverWaits() && HostIo.ready(fd, HostIo.POLLOUT) == 0) {
                watch.ask(index, HostIo.POLLOUT);
                return done > 0 ? done : -Errno.EAGAIN;
            }
            int chunk = neverWaits() ? lengthBytes - done : Math.min(WRITE_BYTES_MAX, lengthBytes - done);
            int put = waited(HostIo.write(fd, from, at + done, chunk), HostIo.POLLOUT);
            if (put <= 0) {
                return done > 0 ? done : put;
            }
            done += put;
        }
        return done;
    }

    /** Host and guest number errors alike. A description that the client has made non-blocking is waited for all the same. */
    private int waited(int result, int events) {
        if (result == -Errno.EAGAIN) {
            watch.ask(index, events);
        }
        return result;
    }

    @Override
    public synchronized int available() {
        return isDetached ? 0 : HostIo.available(fd);
    }

    @Override
    public synchronized int poll() {
        int events = isInput ? HostIo.POLLIN : HostIo.POLLOUT;
        if (isDetached) {
            return events | HostIo.POLLHUP;
        }
        if (neverWaits()) {
            return events;
        }
        int ready = HostIo.ready(fd, events);
        if ((ready & events) == 0) {
            watch.ask(index, events);
        }
        return ready & (events | HostIo.POLLERR | HostIo.POLLHUP);
    }

    @Override
    public void onChange(Runnable changed) {
        onChange = changed;
    }

    @Override
    public int rows() {
        return size().rows();
    }

    @Override
    public int columns() {
        return size().columns();
    }

    private synchronized org.legoos.isa.libc.TerminalMode.Size size() {
        return org.legoos.isa.libc.TerminalMode.size(isDetached ? Descriptor.NONE : fd);
    }

    /** The client has gone: nothing uses its descriptor from now on. */
    void detach() {
        synchronized (this) {
            isDetached = true;
        }
        onChange.run();
    }
}
