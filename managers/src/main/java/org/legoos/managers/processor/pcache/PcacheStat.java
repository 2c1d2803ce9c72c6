package org.legoos.managers.processor.pcache;

/** What system call 601 (pcache_stat) tells programs. */
public record PcacheStat(
        long nrCachelines,
        long nrCachesets,
        long associativity,
        long cachelineSizeBytes,
        long wayStrideBytes,
        long nrPgfault,
        long nrPgfaultCode,
        long nrFlush,
        long nrEviction) {}
