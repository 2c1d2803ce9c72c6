package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;

/**
 * Files as the processor node sees them: stateless requests with full absolute paths and absolute offsets,
 * answered by the memory node in ramfs mode and by memory and storage nodes otherwise. The path has been
 * normalised by the processor's path walk (no "." or ".."; the last component may be a symbolic link).
 * Paths are Latin-1 strings, one character a byte. An object belongs to one thread (newOffset and the like are its state).
 * Results below zero are negative errnos. Buffers are in the node's physical memory.
 */
public interface FileService {
    /** Linux's struct stat content, filled in by {@link #stat}. */
    final class Stat {
        public long dev, ino, nlink, rdev, size, blocks;
        public int mode, uid, gid, blksize;
        public long atimeNs, mtimeNs, ctimeNs;
    }

    /** Checks or creates (O_CREAT, O_EXCL, O_TRUNC, O_DIRECTORY ... of flags). @return 0 or errno */
    int open(String path, int flags, int mode);

    /** @param followLink whether a symbolic link as last component is followed by the server (it never is across mounts) */
    int stat(String path, boolean followLink, Stat to);

    /** @return bytes read into node memory at toPa (0 at end of file) */
    int read(String path, long fileOffset, long toPa, int lengthBytes);

    /** Scatter variant straight into any segment (copies once). */
    int read(String path, long fileOffset, MemorySegment to, long at, int lengthBytes);

    /** @param append write at end of file, atomically; @return bytes written; newOffset() has the offset behind them */
    int write(String path, long fileOffset, boolean append, MemorySegment from, long at, int lengthBytes);

    long newOffset();

    int truncate(String path, long sizeBytes);

    /** Fills linux_dirent64 records from directory position pos. @return bytes; {@link #nextPosition} is where to go on */
    int getdents(String path, long pos, MemorySegment to, long at, int lengthBytes);

    long nextPosition();

    int rename(String from, String to, int flags);

    int mkdir(String path, int mode);

    int rmdir(String path);

    int unlink(String path);

    int link(String existing, String path);

    int symlink(String target, String path);

    /** @return the target or null; errno in {@link #lastErrno} */
    String readlink(String path);

    int lastErrno();

    /** chmod, chown, utimensat: fields of {@code to} chosen by the mask of SET_ bits. */
    int setattr(String path, boolean followLink, int mask, Stat to);

    int SET_MODE = 1;
    int SET_UID = 2;
    int SET_GID = 4;
    int SET_ATIME = 8;
    int SET_MTIME = 16;

    int fsync(String path);

    /** struct statfs's content. */
    final class StatFs {
        public long type, blockBytes, blocks, blocksFree, files, filesFree;
    }

    /** Fills in the file system that the path lies on. */
    int statfs(String path, StatFs to);

    /** Ends this client: its buffers are free again. */
    default void close() {}
}
