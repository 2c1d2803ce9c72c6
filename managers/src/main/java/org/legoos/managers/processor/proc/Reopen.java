package org.legoos.managers.processor.proc;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.memfile.MemoryFile;

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
        return file instanceof MemoryFile memory ? memory.reopen(t, flags) : file.retain();
    }

    /** Opening /proc/PID/exe: the file that is executed, whatever it is called now. */
    static OpenFile program(UserThread t, Program program, int flags) {
        if (program.file() == null) {
            throw SysError.of(Errno.ENOENT);
        }
        String path = program.file().path();
        return t.process().manager().vfs().at(path).open(t, path, flags, 0);
    }
}
