package org.legoos.managers.processor.fs;

/** Root directory, working directory and umask; threads share one (CLONE_FS), fork copies it. Paths are the node's, whatever the root. */
public final class FsContext {
    private volatile String root = "/";
    private volatile DirectoryName workingDirectory;
    private volatile int umask;

    public FsContext(DirectoryName workingDirectory, int umask) {
        this.workingDirectory = workingDirectory;
        this.umask = umask;
    }

    /** Where "/" of this program is: chroot(2). */
    public String root() {
        return root;
    }

    public void setRoot(String path) {
        root = path;
    }

    /** A path as the program may see it; one that is not below its root begins with "(unreachable)", as getcwd(2) says. */
    public String seen(String path) {
        String top = root;
        if (top.length() == 1) {
            return path;
        }
        if (path.equals(top)) {
            return "/";
        }
        boolean isBelow = path.startsWith(top) && path.charAt(top.length()) == '/';
        return isBelow ? path.substring(top.length()) : "(unreachable)" + path;
    }

    public DirectoryName workingDirectory() {
        return workingDirectory;
    }

    public void setWorkingDirectory(DirectoryName directory) {
        workingDirectory = directory;
    }

    public int umask() {
        return umask;
    }

    public void setUmask(int mask) {
        umask = mask & 0777;
    }

    public FsContext copy() {
        FsContext copy = new FsContext(workingDirectory, umask);
        copy.root = root;
        return copy;
    }
}
