package org.legoos.managers.processor.proc;

import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;

/** Opening /proc/self/fd/N: a path is opened anew; what has no path (pipe, terminal) is the same open file again. */
final class Reopen {
    private Reopen() {}

    static OpenFile open(UserThread t, OpenFile file, int flags) {
        FileService.Stat stat = new FileService.Stat();
        SysError.check(file.stat(t, stat));
        boolean hasPath = file.path().startsWith("/") && (FileMode.isRegular(stat.mode) || FileMode.isDirectory(stat.mode));
        if (hasPath && (file.mappablePath() != null || file.directoryPath() != null)) {
            return t.process().manager().vfs().at(file.path()).open(t, file.path(), flags, 0);
        }
        return file.retain();
    }
}
