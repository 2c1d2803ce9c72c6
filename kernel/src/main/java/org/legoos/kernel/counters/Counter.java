package org.legoos.kernel.counters;

import java.util.concurrent.atomic.LongAdder;

/** A named event counter; incrementing never contends and never allocates. */
public final class Counter {
    private final String name;
    private final LongAdder value = new LongAdder();

    Counter(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public void increment() {
        value.increment();
    }

    public void add(long amount) {
        value.add(amount);
    }

    public long value() {
        return value.sum();
    }
}
