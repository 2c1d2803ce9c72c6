package org.legoos.managers.processor.memfile;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.Dirent64;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;

/** /dev/shm, open; position is the index of the next entry, "." and ".." first. */
final class SharedDirectory extends OpenFile {
    private final SharedFileSystem fs;

    SharedDirectory(SharedFileSystem fs, String path, int flags) {
        super(path, flags);
        this.fs = fs;
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        return -Errno.EISDIR;
    }

    @Override
    public int getdents(UserThread t, MemorySegment to, long at, int lengthBytes) {
        List<String> names = new ArrayList<>(List.of(".", ".."));
        names.addAll(fs.names());
        int done = 0;
        int index = Math.clamp(position(), 0, names.size());
        for (; index < names.size(); index++) {
            int type = FileMode.direntType(index < 2 ? FileMode.S_IFDIR : FileMode.S_IFREG);
            int record = Dirent64.put(to, at + done, lengthBytes - done, index + 1, index + 1, type, Program.bytes(names.get(index)));
            if (record == 0) {
                break;
            }
            done += record;
        }
        if (done == 0 && index < names.size()) {
            return -Errno.EINVAL;
        }
        setPosition(index);
        return done;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        return fs.stat(t, path(), to);
    }

    @Override
    public String directoryPath() {
        return path();
    }
}
