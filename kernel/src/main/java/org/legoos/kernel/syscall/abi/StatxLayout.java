package org.legoos.kernel.syscall.abi;

/** statx(2). */
@CStruct(value = "struct statx", header = "linux/stat.h", prefix = "stx_")
public final class StatxLayout {
    public static final int SIZE = 256;
    public static final int MASK = 0;
    public static final int BLKSIZE = 4;
    public static final int ATTRIBUTES = 8;
    public static final int NLINK = 16;
    public static final int UID = 20;
    public static final int GID = 24;
    public static final int MODE = 28;
    public static final int INO = 32;
    public static final int SIZE_BYTES = 40;
    public static final int BLOCKS = 48;
    public static final int ATTRIBUTES_MASK = 56;
    public static final int ATIME = 64;
    public static final int BTIME = 80;
    public static final int CTIME = 96;
    public static final int MTIME = 112;
    public static final int RDEV_MAJOR = 128;
    public static final int RDEV_MINOR = 132;
    public static final int DEV_MAJOR = 136;
    public static final int DEV_MINOR = 140;
    public static final int DIO_MEM_ALIGN = 152;
    public static final int DIO_OFFSET_ALIGN = 156;

    private StatxLayout() {}
}
