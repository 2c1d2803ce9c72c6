package org.legoos.managers.processor.fs;

import org.legoos.managers.processor.core.UserThread;

/** What renameat2(2) is about to do. */
final class Renames {
    static final int NOREPLACE = 1;
    static final int EXCHANGE = 2;

    private Renames() {}

    /** Whether it will really put one file in another's place. */
    static boolean replaces(UserThread t, String from, String to, int flags) {
        FileService.Stat source = new FileService.Stat();
        FileService.Stat target = new FileService.Stat();
        return (flags & (NOREPLACE | EXCHANGE)) == 0
                && t.fileService().stat(from, false, source) == 0 && t.fileService().stat(to, false, target) == 0
                && !FileMode.isDirectory(source.mode) && source.ino != target.ino;
    }
}
