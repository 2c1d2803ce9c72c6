package org.legoos.managers.processor.fs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;

/**
 * ioctl_ficlonerange(2) and ioctl_fideduperange(2) of regular files: checked as Linux does, and then EOPNOTSUPP, upon which cp and
 * the like copy. No file system here shares blocks between files.
 */
final class CloneRequests {
    private static final int FICLONE = 0x40049409;
    private static final int FICLONERANGE = 0x4020940d;
    private static final int FIDEDUPERANGE = 0xc0189436;
    /** struct file_clone_range begins with the descriptor of the source. */
    private static final int RANGE_BYTES = 32;

    private CloneRequests() {}

    static int answer(UserThread t, OpenFile file, int request, long arg) {
        return switch (request) {
            case FICLONE -> cloned(t, file, arg);
            case FICLONERANGE -> {
                byte[] range = new byte[RANGE_BYTES];
                t.user().read(arg, range, range.length);
                yield cloned(t, file, Le.getLong(range, 0));
            }
            case FIDEDUPERANGE -> {
                t.user().read(arg, new byte[Long.BYTES], Long.BYTES);
                yield file.isReadable() ? -Errno.EOPNOTSUPP : -Errno.EINVAL;
            }
            default -> -Errno.ENOTTY;
        };
    }

    private static int cloned(UserThread t, OpenFile to, long fd) {
        OpenFile from = t.files().get((int) fd);
        if (from.directoryPath() != null) {
            return -Errno.EISDIR;
        }
        if (!from.path().startsWith("/") || t.process().manager().vfs().at(from.path()) != t.process().manager().vfs().at(to.path())) {
            return -Errno.EXDEV;
        }
        boolean mayCopy = from.isReadable() && to.isWritable() && (to.flags() & OpenFlags.O_APPEND) == 0;
        return !mayCopy ? -Errno.EBADF : -Errno.EOPNOTSUPP;
    }
}
