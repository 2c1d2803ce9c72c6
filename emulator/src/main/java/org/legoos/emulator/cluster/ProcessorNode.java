package org.legoos.emulator.cluster;

import java.security.SecureRandom;
import org.legoos.emulator.debug.ElfCodeView;
import org.legoos.fit.Fit;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.FileServiceClient;
import org.legoos.managers.processor.fs.StorageFileService;
import org.legoos.managers.processor.mm.ProcessorMm;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheConfig;
import org.legoos.managers.processor.strace.TraceSink;
import org.legoos.mlx4.fabric.Fabric;

/** A processor node: ExCache, address spaces, processes. */
public final class ProcessorNode extends ClusterNode {
    private final ClusterOptions options;
    private final CpuEngine engine;
    private Pcache pcache;
    private ProcessorManager manager;

    ProcessorNode(NodeSpec spec, ClusterOptions options, CpuEngine engine, Clock clock, Fabric fabric) {
        super(spec, options, engine, clock, fabric);
        this.options = options;
        this.engine = engine;
    }

    @Override
    void prepareManager(Kernel kernel, Fit fit) {
        // Nothing is served here: peers only answer.
    }

    @Override
    void startManager() {
        SecureRandom random = new SecureRandom();
        pcache = Pcache.start(kernel(), fit(), PcacheConfig.of(spec().config(), random.nextLong()));
        kernel().log().info("CPU: %s (%s)", engine.model().brand(), engine.name());
        ProcessorMm spaces = new ProcessorMm(kernel(), fit(), pcache, engine.model(), random::nextLong);
        TraceSink trace = options.traceSink();
        manager = new ProcessorManager(kernel(), new ProcessorManager.Parts(
                spaces, this::fileService, new ElfCodeView(options.files()), name(), trace));
    }

    private FileService fileService(Credentials credentials) {
        return kernel().config().bool("USE_RAMFS") ? new FileServiceClient(kernel(), fit(), credentials)
                : new StorageFileService(kernel(), fit(), credentials);
    }

    public ProcessorManager manager() {
        return manager;
    }

    public Pcache pcache() {
        return pcache;
    }

    @Override
    void stopManager(long deadlineNs) {
        if (manager != null) {
            manager.shutdown(deadlineNs);
        }
        if (pcache != null) {
            pcache.close();
        }
    }
}
