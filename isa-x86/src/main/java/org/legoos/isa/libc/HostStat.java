package org.legoos.isa.libc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What statx(2) says of a file of the host (struct statx of linux/stat.h). Reusable, for one thread at a time. */
public final class HostStat {
    public static final int S_IFMT = 0170000;
    public static final int S_IFSOCK = 0140000;
    public static final int S_IFLNK = 0120000;
    public static final int S_IFREG = 0100000;
    public static final int S_IFBLK = 0060000;
    public static final int S_IFDIR = 0040000;
    public static final int S_IFCHR = 0020000;
    public static final int S_IFIFO = 0010000;

    static final int STATX_BYTES = 256;
    private static final long NS = 1_000_000_000L;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final int BLKSIZE = 4;
    private static final int NLINK = 16;
    private static final int UID = 20;
    private static final int GID = 24;
    private static final int MODE = 28;
    private static final int INO = 32;
    private static final int SIZE = 40;
    private static final int BLOCKS = 48;
    private static final int ATIME = 64;
    private static final int BTIME = 80;
    private static final int CTIME = 96;
    private static final int MTIME = 112;
    private static final int RDEV_MAJOR = 128;
    private static final int RDEV_MINOR = 132;
    private static final int DEV_MAJOR = 136;
    private static final int DEV_MINOR = 140;
    private static final int DIO_MEMORY = 152;
    private static final int DIO_OFFSET = 156;
    private static final int NANOS = 8;

    /** On the heap: places are looked at often, and native memory is dear to give back. */
    final MemorySegment statx = MemorySegment.ofArray(new long[STATX_BYTES / Long.BYTES]);

    public int mode() {
        return Short.toUnsignedInt(statx.get(ValueLayout.JAVA_SHORT, MODE));
    }

    public boolean isDirectory() {
        return (mode() & S_IFMT) == S_IFDIR;
    }

    public boolean isRegular() {
        return (mode() & S_IFMT) == S_IFREG;
    }

    public boolean isLink() {
        return (mode() & S_IFMT) == S_IFLNK;
    }

    public int uid() {
        return statx.get(INT, UID);
    }

    public int gid() {
        return statx.get(INT, GID);
    }

    public long links() {
        return Integer.toUnsignedLong(statx.get(INT, NLINK));
    }

    public long inode() {
        return statx.get(LONG, INO);
    }

    /** Which file system, as one number: major and minor. */
    public long device() {
        return Integer.toUnsignedLong(statx.get(INT, DEV_MAJOR)) << Integer.SIZE
                | Integer.toUnsignedLong(statx.get(INT, DEV_MINOR));
    }

    /** What buffers of O_DIRECT are aligned to; 0: nobody says, or it does not matter. */
    public int directMemoryAlignBytes() {
        return statx.get(INT, DIO_MEMORY);
    }

    /** What offsets and lengths of O_DIRECT are aligned to; 0: nobody says, or it does not matter. */
    public int directOffsetAlignBytes() {
        return statx.get(INT, DIO_OFFSET);
    }

    public int rdevMajor() {
        return statx.get(INT, RDEV_MAJOR);
    }

    public int rdevMinor() {
        return statx.get(INT, RDEV_MINOR);
    }

    public long sizeBytes() {
        return statx.get(LONG, SIZE);
    }

    /** Units of 512 bytes. */
    public long blocks() {
        return statx.get(LONG, BLOCKS);
    }

    public int blockBytes() {
        return statx.get(INT, BLKSIZE);
    }

    public long atimeNs() {
        return time(ATIME);
    }

    public long mtimeNs() {
        return time(MTIME);
    }

    public long ctimeNs() {
        return time(CTIME);
    }

    /** 0 when the file system does not know. */
    public long btimeNs() {
        return time(BTIME);
    }

    private long time(int at) {
        long seconds = statx.get(LONG, at);
        long limit = Long.MAX_VALUE / NS - 1;
        return Math.clamp(seconds, -limit, limit) * NS + statx.get(INT, at + NANOS);
    }
}
