package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.PcacheStatLayout;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileIdentity;
import org.legoos.managers.processor.pcache.PcacheStat;

/** LegoOS's own calls, from number 600. */
final class LegoCalls {
    private LegoCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("drop_page_cache", (t, a, b, c, d, e, f) -> t.fileService().dropCache(FileIdentity.UNKNOWN, ""));
        table.full("pcache_stat", (t, a, b, c, d, e, f) -> pcacheStat(t, a));
    }

    private static long pcacheStat(UserThread t, long va) {
        PcacheStat stat = t.process().manager().spaces().pcacheStat();
        byte[] to = t.user().zeroed(PcacheStatLayout.SIZE);
        Le.putLong(to, PcacheStatLayout.NR_CACHELINES, stat.nrCachelines());
        Le.putLong(to, PcacheStatLayout.NR_CACHESETS, stat.nrCachesets());
        Le.putLong(to, PcacheStatLayout.ASSOCIATIVITY, stat.associativity());
        Le.putLong(to, PcacheStatLayout.CACHELINE_SIZE, stat.cachelineSizeBytes());
        Le.putLong(to, PcacheStatLayout.WAY_STRIDE, stat.wayStrideBytes());
        Le.putLong(to, PcacheStatLayout.NR_PGFAULT, stat.nrPgfault());
        Le.putLong(to, PcacheStatLayout.NR_PGFAULT_CODE, stat.nrPgfaultCode());
        Le.putLong(to, PcacheStatLayout.NR_FLUSH, stat.nrFlush());
        Le.putLong(to, PcacheStatLayout.NR_EVICTION, stat.nrEviction());
        t.user().putStruct(va, PcacheStatLayout.SIZE);
        return 0;
    }
}
