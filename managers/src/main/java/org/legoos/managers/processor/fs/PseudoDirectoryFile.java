package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;

/** An open made-up directory; position is the index of the next entry, "." and ".." first. */
final class PseudoDirectoryFile extends OpenFile {
    private final PseudoFileSystem fs;
    private final PseudoNode.Directory node;

    PseudoDirectoryFile(PseudoFileSystem fs, PseudoNode.Directory node, String path, int flags) {
        super(path, flags);
        this.fs = fs;
        this.node = node;
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
        names.addAll(node.names(t));
        int done = 0;
        long index = position();
        while (index >= 0 && index < names.size()) {
            String name = names.get((int) index);
            int type = FileMode.direntType(name.startsWith(".") ? FileMode.S_IFDIR : modeOf(t, name));
            byte[] bytes = Program.bytes(name);
            int record = Dirent64.put(to, at + done, lengthBytes - done, index + 1, index + 1, type, bytes);
            if (record == 0) {
                break;
            }
            done += record;
            index++;
        }
        if (done == 0 && index < names.size()) {
            return -Errno.EINVAL;
        }
        setPosition(index);
        return done;
    }

    private int modeOf(UserThread t, String name) {
        PseudoNode child = node.lookup(t, name);
        return child == null ? FileMode.S_IFREG : child.mode();
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        fs.fill(t, path(), node, to);
        return 0;
    }

    @Override
    public String directoryPath() {
        return path();
    }
}
