package org.legoos.managers.storage.host;

import org.legoos.isa.libc.HostFs;
import org.legoos.isa.libc.HostStat;

/**
 * Where a path leads, in a vNode's layers: the directory that holds the name in each layer, and the file, opened with O_PATH.
 * Filled in by {@link Layers#find}; closing it closes all descriptors.
 */
public final class Place implements AutoCloseable {
    static final int NONE = -1;

    String path;
    /** The last component; "." for the root itself. */
    String name;
    /** The directory in the layer that is written, or NONE: there is none yet, or nothing is written. */
    int upperParentFd = NONE;
    /** The directory in the layer that is only read, or NONE: there is none, or it is covered. */
    int lowerParentFd = NONE;
    /** The file, or NONE. */
    int fileFd = NONE;
    boolean isUpper;
    /** Whether the upper layer says that the lower one's name is deleted. */
    boolean isWhiteout;
    /** Of the file; nothing when there is none. */
    public final HostStat stat = new HostStat();

    public boolean exists() {
        return fileFd >= 0;
    }

    public int fileFd() {
        return fileFd;
    }

    /** The directory that the file was found in. */
    int parentFd() {
        return isUpper ? upperParentFd : lowerParentFd;
    }

    @Override
    public void close() {
        reset();
    }

    /** Closes what is open, to be filled in again. */
    public void reset() {
        HostFs.close(upperParentFd);
        HostFs.close(lowerParentFd);
        HostFs.close(fileFd);
        upperParentFd = lowerParentFd = fileFd = NONE;
        isUpper = isWhiteout = false;
    }
}
