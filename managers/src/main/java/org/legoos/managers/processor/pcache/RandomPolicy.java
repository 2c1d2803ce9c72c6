package org.legoos.managers.processor.pcache;

/**
 * Random replacement (evict_random.c, which never worked): a way drawn from a seed, the set and how many evictions the
 * set has seen, so that a run can be repeated; then the next one that is free to go.
 */
final class RandomPolicy implements EvictionPolicy {
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final SetTable sets;
    private final LineTable lines;
    private final PcacheGeometry geometry;
    private final long seed;

    RandomPolicy(SetTable sets, LineTable lines, PcacheGeometry geometry, long seed) {
        this.sets = sets;
        this.lines = lines;
        this.geometry = geometry;
        this.seed = seed;
    }

    @Override
    public void inserted(int set, int line) {}

    @Override
    public void removed(int set, int line) {}

    @Override
    public int choose(int set, Claims claims) {
        int ways = geometry.wayCount();
        int first = (int) mix(seed + set * GOLDEN + sets.counter(set, SetTable.NR_EVICTION)) & (ways - 1);
        for (int i = 0; i < ways; i++) {
            int line = geometry.line(set, (first + i) & (ways - 1));
            if (lines.has(line, LineTable.VALID) && claims.claim(line)) {
                return line;
            }
        }
        return -1;
    }

    /** The finaliser of splitmix64. */
    private static long mix(long value) {
        long z = value * GOLDEN;
        z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }
}
