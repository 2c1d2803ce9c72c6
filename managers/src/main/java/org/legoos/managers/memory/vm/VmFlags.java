package org.legoos.managers.memory.vm;

/** Numbers of Linux's memory calls (uapi/asm-generic/mman*.h, x86-64). */
public final class VmFlags {
    public static final int PROT_READ = 1;
    public static final int PROT_WRITE = 2;
    public static final int PROT_EXEC = 4;
    static final int PROT_ALL = PROT_READ | PROT_WRITE | PROT_EXEC;
    static final int PROT_SEM = 8;

    public static final int MAP_SHARED = 1;
    public static final int MAP_PRIVATE = 2;
    static final int MAP_TYPE = 0xf;
    static final int MAP_SHARED_VALIDATE = 3;
    public static final int MAP_FIXED = 0x10;
    public static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_32BIT = 0x40;
    public static final int MAP_GROWSDOWN = 0x100;
    public static final int MAP_NORESERVE = 0x4000;
    public static final int MAP_STACK = 0x20000;
    static final int MAP_HUGETLB = 0x40000;
    public static final int MAP_FIXED_NOREPLACE = 0x100000;
    /** Flags that a range keeps. */
    static final int LASTING = MAP_SHARED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_NORESERVE;

    public static final int MREMAP_MAYMOVE = 1;
    public static final int MREMAP_FIXED = 2;
    public static final int MREMAP_DONTUNMAP = 4;

    static final int MADV_DONTNEED = 4;
    static final int MADV_FREE = 8;
    static final int MADV_REMOVE = 9;
    static final int MADV_DONTNEED_LOCKED = 24;
    /** Advice from 0 to here is known, but for the gap before MADV_FREE. */
    static final int MADV_LAST = 25;

    static final int MS_ASYNC = 1;
    static final int MS_INVALIDATE = 2;
    static final int MS_SYNC = 4;

    public static final long PAGE_SIZE = 4096;
    /** User addresses end here: one page below the 47-bit limit. */
    public static final long TASK_SIZE = (1L << 47) - PAGE_SIZE;
    /** vm.mmap_min_addr. */
    public static final long MIN_VA = 65536;
    /** vm.max_map_count. */
    public static final int MAX_MAP_COUNT = 65530;
    /** Pages that stay free below a stack (stack_guard_gap). */
    static final long GUARD_GAP_BYTES = 256 * PAGE_SIZE;

    private VmFlags() {}

    static long pageUp(long value) {
        return value + PAGE_SIZE - 1 & -PAGE_SIZE;
    }

    static boolean isAligned(long value) {
        return (value & PAGE_SIZE - 1) == 0;
    }
}
