package org.legoos.emulator.stdio;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.legoos.isa.libc.HostIo;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Stdio;

/**
 * The launcher's stdout or stderr as a program's. A write waits for the host's reader as it would natively;
 * a reader that is gone is EPIPE.
 */
final class HostOutput implements Stdio.Port {

    private final Stdio.Kind kind;
    private final FileChannel channel;
    private volatile boolean broken;

    HostOutput(FileDescriptor fd, int number) {
        this.kind = HostFd.kind(number);
        // Never closed: the descriptor belongs to the JVM.
        this.channel = new FileOutputStream(fd).getChannel();
    }

    @Override
    public Stdio.Kind kind() {
        return kind;
    }

    @Override
    public int read(MemorySegment to, long at, int lengthBytes) {
        return -Errno.EBADF;
    }

    @Override
    public synchronized int write(MemorySegment from, long at, int lengthBytes) {
        try {
            ByteBuffer bytes = from.asSlice(at, lengthBytes).asByteBuffer();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return lengthBytes;
        } catch (IOException e) {
            broken = true;
            String why = String.valueOf(e.getMessage());
            return why.contains("Broken pipe") ? -Errno.EPIPE : why.contains("No space") ? -Errno.ENOSPC : -Errno.EIO;
        }
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public int poll() {
        return broken ? HostIo.POLLOUT | HostIo.POLLERR : HostIo.POLLOUT;
    }

    @Override
    public void onChange(Runnable changed) {
        // Always writable: nothing changes.
    }
}
