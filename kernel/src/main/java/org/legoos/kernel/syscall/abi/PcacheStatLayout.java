package org.legoos.kernel.syscall.abi;

/** struct pcache_stat of LegoOS's own call 601: nine unsigned longs. */
public final class PcacheStatLayout {
    public static final int SIZE = 72;
    public static final int NR_CACHELINES = 0;
    public static final int NR_CACHESETS = 8;
    public static final int ASSOCIATIVITY = 16;
    public static final int CACHELINE_SIZE = 24;
    public static final int WAY_STRIDE = 32;
    public static final int NR_PGFAULT = 40;
    public static final int NR_PGFAULT_CODE = 48;
    public static final int NR_FLUSH = 56;
    public static final int NR_EVICTION = 64;

    private PcacheStatLayout() {}
}
