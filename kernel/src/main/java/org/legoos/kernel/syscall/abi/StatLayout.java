package org.legoos.kernel.syscall.abi;

/** stat(2): the x86-64 struct stat. */
@CStruct(value = "struct stat", header = "sys/stat.h", prefix = "st_")
public final class StatLayout {
    public static final int SIZE = 144;
    public static final int DEV = 0;
    public static final int INO = 8;
    public static final int NLINK = 16;
    public static final int MODE = 24;
    public static final int UID = 28;
    public static final int GID = 32;
    public static final int RDEV = 40;
    public static final int SIZE_BYTES = 48;
    public static final int BLKSIZE = 56;
    public static final int BLOCKS = 64;
    public static final int ATIM = 72;
    public static final int MTIM = 88;
    public static final int CTIM = 104;

    private StatLayout() {}
}
