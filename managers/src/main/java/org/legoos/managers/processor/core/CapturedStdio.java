package org.legoos.managers.processor.core;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.fs.OpenFlags;

/** Streams in memory, for tests and benchmarks: pipes with given input and collected output (bounded). */
public final class CapturedStdio implements Stdio {
    /** More output than this is refused with EPIPE, like a reader that has seen enough. */
    private static final int OUTPUT_BYTES_MAX = 64 << 20;

    private final Source in;
    private final Sink out = new Sink();
    private final Sink err = new Sink();

    public CapturedStdio(byte[] input) {
        in = new Source(input);
    }

    @Override
    public Port in() {
        return in;
    }

    @Override
    public Port out() {
        return out;
    }

    @Override
    public Port err() {
        return err;
    }

    public byte[] outBytes() {
        return out.bytes();
    }

    public byte[] errBytes() {
        return err.bytes();
    }

    private static final class Source implements Port {
        private final byte[] input;
        private int at; // guarded by this

        Source(byte[] input) {
            this.input = input;
        }

        @Override
        public Kind kind() {
            return Kind.PIPE;
        }

        @Override
        public synchronized int read(MemorySegment to, long offset, int lengthBytes) {
            int taken = Math.min(lengthBytes, input.length - at);
            MemorySegment.copy(input, at, to, ValueLayout.JAVA_BYTE, offset, taken);
            at += taken;
            return taken;
        }

        @Override
        public int write(MemorySegment from, long offset, int lengthBytes) {
            return -Errno.EBADF;
        }

        @Override
        public synchronized int available() {
            return input.length - at;
        }

        @Override
        public synchronized int poll() {
            return at < input.length ? OpenFlags.POLLIN : OpenFlags.POLLIN | OpenFlags.POLLHUP;
        }

        @Override
        public void onChange(Runnable changed) {
            // All input is there from the start.
        }
    }

    private static final class Sink implements Port {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // guarded by this

        @Override
        public Kind kind() {
            return Kind.PIPE;
        }

        @Override
        public int read(MemorySegment to, long offset, int lengthBytes) {
            return -Errno.EBADF;
        }

        @Override
        public synchronized int write(MemorySegment from, long offset, int lengthBytes) {
            if (bytes.size() + (long) lengthBytes > OUTPUT_BYTES_MAX) {
                return -Errno.EPIPE;
            }
            bytes.writeBytes(from.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE));
            return lengthBytes;
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public int poll() {
            return OpenFlags.POLLOUT;
        }

        @Override
        public void onChange(Runnable changed) {
            // Always writable.
        }

        synchronized byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
