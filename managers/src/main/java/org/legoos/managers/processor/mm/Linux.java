package org.legoos.managers.processor.mm;

/** Linux's numbers for memory calls that the processor itself looks at (mman.h); the home node checks the calls. */
final class Linux {
    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int PROT_EXEC = 4;
    static final int PROT_ALL = PROT_READ | PROT_WRITE | PROT_EXEC;

    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE = 2;
    static final int MAP_TYPE = 0xf;
    static final int MAP_FIXED = 0x10;
    static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_GROWSDOWN = 0x100;
    /** Of a range: locked by mlock(2) or this flag. */
    static final int MAP_LOCKED = 0x2000;
    static final int MAP_NORESERVE = 0x4000;
    /** What a range keeps. */
    static final int MAP_LASTING = MAP_SHARED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_LOCKED | MAP_NORESERVE;

    /** Of a range, never of a call: mseal(2). */
    static final int SEALED = 1 << 29;

    /** Of a range, never of a call: the descriptor that was mapped may not write (no VM_MAYWRITE). */
    static final int NEVER_WRITABLE = AddressSpace.NEVER_WRITABLE;

    static final int MREMAP_FIXED = 2;
    static final int MREMAP_DONTUNMAP = 4;

    static final int MS_SYNC = 4;

    static final int MADV_DONTNEED = 4;
    static final int MADV_FREE = 8;
    static final int MADV_DONTFORK = 10;
    static final int MADV_DOFORK = 11;
    static final int MADV_WIPEONFORK = 18;
    static final int MADV_KEEPONFORK = 19;
    static final int MADV_REMOVE = 9;
    static final int MADV_DONTNEED_LOCKED = 24;

    /** RLIMIT_STACK's default: how far the stack grows. */
    static final long STACK_LIMIT_BYTES = 8L << 20;

    /** stack_guard_gap. */
    static final long STACK_GUARD_BYTES = 256L << 12;

    static final long PAGE_BYTES = 4096;
    /** User addresses end here. */
    static final long TASK_SIZE = (1L << 47) - PAGE_BYTES;

    private Linux() {}

    static long pageDown(long va) {
        return va & -PAGE_BYTES;
    }

    static long pageUp(long va) {
        return va + PAGE_BYTES - 1 & -PAGE_BYTES;
    }

    /** Page aligned, not empty, wholly in user space: what page-table work may be done on. */
    static boolean isUserRange(long addr, long lengthBytes) {
        return addr >= 0
                && (addr & (PAGE_BYTES - 1)) == 0
                && lengthBytes > 0
                && addr <= TASK_SIZE
                && lengthBytes <= TASK_SIZE - addr;
    }
}
