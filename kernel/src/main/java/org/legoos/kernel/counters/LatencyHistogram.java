package org.legoos.kernel.counters;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A log-linear latency histogram: 8 sub-buckets per power of two (error below 12.5 %), wait-free recording
 * from any thread without allocation.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 3;
    private static final int SUB_COUNT = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB_COUNT;

    private final String name;
    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    LatencyHistogram(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public void recordNs(long latencyNs) {
        counts.getAndIncrement(bucket(Math.max(0, latencyNs)));
    }

    static int bucket(long ns) {
        if (ns < SUB_COUNT) {
            return (int) ns;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(ns);
        int sub = (int) (ns >>> (exponent - SUB_BITS)) & (SUB_COUNT - 1);
        return (exponent - SUB_BITS + 1) * SUB_COUNT + sub;
    }

    static long lowestOf(int bucket) {
        if (bucket < SUB_COUNT) {
            return bucket;
        }
        int exponent = bucket / SUB_COUNT + SUB_BITS - 1;
        return (long) (SUB_COUNT + bucket % SUB_COUNT) << (exponent - SUB_BITS);
    }

    public long count() {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** The latency that {@code percentile} (0..100) of the recordings do not exceed, to bucket precision; 0 if empty. */
    public long percentileNs(double percentile) {
        long total = count();
        long rank = (long) Math.ceil(total * percentile / 100);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (seen >= rank && seen > 0) {
                return lowestOf(i);
            }
        }
        return 0;
    }
}
