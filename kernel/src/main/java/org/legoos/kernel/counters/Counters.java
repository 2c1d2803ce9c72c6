package org.legoos.kernel.counters;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** All counters and histograms of a node by name; look one up once and keep it in a final field. */
public final class Counters {
    private final Map<String, Counter> counters = new ConcurrentSkipListMap<>();
    private final Map<String, LatencyHistogram> histograms = new ConcurrentSkipListMap<>();

    public Counter counter(String name) {
        return counters.computeIfAbsent(name, Counter::new);
    }

    public LatencyHistogram histogram(String name) {
        return histograms.computeIfAbsent(name, LatencyHistogram::new);
    }

    public Collection<Counter> counters() {
        return Collections.unmodifiableCollection(counters.values());
    }

    public Collection<LatencyHistogram> histograms() {
        return Collections.unmodifiableCollection(histograms.values());
    }
}
