package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileHandles;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.FileSystem;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.Vfs;
import org.legoos.managers.rpc.Caller;

/** name_to_handle_at(2), open_by_handle_at(2): files of the root file system by a number of ours; others have no handles. */
final class HandleCalls {
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int MAX_HANDLE_BYTES = 128;
    /** struct file_handle: handle_bytes, handle_type, and then the handle: inode number and birth time. */
    private static final int BYTES = 0;
    private static final int TYPE = 4;
    private static final int INO = 8;
    private static final int BTIME = 16;
    private static final int SIZE_BYTES = 24;
    private static final int HANDLE_BYTES = SIZE_BYTES - INO;
    private static final int OUR_TYPE = 0x4c;
    /** As /proc/PID/mountinfo numbers the root file system. */
    private static final int ROOT_MOUNT = 1;

    private HandleCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("name_to_handle_at", (t, a, b, c, d, e, f) -> nameToHandle(t, (int) a, b, c, d, (int) e));
        table.full("open_by_handle_at", (t, a, b, c, d, e, f) -> openByHandle(t, a, b, (int) c));
    }

    private static long nameToHandle(UserThread t, int dirFd, long pathVa, long handleVa, long mountVa, int flags) {
        if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) != 0) {
            return -Errno.EINVAL;
        }
        Vfs vfs = t.process().manager().vfs();
        String text = t.user().path(pathVa);
        boolean isDescriptor = text.isEmpty() && (flags & AT_EMPTY_PATH) != 0 && dirFd != Vfs.AT_FDCWD;
        String path = isDescriptor ? t.files().get(dirFd).path()
                : vfs.resolve(t, dirFd, text.isEmpty() && (flags & AT_EMPTY_PATH) != 0 ? "." : text, (flags & AT_SYMLINK_FOLLOW) != 0);
        FileSystem fs = path.startsWith("/") ? vfs.at(path) : null;
        FileHandles handles = fs == null ? null : fs.handles();
        if (handles == null) {
            return -Errno.EOPNOTSUPP;
        }
        FileService.Stat stat = new FileService.Stat();
        fs.statOrThrow(t, path, stat);
        byte[] handle = new byte[SIZE_BYTES];
        t.user().read(handleVa, handle, INO);
        int room = Le.getInt(handle, BYTES);
        if (Integer.compareUnsigned(room, MAX_HANDLE_BYTES) > 0) {
            return -Errno.EINVAL;
        }
        Le.putInt(handle, BYTES, HANDLE_BYTES);
        Le.putInt(handle, TYPE, OUR_TYPE);
        Le.putLong(handle, INO, stat.ino);
        Le.putLong(handle, BTIME, stat.btimeNs);
        t.user().putInt(mountVa, ROOT_MOUNT);
        boolean fits = room >= HANDLE_BYTES;
        t.user().write(handleVa, handle, fits ? SIZE_BYTES : INO);
        if (fits) {
            handles.given(stat, path);
        }
        return fits ? 0 : -Errno.EOVERFLOW;
    }

    private static long openByHandle(UserThread t, long mountFd, long handleVa, int flags) {
        if (!t.process().credentials().has(Caller.CAP_DAC_READ_SEARCH)) {
            return -Errno.EPERM;
        }
        byte[] handle = new byte[SIZE_BYTES];
        t.user().read(handleVa, handle, INO);
        int length = Le.getInt(handle, BYTES);
        if (length == 0 || Integer.compareUnsigned(length, MAX_HANDLE_BYTES) > 0) {
            return -Errno.EINVAL;
        }
        Vfs vfs = t.process().manager().vfs();
        String mount = (int) mountFd == Vfs.AT_FDCWD ? vfs.resolve(t, Vfs.AT_FDCWD, ".", true) : t.files().get(mountFd).path();
        FileHandles handles = mount.startsWith("/") ? vfs.at(mount).handles() : null;
        if (handles == null || length != HANDLE_BYTES || Le.getInt(handle, TYPE) != OUR_TYPE) {
            return -Errno.ESTALE;
        }
        t.user().read(handleVa, handle, SIZE_BYTES);
        String path = handles.path(Le.getLong(handle, INO), Le.getLong(handle, BTIME));
        FileService.Stat stat = new FileService.Stat();
        boolean isThere = path != null && vfs.at(path).stat(t, path, stat) == 0
                && stat.ino == Le.getLong(handle, INO) && stat.btimeNs == Le.getLong(handle, BTIME);
        if (!isThere) {
            throw SysError.of(Errno.ESTALE);
        }
        return OpenCalls.open(t, Vfs.AT_FDCWD, path, flags & ~(OpenFlags.O_CREAT | OpenFlags.O_EXCL) | OpenFlags.O_NOFOLLOW, 0, 0);
    }
}
