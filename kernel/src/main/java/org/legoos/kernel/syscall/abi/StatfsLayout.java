package org.legoos.kernel.syscall.abi;

/** statfs(2). */
@CStruct(value = "struct statfs", header = "sys/vfs.h", prefix = "f_")
public final class StatfsLayout {
    public static final int SIZE = 120;
    public static final int TYPE = 0;
    public static final int BSIZE = 8;
    public static final int BLOCKS = 16;
    public static final int BFREE = 24;
    public static final int BAVAIL = 32;
    public static final int FILES = 40;
    public static final int FFREE = 48;
    public static final int FSID = 56;
    public static final int NAMELEN = 64;
    public static final int FRSIZE = 72;
    public static final int FLAGS = 80;

    private StatfsLayout() {}
}
