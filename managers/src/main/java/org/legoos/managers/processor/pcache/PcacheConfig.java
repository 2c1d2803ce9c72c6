package org.legoos.managers.processor.pcache;

import org.legoos.kernel.kconfig.KConfig;

/**
 * The ExCache's choices, compile-time in the original, start-time here.
 *
 * @param sweepIntervalMs how often kevict_sweepd runs, 0 when it does not
 * @param zerofill p-local: first touch of anonymous memory needs no network
 * @param zerofillNotify tell the home node of such pages
 * @param stageTimes measure the stages of a miss
 * @param seed of the Random policy
 */
public record PcacheConfig(
        int associativityShift,
        Policy policy,
        Mechanism mechanism,
        int victimEntries,
        int sweepIntervalMs,
        boolean zerofill,
        boolean zerofillNotify,
        boolean isMemblockReserved,
        boolean stageTimes,
        long seed) {

    /** Which line of a set goes. LRU without the sweep thread never sees accesses and so acts as FIFO, as the original's. */
    public enum Policy { LRU, FIFO, RANDOM }

    /** How racing threads are kept from a line that is being written back. */
    public enum Mechanism { WRITE_PROTECT, PERSET_LIST, VICTIM }

    public static PcacheConfig of(KConfig config, long seed) {
        boolean sweeps = config.bool("PCACHE_EVICT_GENERIC_SWEEP");
        return new PcacheConfig(
                config.integer("PCACHE_ASSOCIATIVITY_SHIFT"),
                policy(config),
                mechanism(config),
                config.integer("PCACHE_EVICTION_VICTIM_NR_ENTRIES"),
                sweeps ? config.integer("PCACHE_EVICT_GENERIC_SWEEP_INTERVAL_MSEC") : 0,
                config.bool("PCACHE_ZEROFILL"),
                config.bool("PCACHE_ZEROFILL_NOTIFY_MEMORY"),
                config.bool("PROCESSOR_MEMMAP_MEMBLOCK_RESERVED"),
                config.bool("COUNTER_PCACHE"),
                seed);
    }

    private static Policy policy(KConfig config) {
        if (config.bool("PCACHE_EVICT_RANDOM")) {
            return Policy.RANDOM;
        }
        return config.bool("PCACHE_EVICT_FIFO") ? Policy.FIFO : Policy.LRU;
    }

    private static Mechanism mechanism(KConfig config) {
        if (config.bool("PCACHE_EVICTION_VICTIM")) {
            return Mechanism.VICTIM;
        }
        return config.bool("PCACHE_EVICTION_WRITE_PROTECT") ? Mechanism.WRITE_PROTECT : Mechanism.PERSET_LIST;
    }
}
