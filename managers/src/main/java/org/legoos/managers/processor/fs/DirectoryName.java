package org.legoos.managers.processor.fs;

/**
 * A directory that somebody is in or has open, as this node knows it: requests carry full paths, so whoever holds a directory holds
 * this, whose path changes when a program of this node renames it or what it lies in ({@link DirectoryNames}).
 */
public final class DirectoryName {
    private volatile String path;
    private volatile FileService.Stat lastSeen;

    public DirectoryName(String path) {
        this.path = path;
    }

    /** Where it is now, or was when it was removed. */
    public String path() {
        return path;
    }

    void moveTo(String newPath) {
        path = newPath;
    }

    /** It has been removed. @param stat what it was at last */
    void remove(FileService.Stat stat) {
        stat.nlink = 0;
        stat.size = 0;
        lastSeen = stat;
    }

    public boolean isRemoved() {
        return lastSeen != null;
    }

    /** What fstat(2) shows of a removed directory. */
    FileService.Stat lastSeen() {
        return lastSeen;
    }

    /** What /proc shows. */
    public String shown() {
        return isRemoved() ? path + " (deleted)" : path;
    }
}
