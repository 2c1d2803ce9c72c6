package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.processor.core.Credentials;

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
        /** {@link #blksize} of what is not on a file system with its own (Linux: PAGE_SIZE). */
        public static final int PAGE_BLKSIZE = 4096;

        public long dev, ino, nlink, rdev, size, blocks;
        public int mode, uid, gid, blksize;
        /** What O_DIRECT asks for; 0: nothing. */
        public int directMemoryAlignBytes, directOffsetAlignBytes;
        public long atimeNs, mtimeNs, ctimeNs;
        /** When it was made, 0 when nobody knows. */
        public long btimeNs;

        private static final int X_OK = 1;
        private static final int W_OK = 2;
        private static final int ANY_EXECUTE = 0111;

        /** Whether somebody may access it: {@code wanted} of R_OK 4, W_OK 2, X_OK 1 (generic_permission of Linux). */
        public boolean allows(Credentials who, int wanted) {
            boolean isDirectory = FileMode.isDirectory(mode);
            boolean mayExecute = (wanted & X_OK) == 0 || isDirectory || (mode & ANY_EXECUTE) != 0;
            boolean onlyReads = (wanted & W_OK) == 0 && (isDirectory || (wanted & X_OK) == 0);
            if (who.has(Capability.CAP_DAC_OVERRIDE) && mayExecute || who.has(Capability.CAP_DAC_READ_SEARCH) && onlyReads) {
                return true;
            }
            int shift = who.fsuid == uid ? 6 : who.fsgid == gid || isIn(who.groups, gid) ? 3 : 0;
            return (mode >> shift & wanted) == wanted;
        }

        private static boolean isIn(int[] groups, int group) {
            for (int each : groups) {
                if (each == group) {
                    return true;
                }
            }
            return false;
        }

        void copyFrom(Stat other) {
            dev = other.dev;
            ino = other.ino;
            nlink = other.nlink;
            rdev = other.rdev;
            size = other.size;
            blocks = other.blocks;
            mode = other.mode;
            uid = other.uid;
            gid = other.gid;
            blksize = other.blksize;
            directMemoryAlignBytes = other.directMemoryAlignBytes;
            directOffsetAlignBytes = other.directOffsetAlignBytes;
            atimeNs = other.atimeNs;
            mtimeNs = other.mtimeNs;
            ctimeNs = other.ctimeNs;
            btimeNs = other.btimeNs;
        }
    }

    /** Checks or creates (O_CREAT, O_EXCL, O_TRUNC, O_DIRECTORY ... of flags). @return 0 or errno */
    int open(String path, int flags, int mode);

    /** @param followLink whether a symbolic link as last component is followed by the server (it never is across mounts) */
    int stat(String path, boolean followLink, Stat to);

    /** @return bytes read into node memory at toPa (0 at end of file; fewer than asked for also elsewhere) */
    int read(FileIdentity file, String path, long fileOffset, long toPa, int lengthBytes);

    /** A file of which nothing is known but its path. */
    default int read(String path, long fileOffset, long toPa, int lengthBytes) {
        return read(FileIdentity.UNKNOWN, path, fileOffset, toPa, lengthBytes);
    }

    /** Into any memory, with one copy more. */
    int read(String path, long fileOffset, MemorySegment to, long at, int lengthBytes);

    /** @param flags FileTransfer's: APPEND (at the end of the file, atomically), DSYNC, SYNC; @return bytes; see newOffset() */
    int write(FileIdentity file, String path, long fileOffset, int flags, MemorySegment from, long at, int lengthBytes);

    default int write(String path, long fileOffset, boolean append, MemorySegment from, long at, int lengthBytes) {
        return write(FileIdentity.UNKNOWN, path, fileOffset, append ? FileTransfer.APPEND : 0, from, at, lengthBytes);
    }

    /** As read, from the storage node itself, of a file that the page cache has nothing dirty of. */
    default int readPast(FileIdentity file, String path, long fileOffset, long toPa, int lengthBytes) {
        return read(file, path, fileOffset, toPa, lengthBytes);
    }

    /** As write, to the storage node itself; the page cache is to forget the file's content afterwards. */
    default int writePast(FileIdentity file, String path, long fileOffset, int flags, MemorySegment from, long at, int lengthBytes) {
        return write(file, path, fileOffset, flags, from, at, lengthBytes);
    }

    /** What was written goes to the storage node, if the page cache still has it. @param discard: is forgotten instead */
    default int writeBack(FileIdentity file, String path, boolean discard) {
        return 0;
    }

    /** The page cache forgets the file's content: it was changed at the storage node. */
    default int dropCache(FileIdentity file, String path) {
        return 0;
    }

    /** The page cache gives back what it has of a file that has lost its last name. */
    default void forget(FileIdentity file) {}

    /** The page cache and the storage node's host forget the file's content (POSIX_FADV_DONTNEED). @param lengthBytes 0: to the end */
    default void dropEverywhere(FileIdentity file, String path, long offset, long lengthBytes) {}

    /** The page cache fetches what it has not; nobody waits for it. @param lengthBytes 0: to the end */
    default void readAhead(FileIdentity file, String path, long offset, long lengthBytes) {}

    /** The file that lost its last name in the last {@link #unlink} or {@link #rename}, or null; once. */
    default FileIdentity takeRemoved() {
        return null;
    }

    long newOffset();

    int truncate(FileIdentity file, String path, long sizeBytes);

    default int truncate(String path, long sizeBytes) {
        return truncate(FileIdentity.UNKNOWN, path, sizeBytes);
    }

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

    /** With the next two: the server's own time (UTIME_NOW). */
    int SET_ATIME_NOW = 32;
    int SET_MTIME_NOW = 64;

    // What follows came with storage nodes; a server without it says so.

    /** open, and what stat says of the file opened or made. */
    default int open(String path, int flags, int mode, Stat to) {
        int error = open(path, flags, mode);
        return error < 0 ? error : stat(path, false, to);
    }

    /** What {@link #lookup} found: see PathRequest's LOOKUP. */
    final class Lookup {
        /** Chars of the path that the walk went over; all of them when it came to its end. */
        public int walked;
        /** Of what is there; mode 0 when the last component walked over does not exist. */
        public final Stat stat = new Stat();
        /** The target when it is a symbolic link, else empty. */
        public String target = "";
    }

    /** Walks a whole path in one message, up to the first symbolic link or to what is not there. */
    default int lookup(String path, Lookup to) {
        return -Errno.EOPNOTSUPP;
    }

    /** What the last {@link #lookup} saw, when it was of this path and nothing was asked since; once. */
    default boolean takeStat(String path, Stat to) {
        return false;
    }

    /** @param mode with the type: S_IFREG, S_IFIFO, S_IFSOCK, S_IFCHR, S_IFBLK */
    default int mknod(String path, int mode, long rdev) {
        return -Errno.EOPNOTSUPP;
    }

    /** SEEK_DATA, SEEK_HOLE, SEEK_END by absolute offset. @return the offset or a negative errno */
    default long seek(String path, long offset, int whence) {
        return -Errno.EOPNOTSUPP;
    }

    /** @param mode FALLOC_FL_* */
    default int fallocate(String path, int mode, long offset, long lengthBytes) {
        return -Errno.EOPNOTSUPP;
    }

    /** Copies between two files at the server. @return bytes, 0 at the end of the first, or a negative errno */
    default int copyRange(String from, long offset, String to, long toOffset, long lengthBytes) {
        return -Errno.EOPNOTSUPP;
    }

    /** @param dataOnly fdatasync(2) */
    int fsync(FileIdentity file, String path, boolean dataOnly);

    default int fsync(String path, boolean dataOnly) {
        return fsync(FileIdentity.UNKNOWN, path, dataOnly);
    }

    default int fsync(String path) {
        return fsync(path, false);
    }

    /** The names in a directory are on the disk. */
    default int fsyncDirectory(String path) {
        return fsync(path);
    }

    default int syncfs(String path) {
        return 0;
    }

    /** @param flags XATTR_CREATE, XATTR_REPLACE */
    default int setxattr(String path, boolean followLink, String name, byte[] value, int flags) {
        return -Errno.EOPNOTSUPP;
    }

    /** @return the value's length, also when {@code to} has length 0; -ERANGE when it does not fit */
    default int getxattr(String path, boolean followLink, String name, byte[] to) {
        return -Errno.EOPNOTSUPP;
    }

    /** Names with a NUL behind each. @return as getxattr */
    default int listxattr(String path, boolean followLink, byte[] to) {
        return 0;
    }

    default int removexattr(String path, boolean followLink, String name) {
        return -Errno.EOPNOTSUPP;
    }

    /** struct statfs's content. */
    final class StatFs {
        public long type, blockBytes, blocks, blocksFree, files, filesFree;
    }

    /** Fills in the file system that the path lies on. */
    int statfs(String path, StatFs to);

    /** For the next call: its file is open, so nobody asks whether the caller may go the way to it. */
    default FileService holding() {
        return this;
    }

    /** Ends this client: its buffers are free again. */
    default void close() {}
}
