package org.legoos.managers.processor.syscall;

import java.lang.foreign.ValueLayout;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.Dirent64;
import org.legoos.managers.processor.fs.DirectoryName;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.Vfs;

/** Reading directories and moving between them. */
final class DirectoryCalls {
    private static final int OLD_NAME = 18; // d_name of the old linux_dirent, whose d_type is its last byte

    private DirectoryCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("getdents64", (t, a, b, c, d, e, f) -> getdents(t, t.files().get(a), b, c, false));
        table.full("getdents", (t, a, b, c, d, e, f) -> getdents(t, t.files().get(a), b, c, true));
        table.full("getcwd", (t, a, b, c, d, e, f) -> getcwd(t, a, b));
        table.full("chdir", (t, a, b, c, d, e, f) -> chdir(t, a));
        table.full("fchdir", (t, a, b, c, d, e, f) -> fchdir(t, t.files().get(a)));
        table.full("chroot", (t, a, b, c, d, e, f) -> chroot(t, a));
    }

    private static long getdents(UserThread t, OpenFile file, long va, long length, boolean isOld) {
        if (file.directoryPath() == null) {
            return -Errno.ENOTDIR;
        }
        if (!file.isReadable()) {
            return -Errno.EBADF;
        }
        int room = (int) Math.min(UserThread.IO_BYTES, Math.max(0, length & 0xffffffffL));
        long before = file.position();
        int done = file.getdents(t, t.io(), t.ioPa(), room);
        if (done <= 0) {
            return done;
        }
        if (isOld) {
            toOldFormat(t, done);
        }
        if (t.user().copyOut(va, t.io(), t.ioPa(), done) < done) {
            file.setPosition(before);
            return -Errno.EFAULT;
        }
        return done;
    }

    /** linux_dirent keeps its name one byte earlier and the type in the record's last byte; the lengths stay. */
    private static void toOldFormat(UserThread t, int length) {
        for (int at = 0; at + Dirent64.D_NAME < length;) {
            long record = t.ioPa() + at;
            int recordLength = t.kernel().memory().getShort(record + Dirent64.D_RECLEN) & 0xffff;
            byte type = t.io().get(ValueLayout.JAVA_BYTE, record + Dirent64.D_TYPE);
            if (recordLength < Dirent64.D_NAME) {
                return;
            }
            t.kernel().memory().copy(record + Dirent64.D_NAME, record + OLD_NAME, recordLength - Dirent64.D_NAME);
            t.io().set(ValueLayout.JAVA_BYTE, record + recordLength - 1, type);
            at += recordLength;
        }
    }

    private static long getcwd(UserThread t, long va, long size) {
        DirectoryName directory = t.fs().workingDirectory();
        if (directory.isRemoved()) {
            return -Errno.ENOENT;
        }
        byte[] path = Program.bytes(t.fs().seen(directory.path()) + "\0");
        if (Long.compareUnsigned(size, path.length) < 0) {
            return -Errno.ERANGE;
        }
        t.user().write(va, path, path.length);
        return path.length;
    }

    private static String directory(UserThread t, long pathVa) {
        Vfs vfs = t.process().manager().vfs();
        String path = vfs.resolve(t, Vfs.AT_FDCWD, t.user().path(pathVa), true);
        FileService.Stat stat = new FileService.Stat();
        vfs.at(path).statOrThrow(t, path, stat);
        if (!FileMode.isDirectory(stat.mode)) {
            throw org.legoos.kernel.syscall.SysError.of(Errno.ENOTDIR);
        }
        if (!Permissions.allows(t.process().credentials(), true, stat, 1)) {
            throw org.legoos.kernel.syscall.SysError.of(Errno.EACCES);
        }
        return path;
    }

    private static long chdir(UserThread t, long pathVa) {
        String path = directory(t, pathVa);
        t.fs().setWorkingDirectory(t.process().manager().vfs().at(path).directoryName(path));
        return 0;
    }

    private static long fchdir(UserThread t, OpenFile file) {
        if (file.directoryPath() == null) {
            return -Errno.ENOTDIR;
        }
        t.fs().setWorkingDirectory(file.directoryName(t));
        return 0;
    }

    private static long chroot(UserThread t, long pathVa) {
        String path = directory(t, pathVa);
        if (!t.process().credentials().has(Capability.CAP_SYS_CHROOT)) {
            return -Errno.EPERM;
        }
        t.fs().setRoot(path);
        return 0;
    }
}
