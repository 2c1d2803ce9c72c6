package org.legoos.emulator.bench;

import java.nio.file.Path;
import java.util.List;
import org.legoos.isa.time.HostClock;

/** All benchmarks, in the order in which "all" runs them. */
public final class Benchmarks {
    private Benchmarks() {}

    /** @param home the directory that holds usr/ and the launcher */
    public static List<Benchmark> all(Path home) {
        Programs programs = new Programs(home);
        return List.of(
                new CpuBench(programs),
                new SyscallBench(programs),
                new AbiBench(programs),
                new FaultBench(programs),
                new FsBench(programs, HostClock.instance()),
                new MissBench(programs),
                new RpcBench(HostClock.instance()),
                new StartBench(programs, HostClock.instance()));
    }
}
