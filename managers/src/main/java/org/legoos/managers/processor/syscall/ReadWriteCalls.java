package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.IoVector;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.event.AnonymousFile;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** read(2), write(2), their vectored and positioned forms, lseek(2). */
final class ReadWriteCalls {
    private static final int SEEK_SET = 0;
    private static final int SEEK_CUR = 1;
    private static final int SEEK_END = 2;
    private static final int RWF_DSYNC = 2;
    private static final int RWF_SYNC = 4;
    private static final int RWF_NOWAIT = 8;
    private static final int RWF_APPEND = 0x10;
    /** With RWF_HIPRI, which asks for nothing that would be different here. */
    static final int RWF_ALL = 0x1f;

    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private ReadWriteCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("read", (t, a, b, c, d, e, f) -> t.times().io().read(read(t, t.files().get(a), b, c)));
        table.full("write", (t, a, b, c, d, e, f) -> t.times().io().written(write(t, t.files().get(a), b, c)));
        table.full("pread64", (t, a, b, c, d, e, f) -> t.times().io().read(pread(t, t.files().get(a), b, c, d)));
        table.full("pwrite64", (t, a, b, c, d, e, f) -> t.times().io().written(pwrite(t, t.files().get(a), b, c, d)));
        table.full("readv", (t, a, b, c, d, e, f) -> t.times().io().read(vector(t, t.files().get(a), b, c, -1, Direction.READ)));
        table.full("writev", (t, a, b, c, d, e, f) -> t.times().io().written(vector(t, t.files().get(a), b, c, -1, Direction.WRITE)));
        table.full("preadv", (t, a, b, c, d, e, f) -> t.times().io().read(positioned(t, a, b, c, d, Direction.READ)));
        table.full("pwritev", (t, a, b, c, d, e, f) -> t.times().io().written(positioned(t, a, b, c, d, Direction.WRITE)));
        table.full("preadv2", (t, a, b, c, d, e, f) -> t.times().io().read(flagged(t, a, b, c, d, f, Direction.READ)));
        table.full("pwritev2", (t, a, b, c, d, e, f) -> t.times().io().written(flagged(t, a, b, c, d, f, Direction.WRITE)));
        table.full("lseek", (t, a, b, c, d, e, f) -> lseek(t, t.files().getOpen(a), b, (int) c));
    }

    private enum Direction { READ, WRITE }

    private static long read(UserThread t, OpenFile file, long va, long length) {
        long done = Transfer.read(t, file, va, length, file.position());
        if (done > 0 && file.isSeekable()) {
            file.setPosition(file.position() + done);
        }
        return done;
    }

    private static long write(UserThread t, OpenFile file, long va, long length) {
        long done = Transfer.write(t, file, va, length, file.position());
        if (done > 0 && file.isSeekable() && !file.isAppending()) {
            file.setPosition(file.position() + done);
        }
        return done;
    }

    private static long pread(UserThread t, OpenFile file, long va, long length, long offset) {
        if (offset < 0) {
            return -Errno.EINVAL;
        }
        return file.isSeekable() ? Transfer.read(t, file, va, length, offset) : -Errno.ESPIPE;
    }

    private static long pwrite(UserThread t, OpenFile file, long va, long length, long offset) {
        if (offset < 0) {
            return -Errno.EINVAL;
        }
        return file.isSeekable() ? Transfer.write(t, file, va, length, offset) : -Errno.ESPIPE;
    }

    private static long positioned(UserThread t, long fd, long va, long count, long offset, Direction direction) {
        OpenFile file = t.files().get(fd);
        if (offset < 0) {
            return -Errno.EINVAL;
        }
        return file.isSeekable() ? vector(t, file, va, count, offset, direction) : -Errno.ESPIPE;
    }

    private static long flagged(UserThread t, long fd, long va, long count, long offset, long flags, Direction direction) {
        if ((flags & ~RWF_ALL) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        OpenFile file = t.files().get(fd);
        boolean isRead = direction == Direction.READ;
        int ready = isRead ? OpenFlags.READABLE : OpenFlags.WRITABLE;
        if ((flags & RWF_NOWAIT) != 0 && !file.isSeekable() && (file.poll(t) & ready) == 0) {
            return -Errno.EAGAIN;
        }
        if (!isRead && (flags & RWF_APPEND) != 0 && file.mappablePath() != null) {
            return synced(t, file, appended(t, file, va, count, offset), flags);
        }
        long done = offset == -1 ? vector(t, file, va, count, -1, direction) : positioned(t, fd, va, count, offset, direction);
        return isRead ? done : synced(t, file, done, flags);
    }

    /** A request of asynchronous I/O: one buffer or a vector of them, at an offset; RWF flags as of preadv2, checked. */
    static long transfer(UserThread t, OpenFile file, boolean isWrite, boolean isVector, long va, long count, long offset, int flags) {
        boolean isAppend = isWrite && (flags & RWF_APPEND) != 0 && file.mappablePath() != null;
        if (isVector && isAppend) {
            return synced(t, file, appended(t, file, va, count, offset), flags);
        }
        Direction direction = isWrite ? Direction.WRITE : Direction.READ;
        long done = isVector ? vector(t, file, va, count, offset, direction) : isAppend ? Transfer.append(t, file, va, count)
                : one(t, file, va, count, offset, direction);
        return isWrite ? synced(t, file, t.times().io().written(done), flags) : t.times().io().read(done);
    }

    private static long synced(UserThread t, OpenFile file, long done, long flags) {
        boolean isWanted = done > 0 && (flags & (RWF_DSYNC | RWF_SYNC)) != 0 && file.isSeekable();
        int error = isWanted ? file.sync(t, (flags & RWF_SYNC) == 0) : 0;
        return error < 0 ? error : done;
    }

    /** RWF_APPEND: at the end of the file; the position moves only when the call uses it. */
    private static long appended(UserThread t, OpenFile file, long va, long count, long offset) {
        if (!file.isWritable()) {
            return -Errno.EBADF;
        }
        if (offset < -1) {
            return -Errno.EINVAL;
        }
        long before = file.position();
        IoVector buffers = t.vector().load(t, va, count);
        long done = 0;
        for (int i = 0; i < count; i++) {
            long part = buffers.length(i) == 0 ? 0 : Transfer.append(t, file, buffers.base(i), buffers.length(i));
            if (part < 0) {
                done = done > 0 ? done : part;
                break;
            }
            done += part;
        }
        if (offset != -1) {
            file.setPosition(before);
        }
        return done;
    }

    /** @param offset where, or -1 for the file's position */
    private static long vector(UserThread t, OpenFile file, long va, long count, long offset, Direction direction) {
        if (direction == Direction.READ ? !file.isReadable() : !file.isWritable()) {
            return -Errno.EBADF;
        }
        IoVector buffers = t.vector().load(t, va, count);
        if (!file.isSeekable()) {
            return direction == Direction.READ ? Transfer.readStream(t, file, buffers) : Transfer.writeStream(t, file, buffers);
        }
        long done = 0;
        for (int i = 0; i < count; i++) {
            long length = buffers.length(i);
            if (length == 0) {
                continue;
            }
            long part = one(t, file, buffers.base(i), length, offset < 0 ? -1 : offset + done, direction);
            if (part < 0) {
                return done > 0 ? done : part;
            }
            done += part;
            if (part < length) {
                break;
            }
        }
        return done;
    }

    private static long one(UserThread t, OpenFile file, long va, long length, long offset, Direction direction) {
        if (offset < 0) {
            return direction == Direction.READ ? read(t, file, va, length) : write(t, file, va, length);
        }
        return direction == Direction.READ ? Transfer.read(t, file, va, length, offset)
                : Transfer.write(t, file, va, length, offset);
    }

    private static long lseek(UserThread t, OpenFile file, long offset, int whence) {
        if (whence < SEEK_SET || whence > SEEK_HOLE) {
            return -Errno.EINVAL;
        }
        if (file instanceof AnonymousFile) {
            return 0; // noop_llseek of Linux
        }
        if (!file.isSeekable()) {
            return -Errno.ESPIPE;
        }
        if (file.isAlwaysAtStart()) {
            return 0;
        }
        long base = switch (whence) {
            case SEEK_CUR -> file.position();
            case SEEK_END, SEEK_DATA, SEEK_HOLE -> file.size(t);
            default -> 0;
        };
        if (base < 0) {
            return base;
        }
        long target;
        if (whence == SEEK_DATA || whence == SEEK_HOLE) {
            if (offset < 0 || offset >= base) {
                return -Errno.ENXIO;
            }
            long found = file.seekContent(t, offset, whence);
            if (found < 0 && found != -Errno.EOPNOTSUPP) {
                return found;
            }
            target = found >= 0 ? found : whence == SEEK_DATA ? offset : base;
        } else {
            target = base + offset;
            if (target < 0) {
                return offset > 0 ? -Errno.EOVERFLOW : -Errno.EINVAL;
            }
        }
        file.setPosition(target);
        return target;
    }
}
