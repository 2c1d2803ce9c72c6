package org.legoos.emulator.cluster;

import java.util.List;
import org.legoos.fit.Fit;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.managers.storage.StorageManager;
import org.legoos.managers.storage.host.HostTree;
import org.legoos.managers.storage.host.VNodeFiles;
import org.legoos.mlx4.fabric.Fabric;

/** A storage node: the files of vNodes, in directories of the host. */
public final class StorageNode extends ClusterNode {
    private StorageManager manager;

    StorageNode(NodeSpec spec, ClusterOptions options, CpuEngine engine, Clock clock, Fabric fabric) {
        super(spec, options, engine, clock, fabric);
    }

    @Override
    void prepareManager(Kernel kernel, Fit fit) {
        manager = StorageManager.start(kernel, fit, List.of(mount(kernel.config())));
    }

    private static VNodeFiles.Mount mount(KConfig config) {
        String overlay = config.string("STORAGE_OVERLAY");
        VNodeFiles.Mode mode = !overlay.isEmpty() ? VNodeFiles.Mode.OVERLAY
                : config.bool("STORAGE_READ_ONLY") ? VNodeFiles.Mode.READ_ONLY : VNodeFiles.Mode.WRITABLE;
        return new VNodeFiles.Mount(config.integer("VNODE_ID"), GuestPaths.bytesAsChars(config.string("STORAGE_ROOT")), mode,
                overlay.isEmpty() ? null : GuestPaths.bytesAsChars(overlay), HostTree.Method.OPENAT2);
    }

    @Override
    void startManager() {
        // It serves since before the node joined.
    }

    public StorageManager manager() {
        return manager;
    }

    @Override
    void stopManager(long deadlineNs) {
        if (manager != null) {
            manager.stop();
        }
    }
}
