package org.legoos.managers.processor.fs;

/**
 * Which file a request for content means, whatever its names are, and what the storage node said of it when it was opened:
 * so the page cache finds it without asking, and sees that somebody else has changed it.
 */
public class FileIdentity {
    /** In ramfs mode, where paths are enough. */
    public static final FileIdentity UNKNOWN = new FileIdentity(0, 0);

    private final long dev;
    private final long ino;
    private volatile long sizeBytes;
    private volatile long mtimeNs;
    private volatile boolean isFresh;

    public FileIdentity(long dev, long ino) {
        this.dev = dev;
        this.ino = ino;
    }

    public final long dev() {
        return dev;
    }

    public final long ino() {
        return ino;
    }

    /** It was opened: the next request tells the page cache what was seen. */
    final void seen(long size, long mtime) {
        sizeBytes = size;
        mtimeNs = mtime;
        isFresh = true;
    }

    final long sizeBytes() {
        return sizeBytes;
    }

    final long mtimeNs() {
        return mtimeNs;
    }

    /** Whether the page cache must be told; it is from now on. */
    final boolean takeFresh() {
        boolean was = isFresh;
        isFresh = false;
        return was;
    }

    /** Whether its content may lie in lines of the ExCache: then the memory node must have the last word. */
    boolean isMapped() {
        return false;
    }
}
