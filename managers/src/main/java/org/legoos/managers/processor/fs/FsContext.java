package org.legoos.managers.processor.fs;

/** Working directory and umask; threads share one (CLONE_FS), fork copies it. */
public final class FsContext {
    private volatile String workingDirectory;
    private volatile int umask;

    public FsContext(String workingDirectory, int umask) {
        this.workingDirectory = workingDirectory;
        this.umask = umask;
    }

    public String workingDirectory() {
        return workingDirectory;
    }

    public void setWorkingDirectory(String path) {
        workingDirectory = path;
    }

    public int umask() {
        return umask;
    }

    public void setUmask(int mask) {
        umask = mask & 0777;
    }

    public FsContext copy() {
        return new FsContext(workingDirectory, umask);
    }
}
