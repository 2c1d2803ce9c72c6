package org.legoos.managers.rpc;

/** Message opcodes, with the original's numbers (struct rpc in include/lego/rpc/opcode.h). */
public final class Opcode {
    public static final int P2M_READ = 0;
    public static final int P2M_WRITE = 1;
    public static final int P2M_CLOSE = 3;
    public static final int P2M_STAT = 4;
    public static final int P2M_LSEEK = 8;
    public static final int P2M_MMAP = 9;
    public static final int P2M_MPROTECT = 10;
    public static final int P2M_MUNMAP = 11;
    public static final int P2M_BRK = 12;
    public static final int P2M_MREMAP = 25;
    public static final int P2M_MSYNC = 26;
    /** Ours: madvise(MADV_DONTNEED) must reach the pages' owner. */
    public static final int P2M_MADVISE = 28;
    public static final int P2M_FORK = 57;
    public static final int P2M_EXECVE = 59;
    /** Ours: the original never told M that a process had died. */
    public static final int P2M_EXIT = 60;
    public static final int P2M_FSYNC = 74;
    /** Ours: a file ends elsewhere, in the page cache and at the storage node. */
    public static final int P2M_TRUNCATE = 76;
    public static final int P2M_RENAME = 82;
    /** drop_page_cache, with the system call's number. */
    public static final int P2M_DROP_CACHE = 611;
    /** Ours: how much memory there is (sysinfo(2), /proc/meminfo). */
    public static final int P2M_STATUS = 99;

    /** In ramfs mode the memory node serves what a storage node serves otherwise; P2S numbers, own range. */
    public static final int P2S_BASE = 0x08000000;
    /** Content, from a memory node or straight from a processor: {@link FileTransfer} says how the bytes travel. */
    public static final int M2S_READ = P2S_BASE + 0;
    public static final int M2S_WRITE = P2S_BASE + 1;
    /** SEEK_DATA, SEEK_HOLE, SEEK_END. */
    public static final int M2S_LSEEK = P2S_BASE + 8;
    public static final int M2S_FSYNC = P2S_BASE + 74;
    public static final int M2S_FALLOCATE = P2S_BASE + 285;
    /** Ours: the host forgets a file's content that is on its disk. */
    public static final int M2S_FADVISE = P2S_BASE + 221;
    public static final int M2S_COPY_RANGE = P2S_BASE + 326;
    public static final int P2S_OPEN = P2S_BASE + 2;
    public static final int P2S_STAT = P2S_BASE + 4;
    /** Ours: a whole path in one message, as far as it goes without links. */
    public static final int P2S_LOOKUP = P2S_BASE + 6;
    public static final int P2S_ACCESS = P2S_BASE + 21;
    public static final int P2S_TRUNCATE = P2S_BASE + 76;
    public static final int P2S_GETDENTS = P2S_BASE + 78;
    public static final int P2S_RENAME = P2S_BASE + 82;
    public static final int P2S_MKDIR = P2S_BASE + 83;
    public static final int P2S_RMDIR = P2S_BASE + 84;
    public static final int P2S_LINK = P2S_BASE + 86;
    public static final int P2S_UNLINK = P2S_BASE + 87;
    public static final int P2S_SYMLINK = P2S_BASE + 88;
    public static final int P2S_READLINK = P2S_BASE + 89;
    public static final int P2S_SETATTR = P2S_BASE + 90;
    public static final int P2S_MKNOD = P2S_BASE + 133;
    public static final int P2S_STATFS = P2S_BASE + 137;
    public static final int P2S_SETXATTR = P2S_BASE + 188;
    public static final int P2S_GETXATTR = P2S_BASE + 191;
    public static final int P2S_LISTXATTR = P2S_BASE + 194;
    public static final int P2S_REMOVEXATTR = P2S_BASE + 197;
    public static final int P2S_SYNCFS = P2S_BASE + 306;

    public static final int P2M_TEST = 0x0ffffff0;
    public static final int P2M_TEST_NOREPLY = 0x0ffffff1;
    public static final int P2M_HEARTBEAT = 0x10000000;
    public static final int P2M_PCACHE_MISS = 0x20000000;
    public static final int P2M_PCACHE_FLUSH = 0x30000000;
    public static final int P2M_PCACHE_REPLICA = 0x30000001;
    public static final int P2M_PCACHE_ZEROFILL = 0x30000002;

    private Opcode() {}
}
