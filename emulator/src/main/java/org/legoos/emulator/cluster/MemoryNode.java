package org.legoos.emulator.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.legoos.fit.Fit;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.managers.memory.MemoryConfig;
import org.legoos.managers.memory.MemoryManager;
import org.legoos.managers.memory.ramfs.RamfsImage;
import org.legoos.mlx4.fabric.Fabric;

/** A memory node: what processes own, the loader, and ramfs with the files that the launcher gave. */
public final class MemoryNode extends ClusterNode {
    private static final int EXECUTABLE = 0755;
    private static final int READABLE = 0644;

    private final ClusterOptions options;
    private MemoryManager manager;

    MemoryNode(NodeSpec spec, ClusterOptions options, CpuEngine engine, Clock clock, Fabric fabric) {
        super(spec, options, engine, clock, fabric);
        this.options = options;
    }

    @Override
    void prepareManager(Kernel kernel, Fit fit) {
        List<MemoryConfig.GuestFile> files = new ArrayList<>();
        options.files().forEach((guestPath, hostFile) ->
                files.add(new MemoryConfig.GuestFile(guestPath, permissions(hostFile), new HostImage(hostFile))));
        manager = MemoryManager.start(kernel, fit, new MemoryConfig(files));
    }

    private static int permissions(Path hostFile) {
        return Files.isExecutable(hostFile) ? EXECUTABLE : READABLE;
    }

    @Override
    void startManager() {
        // It serves since before the node joined.
    }

    public MemoryManager manager() {
        return manager;
    }

    @Override
    void stopManager(long deadlineNs) {
        if (manager != null) {
            manager.stop();
        }
    }

    /** A host file's bytes, read when the guest first uses them. */
    private record HostImage(Path file) implements RamfsImage {
        @Override
        public long sizeBytes() {
            return file.toFile().length();
        }

        @Override
        public void read(long offset, byte[] to, int lengthBytes) throws IOException {
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                in.seek(offset);
                in.readFully(to, 0, lengthBytes);
            }
        }
    }
}
