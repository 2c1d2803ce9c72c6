package org.legoos.managers.processor.core;

import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** A descriptor that refers to a process (pidfd_open(2)): readable once the process has ended. */
public final class PidFile extends OpenFile {
    private final Process process;

    PidFile(Process process, int flags) {
        super("anon_inode:[pidfd]", flags | OpenFlags.O_RDWR);
        this.process = process;
    }

    public Process process() {
        return process;
    }

    @Override
    public String fdInfo() {
        int pid = process.isReaped() ? -1 : process.pid();
        return "Pid:\t" + pid + "\nNSpid:\t" + pid + "\n";
    }

    @Override
    public boolean isSeekable() {
        return false;
    }

    @Override
    public int poll() {
        return process.hasEnded() ? OpenFlags.READABLE : 0;
    }

    @Override
    public WaitList waiters() {
        return process.kin().endWaiters;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        to.mode = FileMode.OWNER_READ_WRITE;
        to.nlink = 1;
        to.ino = process.pid();
        return 0;
    }
}
