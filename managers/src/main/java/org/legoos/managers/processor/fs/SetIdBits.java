package org.legoos.managers.processor.fs;

import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.UserThread;

/** What somebody without CAP_FSETID writes to is no program with rights any more (file_remove_privs of Linux). */
final class SetIdBits {
    private static final int SET_GROUP_PROGRAM = FileMode.S_ISGID | FileMode.S_IXGRP;

    private SetIdBits() {}

    /** Set-group-ID alone is no right. */
    static boolean areIn(int mode) {
        return (mode & FileMode.S_ISUID) != 0 || (mode & SET_GROUP_PROGRAM) == SET_GROUP_PROGRAM;
    }

    /** Whether a file that the thread changes loses them. */
    static boolean goBy(UserThread t, FileNode node) {
        return node.isSetId() && !t.process().credentials().has(Capability.CAP_FSETID);
    }

    /** @param client root's; @return 0 or what stat says */
    static int drop(FileService client, FileNode node, String path) {
        FileService.Stat stat = new FileService.Stat();
        int error = client.stat(path, false, stat);
        if (error != 0) {
            return error;
        }
        if (areIn(stat.mode)) {
            int kept = (stat.mode & FileMode.S_IXGRP) != 0 ? ~(FileMode.S_ISUID | FileMode.S_ISGID) : ~FileMode.S_ISUID;
            stat.mode &= FileMode.PERMISSIONS & kept;
            client.setattr(path, false, FileService.SET_MODE, stat);
        }
        node.seenMode(stat.mode);
        return 0;
    }

    /** A file that may be open already has got another mode. */
    static void noticeMode(FileService client, OpenRegistry registry, String path, int mode) {
        FileService.Stat stat = new FileService.Stat();
        FileNode node = areIn(mode) && client.stat(path, false, stat) == 0 ? registry.findNode(stat.dev, stat.ino) : null;
        if (node != null) {
            node.seenMode(stat.mode);
        }
    }
}
