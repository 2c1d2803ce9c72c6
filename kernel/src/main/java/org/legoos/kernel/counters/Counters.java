package org.legoos.kernel.counters;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/** All counters, histograms and gauges of a node by name; look one up once and keep it in a final field. */
public final class Counters {
    private final Map<String, Counter> counters = new ConcurrentSkipListMap<>();
    private final Map<String, LatencyHistogram> histograms = new ConcurrentSkipListMap<>();
    private final Map<String, Gauge> gauges = new ConcurrentSkipListMap<>();

    public Counter counter(String name) {
        return counters.computeIfAbsent(name, Counter::new);
    }

    public LatencyHistogram histogram(String name) {
        return histograms.computeIfAbsent(name, LatencyHistogram::new);
    }

    /** From now on reports tell what {@code reading} says; it takes the place of another one of that name. */
    public void gauge(String name, LongSupplier reading) {
        gauges.put(name, new Gauge(name, reading));
    }

    public Collection<Gauge> gauges() {
        return Collections.unmodifiableCollection(gauges.values());
    }

    public Collection<Counter> counters() {
        return Collections.unmodifiableCollection(counters.values());
    }

    public Collection<LatencyHistogram> histograms() {
        return Collections.unmodifiableCollection(histograms.values());
    }
}
