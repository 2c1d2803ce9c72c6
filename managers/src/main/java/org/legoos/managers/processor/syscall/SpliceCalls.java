package org.legoos.managers.processor.syscall;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.IoVector;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.Waiter;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.pipe.Pipe;
import org.legoos.managers.processor.pipe.PipeEnd;

/** splice(2), tee(2), vmsplice(2): to and from pipes through the kernel's buffer. */
final class SpliceCalls {
    private static final int SPLICE_F_NONBLOCK = 2;
    private static final int FLAGS = 0xf; // MOVE, NONBLOCK, MORE, GIFT

    private SpliceCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("splice", (t, a, b, c, d, e, f) -> splice(t, a, b, c, d, e, (int) f));
        table.full("tee", (t, a, b, c, d, e, f) -> tee(t, a, b, c, (int) d));
        table.full("vmsplice", (t, a, b, c, d, e, f) -> vmsplice(t, t.files().get(a), b, c, (int) d));
    }

    private static Pipe pipeOf(OpenFile file) {
        return file instanceof PipeEnd end ? end.pipe() : null;
    }

    private static long splice(UserThread t, long inFd, long inVa, long outFd, long outVa, long length, int flags) {
        if ((flags & ~FLAGS) != 0) {
            return -Errno.EINVAL;
        }
        if (length == 0) {
            return 0; // whatever the descriptors are
        }
        OpenFile in = t.files().get(inFd);
        OpenFile out = t.files().get(outFd);
        if (!in.isReadable() || !out.isWritable()) {
            return -Errno.EBADF;
        }
        Pipe from = pipeOf(in);
        Pipe to = pipeOf(out);
        if (from == null && to == null || from == to || out.isAppending() && to == null) {
            return -Errno.EINVAL;
        }
        if (from != null && inVa != 0 || to != null && outVa != 0 || !in.isSeekable() && inVa != 0 || !out.isSeekable() && outVa != 0) {
            return -Errno.ESPIPE;
        }
        if (from == null && in.directoryPath() != null) {
            return -Errno.EINVAL;
        }
        Ends ends = new Ends(t, in, out, flags);
        int wanted = (int) Math.min(length < 0 ? Long.MAX_VALUE : length, UserThread.IO_BYTES);
        return from == null ? ends.fileToPipe(to, inVa, wanted) : to == null ? ends.pipeToFile(from, outVa, wanted)
                : ends.pipeToPipe(from, to, wanted, true);
    }

    private static long tee(UserThread t, long inFd, long outFd, long length, int flags) {
        if ((flags & ~FLAGS) != 0) {
            return -Errno.EINVAL;
        }
        if (length == 0) {
            return 0;
        }
        OpenFile in = t.files().get(inFd);
        OpenFile out = t.files().get(outFd);
        if (!in.isReadable() || !out.isWritable()) {
            return -Errno.EBADF;
        }
        Pipe from = pipeOf(in);
        Pipe to = pipeOf(out);
        if (from == null || to == null || from == to) {
            return -Errno.EINVAL;
        }
        int wanted = (int) Math.min(length < 0 ? Long.MAX_VALUE : length, UserThread.IO_BYTES);
        return new Ends(t, in, out, flags).pipeToPipe(from, to, wanted, false);
    }

    private static long vmsplice(UserThread t, OpenFile file, long va, long count, int flags) {
        Pipe pipe = pipeOf(file);
        if ((flags & ~FLAGS) != 0) {
            return -Errno.EINVAL;
        }
        if (pipe == null) {
            return -Errno.EBADF;
        }
        IoVector buffers = t.vector().load(t, va, count);
        if (buffers.left() == 0) {
            return 0;
        }
        Ends ends = new Ends(t, file, file, flags);
        if (!file.isWritable()) {
            int length = (int) Math.min(buffers.left(), UserThread.IO_BYTES);
            int got = ends.await(pipe, length, false);
            got = got < 0 ? got : pipe.read(t.io(), t.ioPa(), length);
            return got <= 0 ? got : buffers.copyOut(t, t.io(), t.ioPa(), got) == got ? got : -Errno.EFAULT;
        }
        long done = 0;
        while (buffers.left() > 0) {
            int room = ends.await(pipe, UserThread.IO_BYTES, true);
            if (room < 0) {
                return done > 0 ? done : ends.signalled(room);
            }
            int copied = buffers.copyIn(t, t.io(), t.ioPa(), (int) Math.min(room, buffers.left()));
            if (copied == 0) {
                return done > 0 ? done : -Errno.EFAULT;
            }
            int put = pipe.write(t.io(), t.ioPa(), copied, false);
            if (put < copied) {
                buffers.unread(copied - Math.max(0, put));
            }
            if (put < 0 && put != -Errno.EAGAIN) {
                return done > 0 ? done : ends.signalled(put);
            }
            done += Math.max(0, put);
        }
        return done;
    }

    /** The two files of one call. */
    private record Ends(UserThread t, OpenFile in, OpenFile out, int flags) {
        private boolean mayWait(OpenFile file) {
            return (flags & SPLICE_F_NONBLOCK) == 0 && !file.isNonBlocking();
        }

        /** Waits for data in a pipe or for room. @return how much, at most {@code length}; 0 at the end of data; a negative errno */
        int await(Pipe pipe, int length, boolean forRoom) {
            int now = look(pipe, length, forRoom);
            if (now != -Errno.EAGAIN || !mayWait(forRoom ? out : in)) {
                return now;
            }
            pipe.waiters().add(t.link(), Waiter.ANY);
            try {
                while (true) {
                    t.prepareSleep();
                    now = look(pipe, length, forRoom);
                    if (now != -Errno.EAGAIN) {
                        return now;
                    }
                    if (t.isInterrupted()) {
                        return -Errno.ERESTARTSYS;
                    }
                    t.sleep(WaitQueue.FOREVER);
                }
            } finally {
                pipe.waiters().remove(t.link());
            }
        }

        private int look(Pipe pipe, int length, boolean forRoom) {
            if (!forRoom) {
                return pipe.peek(t.io(), t.ioPa(), length);
            }
            int room = pipe.writable();
            return room == 0 ? -Errno.EAGAIN : Math.min(room, length);
        }

        long signalled(long error) {
            return error == -Errno.EPIPE ? Transfer.signalled(t, error) : error;
        }

        long fileToPipe(Pipe to, long inVa, int wanted) {
            int room = await(to, wanted, true);
            if (room < 0) {
                return signalled(room);
            }
            long offset = inVa != 0 ? t.user().getLong(inVa) : in.position();
            if (offset < 0) {
                return -Errno.EINVAL;
            }
            long got = in.isSeekable() ? in.read(t, t.io(), t.ioPa(), room, offset) : Transfer.readChunk(t, in, room, mayWait(in));
            if (got <= 0) {
                return got;
            }
            long put = Transfer.writeChunk(t, out, (int) got, Transfer.NO_OFFSET);
            if (put > 0 && in.isSeekable()) {
                move(in, inVa, offset + put);
            }
            return put < 0 ? signalled(put) : put;
        }

        long pipeToFile(Pipe from, long outVa, int wanted) {
            long offset = outVa != 0 ? t.user().getLong(outVa) : out.position();
            if (offset < 0) {
                return -Errno.EINVAL;
            }
            int there = await(from, wanted, false);
            if (there <= 0) {
                return there;
            }
            long put = Transfer.writeChunk(t, out, there, out.isSeekable() ? offset : Transfer.NO_OFFSET);
            if (put < 0) {
                return signalled(put);
            }
            from.read(t.io(), t.ioPa(), (int) put);
            if (out.isSeekable()) {
                move(out, outVa, offset + put);
            }
            return put;
        }

        private void move(OpenFile file, long offsetVa, long position) {
            if (offsetVa == 0) {
                file.setPosition(position);
            } else {
                t.user().putLong(offsetVa, position);
            }
        }

        long pipeToPipe(Pipe from, Pipe to, int wanted, boolean isTaking) {
            int room = await(to, wanted, true);
            if (room < 0) {
                return signalled(room);
            }
            int there = await(from, room, false);
            if (there <= 0) {
                return there;
            }
            int put = to.write(t.io(), t.ioPa(), there, false);
            if (put < 0) {
                return signalled(put);
            }
            if (isTaking) {
                from.read(t.io(), t.ioPa(), put);
            }
            return put;
        }
    }
}
