package org.legoos.emulator.fuzz;

import java.util.List;

/** All fuzzers, in the order in which "all" runs them. */
public final class Fuzzers {
    public static final List<Fuzzer> ALL = List.of(new PacketFuzzer(), new DriverFuzzer(), new MadFuzzer(), new VfioUserFuzzer(),
            new SyscallFuzzer(false), new SyscallFuzzer(true), new PathFuzzer());

    private Fuzzers() {}
}
