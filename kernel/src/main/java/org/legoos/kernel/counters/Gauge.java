package org.legoos.kernel.counters;

import java.util.function.LongSupplier;

/**
 * How much of something a node holds now: what is taken and given back, so that it must return to where it was. Reading may
 * walk tables; it is for reports, not for fast paths.
 */
public final class Gauge {
    private final String name;
    private final LongSupplier reading;

    Gauge(String name, LongSupplier reading) {
        this.name = name;
        this.reading = reading;
    }

    public String name() {
        return name;
    }

    public long value() {
        return reading.getAsLong();
    }
}
