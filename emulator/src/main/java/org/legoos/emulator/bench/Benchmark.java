package org.legoos.emulator.bench;

import java.util.List;

/** One thing that is measured against a baseline of the same minute. */
public interface Benchmark {
    String name();

    List<BenchTable> run();
}
