package org.legoos.managers.processor.core;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.kernel.syscall.Errno;

/** Stdio in memory: fixed input, captured output. Output is bounded. */
public final class BufferedStdio implements Stdio {
    /** What a program may print before its pipe counts as full for ever (ENOSPC). */
    private static final int OUTPUT_BYTES_MAX = 64 << 20;

    private final Input input;
    private final Output output = new Output();
    private final Output errors = new Output();

    public BufferedStdio(byte[] input) {
        this.input = new Input(input);
    }

    @Override
    public Port in() {
        return input;
    }

    @Override
    public Port out() {
        return output;
    }

    @Override
    public Port err() {
        return errors;
    }

    public byte[] outputBytes() {
        return output.bytes();
    }

    public byte[] errorBytes() {
        return errors.bytes();
    }

    private static final class Input implements Port {
        private final byte[] bytes;
        private int at; // guarded by this

        Input(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public Kind kind() {
            return Kind.PIPE;
        }

        @Override
        public synchronized int read(MemorySegment to, long offset, int lengthBytes) {
            int done = Math.min(lengthBytes, bytes.length - at);
            MemorySegment.copy(bytes, at, to, ValueLayout.JAVA_BYTE, offset, done);
            at += done;
            return done;
        }

        @Override
        public int write(MemorySegment from, long offset, int lengthBytes) {
            return -Errno.EBADF;
        }

        @Override
        public synchronized int available() {
            return bytes.length - at;
        }

        @Override
        public int poll() {
            return available() > 0 ? 1 : 1 | 16; // POLLIN, and POLLHUP at the end
        }

        @Override
        public void onChange(Runnable changed) {}
    }

    private static final class Output implements Port {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // guarded by this

        synchronized byte[] bytes() {
            return bytes.toByteArray();
        }

        @Override
        public Kind kind() {
            return Kind.PIPE;
        }

        @Override
        public int read(MemorySegment to, long at, int lengthBytes) {
            return -Errno.EBADF;
        }

        @Override
        public synchronized int write(MemorySegment from, long at, int lengthBytes) {
            if (bytes.size() > OUTPUT_BYTES_MAX - lengthBytes) {
                return -Errno.ENOSPC;
            }
            bytes.writeBytes(from.asSlice(at, lengthBytes).toArray(ValueLayout.JAVA_BYTE));
            return lengthBytes;
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public int poll() {
            return 4; // POLLOUT
        }

        @Override
        public void onChange(Runnable changed) {}
    }
}
