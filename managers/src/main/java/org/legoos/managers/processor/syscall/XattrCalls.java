package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.Vfs;

/**
 * Extended attributes (xattr(7)), by path, by link and by descriptor. Files of ramfs and of storage nodes have them (user, trusted,
 * security), pseudo files have none.
 */
final class XattrCalls {
    private static final int NAME_MAX = 255;
    private static final int SIZE_MAX = 65536;
    private static final int XATTR_CREATE = 1;
    private static final int XATTR_REPLACE = 2;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    /** struct xattr_args: address, size, flags. */
    private static final int ARGS_BYTES = 16;
    private static final int ARGS_SIZE = 8;
    private static final int ARGS_FLAGS = 12;
    private static final int ARGS_BYTES_MAX = 4096;

    private XattrCalls() {}

    /** Where a call looks: a path whose last component is no link that is to be followed. */
    private interface Target {
        String path(UserThread t, long argument);
    }

    private static final Target FOLLOW = (t, va) -> t.process().manager().vfs().resolve(t, Vfs.AT_FDCWD, t.user().path(va), true);
    private static final Target LINK = (t, va) -> t.process().manager().vfs().resolve(t, Vfs.AT_FDCWD, t.user().path(va), false);
    private static final Target DESCRIPTOR = (t, fd) -> ofDescriptor(t, fd);

    static void addTo(SyscallTable<UserThread> table) {
        add(table, "", FOLLOW);
        add(table, "l", LINK);
        add(table, "f", DESCRIPTOR);
        table.full("setxattrat", (t, a, b, c, d, e, f) -> setAt(t, at(t, (int) a, b, (int) c), d, e, f));
        table.full("getxattrat", (t, a, b, c, d, e, f) -> getAt(t, at(t, (int) a, b, (int) c), d, e, f));
        table.full("listxattrat", (t, a, b, c, d, e, f) -> list(t, at(t, (int) a, b, (int) c), d, e));
        table.full("removexattrat", (t, a, b, c, d, e, f) -> remove(t, at(t, (int) a, b, (int) c), d));
    }

    private static void add(SyscallTable<UserThread> table, String prefix, Target target) {
        table.full(prefix + "setxattr", (t, a, b, c, d, e, f) -> set(t, target, a, b, c, d, (int) e));
        table.full(prefix + "getxattr", (t, a, b, c, d, e, f) -> get(t, target.path(t, a), b, c, d));
        table.full(prefix + "listxattr", (t, a, b, c, d, e, f) -> list(t, target.path(t, a), b, c));
        table.full(prefix + "removexattr", (t, a, b, c, d, e, f) -> remove(t, target.path(t, a), b));
    }

    private static String ofDescriptor(UserThread t, long fd) {
        OpenFile file = t.files().getOpen(fd);
        if (file.mappablePath() == null && file.directoryPath() == null) {
            throw SysError.of(Errno.EOPNOTSUPP); // a pipe, a socket, a terminal
        }
        return file.path();
    }

    /** The file of the calls with a directory and AT_ flags. */
    private static String at(UserThread t, int dirFd, long pathVa, int flags) {
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            throw SysError.of(Errno.EINVAL);
        }
        boolean mayBeEmpty = (flags & AT_EMPTY_PATH) != 0;
        String path = mayBeEmpty && pathVa == 0 ? "" : t.user().path(pathVa);
        if (mayBeEmpty && path.isEmpty() && dirFd != Vfs.AT_FDCWD) {
            return ofDescriptor(t, dirFd);
        }
        return t.process().manager().vfs().resolve(t, dirFd, mayBeEmpty && path.isEmpty() ? "." : path, (flags & AT_SYMLINK_NOFOLLOW) == 0);
    }

    /** struct xattr_args, of which later versions must be zeros. */
    private static byte[] arguments(UserThread t, long va, long size) {
        if (Long.compareUnsigned(size, ARGS_BYTES) < 0) {
            throw SysError.of(Errno.EINVAL);
        }
        if (Long.compareUnsigned(size, ARGS_BYTES_MAX) > 0) {
            throw SysError.of(Errno.E2BIG);
        }
        byte[] args = new byte[(int) size];
        t.user().read(va, args, args.length);
        for (int i = ARGS_BYTES; i < args.length; i++) {
            if (args[i] != 0) {
                throw SysError.of(Errno.E2BIG);
            }
        }
        return args;
    }

    private static long setAt(UserThread t, String path, long nameVa, long argsVa, long argsBytes) {
        byte[] args = arguments(t, argsVa, argsBytes);
        long size = Integer.toUnsignedLong(Le.getInt(args, ARGS_SIZE));
        return set(t, (thread, unused) -> path, 0, nameVa, Le.getLong(args, 0), size, Le.getInt(args, ARGS_FLAGS));
    }

    private static long getAt(UserThread t, String path, long nameVa, long argsVa, long size) {
        byte[] args = arguments(t, argsVa, size);
        return Le.getInt(args, ARGS_FLAGS) != 0 ? -Errno.EINVAL
                : get(t, path, nameVa, Le.getLong(args, 0), Integer.toUnsignedLong(Le.getInt(args, ARGS_SIZE)));
    }

    private static String name(UserThread t, long va) {
        byte[] bytes = t.user().memory().readString(va, NAME_MAX);
        if (bytes == null) {
            boolean isLong = t.user().memory().read(va, t.user().scratch(), 0, NAME_MAX + 1) > NAME_MAX;
            throw SysError.of(isLong ? Errno.ERANGE : Errno.EFAULT);
        }
        if (bytes.length == 0) {
            throw SysError.of(Errno.ERANGE);
        }
        return Program.latin1(bytes);
    }

    private static boolean isKept(UserThread t, String path) {
        return t.process().manager().vfs().at(path).hasXattrs();
    }

    private static long set(UserThread t, Target target, long which, long nameVa, long valueVa, long size, int flags) {
        if ((flags & ~(XATTR_CREATE | XATTR_REPLACE)) != 0) {
            return -Errno.EINVAL;
        }
        String name = name(t, nameVa);
        if (Long.compareUnsigned(size, SIZE_MAX) > 0) {
            return -Errno.E2BIG;
        }
        String path = target.path(t, which);
        byte[] value = new byte[(int) size];
        t.user().read(valueVa, value, value.length);
        return isKept(t, path) ? t.fileService().setxattr(path, false, name, value, flags) : -Errno.EOPNOTSUPP;
    }

    private static long get(UserThread t, String path, long nameVa, long toVa, long size) {
        String name = name(t, nameVa);
        byte[] value = new byte[room(size)];
        int length = isKept(t, path) ? t.fileService().getxattr(path, false, name, value) : -Errno.EOPNOTSUPP;
        return deliver(t, value, length, toVa);
    }

    private static long list(UserThread t, String path, long toVa, long size) {
        byte[] names = new byte[room(size)];
        int length = isKept(t, path) ? t.fileService().listxattr(path, false, names) : 0;
        return deliver(t, names, length, toVa);
    }

    private static int room(long size) {
        return (int) (Long.compareUnsigned(size, SIZE_MAX) > 0 ? SIZE_MAX : size);
    }

    private static long deliver(UserThread t, byte[] bytes, int length, long toVa) {
        if (length > 0 && bytes.length > 0) {
            t.user().write(toVa, bytes, length);
        }
        return length;
    }

    private static long remove(UserThread t, String path, long nameVa) {
        String name = name(t, nameVa);
        return isKept(t, path) ? t.fileService().removexattr(path, false, name) : -Errno.EOPNOTSUPP;
    }
}
