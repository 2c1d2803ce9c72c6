package org.legoos.managers.processor.fs;

/** File types and permission bits of st_mode, and the matching d_type numbers. */
public final class FileMode {
    public static final int S_IFMT = 0xf000;
    public static final int S_IFSOCK = 0xc000;
    public static final int S_IFLNK = 0xa000;
    public static final int S_IFREG = 0x8000;
    public static final int S_IFBLK = 0x6000;
    public static final int S_IFDIR = 0x4000;
    public static final int S_IFCHR = 0x2000;
    public static final int S_IFIFO = 0x1000;
    public static final int PERMISSIONS = 07777;
    /** What files without a name have. */
    public static final int OWNER_READ_WRITE = 0600;

    public static final int S_ISUID = 04000;
    public static final int S_ISGID = 02000;
    public static final int S_IXGRP = 010;

    private FileMode() {}

    public static boolean isDirectory(int mode) {
        return (mode & S_IFMT) == S_IFDIR;
    }

    public static boolean isLink(int mode) {
        return (mode & S_IFMT) == S_IFLNK;
    }

    public static boolean isRegular(int mode) {
        return (mode & S_IFMT) == S_IFREG;
    }

    /** d_type of getdents64. */
    public static int direntType(int mode) {
        return (mode & S_IFMT) >>> 12;
    }
}
