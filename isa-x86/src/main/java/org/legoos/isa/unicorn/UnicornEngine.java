package org.legoos.isa.unicorn;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.cpu.CpuModel;
import org.legoos.isa.memory.PhysicalMemory;

/** The Unicorn engine (libunicorn 2.1.1 or newer), QEMU's TCG as a library. */
public final class UnicornEngine implements CpuEngine {
    private static final int REPORTS_MAX = 100;

    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private volatile CpuModel model = Cpuid.model(0);

    private UnicornEngine() {}

    /**
     * Loads the library and proves it.
     *
     * @throws UnsatisfiedLinkError when there is none; the message says what to install
     * @throws IllegalStateException when the self-test fails; the message names what failed
     */
    public static UnicornEngine create() {
        UnicornEngine engine = new UnicornEngine();
        engine.model = Cpuid.model(UnicornSelfTest.run(engine));
        return engine;
    }

    @Override
    public String name() {
        return "unicorn " + Uc.version();
    }

    @Override
    public CpuModel model() {
        return model;
    }

    /** Each uc_engine executes LOCKed instructions as plain loads and stores. */
    @Override
    public boolean atomicBetweenCpus() {
        return false;
    }

    @Override
    public Cpu newCpu(PhysicalMemory memory) {
        return new UnicornCpu(this, memory);
    }

    /** One line a kind, however often the guest provokes it. */
    void reportOnce(String what) {
        if (reported.size() < REPORTS_MAX && reported.add(what)) {
            System.err.println("legoos: " + what);
        }
    }
}
