package org.legoos.emulator.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.cpu.CpuModel;
import org.legoos.isa.memory.PhysicalMemory;

/** A CPU engine that is loaded and tested while the nodes boot; its first use waits for it. */
final class DeferredEngine implements CpuEngine {
    private final CompletableFuture<CpuEngine> loading = new CompletableFuture<>();

    private DeferredEngine() {}

    static DeferredEngine load(Supplier<CpuEngine> loader) {
        DeferredEngine engine = new DeferredEngine();
        Thread.ofPlatform().daemon().name("engine").start(() -> {
            try {
                engine.loading.complete(loader.get());
            } catch (Throwable t) {
                engine.loading.completeExceptionally(t);
            }
        });
        return engine;
    }

    /** A ConfigException says why there is no engine: the library's own message tells what to install. */
    private CpuEngine engine() {
        try {
            return loading.join();
        } catch (CompletionException e) {
            throw new ConfigException(e.getCause().getMessage());
        }
    }

    @Override
    public String name() {
        return engine().name();
    }

    @Override
    public CpuModel model() {
        return engine().model();
    }

    @Override
    public boolean atomicBetweenCpus() {
        return engine().atomicBetweenCpus();
    }

    @Override
    public Cpu newCpu(PhysicalMemory memory) {
        return engine().newCpu(memory);
    }
}
