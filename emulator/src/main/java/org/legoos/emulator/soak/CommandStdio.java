package org.legoos.emulator.soak;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.legoos.isa.libc.HostIo;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Stdio;

/** A program that is told what to do line by line on stdin, and answers each line with one on stdout. */
final class CommandStdio implements Stdio {
    /** What a program says beyond this is dropped. */
    private static final int OUTPUT_MAX = 64 * 1024;

    private final Commands in = new Commands();
    private final Answers out = new Answers();
    private final Answers err = new Answers();

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

    void say(String line) {
        in.add((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** End of input. */
    void end() {
        in.end();
    }

    /** Lines that were answered so far. */
    long answers() {
        return out.lines();
    }

    String errors() {
        return err.text();
    }

    private static final class Commands implements Port {
        private byte[] waiting = {}; // guarded by this
        private boolean isEnded; // guarded by this
        private volatile Runnable changed = () -> { };

        void add(byte[] line) {
            synchronized (this) {
                byte[] more = java.util.Arrays.copyOf(waiting, waiting.length + line.length);
                System.arraycopy(line, 0, more, waiting.length, line.length);
                waiting = more;
            }
            changed.run();
        }

        void end() {
            synchronized (this) {
                isEnded = true;
            }
            changed.run();
        }

        @Override
        public Kind kind() {
            return Kind.PIPE;
        }

        @Override
        public synchronized int read(MemorySegment to, long at, int lengthBytes) {
            if (waiting.length == 0) {
                return isEnded ? 0 : -Errno.EAGAIN;
            }
            int taken = Math.min(lengthBytes, waiting.length);
            MemorySegment.copy(waiting, 0, to, ValueLayout.JAVA_BYTE, at, taken);
            waiting = java.util.Arrays.copyOfRange(waiting, taken, waiting.length);
            return taken;
        }

        @Override
        public int write(MemorySegment from, long at, int lengthBytes) {
            return -Errno.EBADF;
        }

        @Override
        public synchronized int available() {
            return waiting.length;
        }

        @Override
        public synchronized int poll() {
            return waiting.length > 0 ? HostIo.POLLIN : isEnded ? HostIo.POLLIN | HostIo.POLLHUP : 0;
        }

        @Override
        public void onChange(Runnable onChange) {
            changed = onChange;
        }
    }

    private static final class Answers implements Port {
        private final StringBuilder text = new StringBuilder(); // guarded by this
        private long lines; // guarded by this

        synchronized long lines() {
            return lines;
        }

        synchronized String text() {
            return text.toString();
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
            for (byte b : from.asSlice(at, lengthBytes).toArray(ValueLayout.JAVA_BYTE)) {
                lines += b == '\n' ? 1 : 0;
                if (text.length() < OUTPUT_MAX) {
                    text.append((char) (b & 0xff));
                }
            }
            return lengthBytes;
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public int poll() {
            return HostIo.POLLOUT;
        }

        @Override
        public void onChange(Runnable onChange) {
            // Always writable.
        }
    }
}
