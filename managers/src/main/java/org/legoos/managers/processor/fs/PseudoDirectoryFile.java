package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;

/**
 * An open made-up directory; position is the index of the next entry, "." and ".." first. Who reads it sees the names that were
 * there when he began, so that closing what /proc/self/fd lists while reading it leaves nothing out.
 */
final class PseudoDirectoryFile extends OpenFile {
    private static final int GONE = -1;

    private final PseudoFileSystem fs;
    private final PseudoNode.Directory node;
    private List<String> names; // null before the first read; guarded by this

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
    public synchronized int getdents(UserThread t, MemorySegment to, long at, int lengthBytes) {
        long index = position();
        if (names == null || index == 0) {
            names = new ArrayList<>(List.of(".", ".."));
            names.addAll(node.names(t));
        }
        int done = 0;
        while (index >= 0 && index < names.size()) {
            String name = names.get((int) index);
            int mode = modeOf(t, name);
            if (mode != GONE) {
                int record = Dirent64.put(to, at + done, lengthBytes - done, index + 1, index + 1,
                        FileMode.direntType(mode), Program.bytes(name));
                if (record == 0) {
                    break;
                }
                done += record;
            }
            index++;
        }
        if (done == 0 && index < names.size()) {
            return -Errno.EINVAL;
        }
        setPosition(index);
        return done;
    }

    private int modeOf(UserThread t, String name) {
        if (name.startsWith(".")) {
            return FileMode.S_IFDIR;
        }
        PseudoNode child = node.lookup(t, name);
        return child == null ? GONE : child.mode();
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
