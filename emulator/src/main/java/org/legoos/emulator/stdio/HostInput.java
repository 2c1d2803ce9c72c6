package org.legoos.emulator.stdio;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.isa.libc.HostIo;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Stdio;

/**
 * The launcher's stdin as a program's. Nothing is read before the program asks, so that what it leaves is
 * left for the next reader, as natively. A thread of its own waits for terminals and pipes.
 */
final class HostInput implements Stdio.Port {
    private static final int CHUNK_BYTES = 64 << 10;

    private final Stdio.Kind kind;
    private final FileInputStream in;
    private final byte[] buffer = new byte[CHUNK_BYTES]; // written by the reader while available == 0
    private int start; // guarded by this
    private int end; // guarded by this
    private int wanted; // guarded by this
    private boolean ended; // guarded by this
    private boolean failed; // guarded by this
    private boolean readerStarted; // guarded by this
    private volatile Runnable onChange = () -> {};

    HostInput() {
        kind = HostFd.kind(0);
        // Never closed: the descriptor belongs to the JVM.
        in = new FileInputStream(FileDescriptor.in);
    }

    @Override
    public Stdio.Kind kind() {
        return kind;
    }

    @Override
    public int read(MemorySegment to, long at, int lengthBytes) {
        if (kind == Stdio.Kind.FILE) {
            return readFile(to, at, lengthBytes);
        }
        synchronized (this) {
            if (start < end) {
                int taken = Math.min(lengthBytes, end - start);
                MemorySegment.copy(buffer, start, to, ValueLayout.JAVA_BYTE, at, taken);
                start += taken;
                return taken;
            }
            if (failed) {
                return -Errno.EIO;
            }
            if (ended || lengthBytes == 0) {
                ended = ended && kind != Stdio.Kind.TTY;
                return 0;
            }
            demand(lengthBytes);
            return -Errno.EAGAIN;
        }
    }

    private int readFile(MemorySegment to, long at, int lengthBytes) {
        try {
            int taken = in.getChannel().read(to.asSlice(at, lengthBytes).asByteBuffer());
            return Math.max(0, taken);
        } catch (IOException e) {
            return -Errno.EIO;
        }
    }

    /** Asks the reader thread for at most that many bytes. */
    private void demand(int bytes) {
        wanted = Math.min(bytes, CHUNK_BYTES);
        if (!readerStarted) {
            readerStarted = true;
            Thread.ofPlatform().daemon().name("stdin").start(this::readForEver);
        }
        notifyAll();
    }

    private void readForEver() {
        while (true) {
            int most = awaitDemand();
            int got;
            try {
                got = in.read(buffer, 0, most);
            } catch (IOException e) {
                got = -2;
            }
            synchronized (this) {
                start = 0;
                end = Math.max(0, got);
                ended = got == -1;
                failed = got == -2;
                wanted = 0;
            }
            onChange.run();
        }
    }

    private synchronized int awaitDemand() {
        while (wanted == 0 || start < end) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread on purpose; look again.
                Thread.interrupted();
            }
        }
        return wanted;
    }

    @Override
    public int write(MemorySegment from, long at, int lengthBytes) {
        return -Errno.EBADF;
    }

    @Override
    public synchronized int available() {
        return end - start;
    }

    @Override
    public int poll() {
        if (kind == Stdio.Kind.FILE) {
            return HostIo.POLLIN;
        }
        synchronized (this) {
            if (start < end || failed) {
                return HostIo.POLLIN;
            }
            if (ended) {
                return HostIo.POLLIN | HostIo.POLLHUP;
            }
            demand(1);
            return 0;
        }
    }

    @Override
    public void onChange(Runnable changed) {
        onChange = changed;
    }
}
