package org.legoos.emulator.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.legoos.emulator.machine.Machine;
import org.legoos.fit.Fit;
import org.legoos.fit.FitException;
import org.legoos.fit.JoinException;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.BootException;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.boot.KernelBoot;
import org.legoos.kernel.sched.KThread;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.hca.Hca;
import org.legoos.mlx4.hca.HcaConfig;

/** A node of a running cluster: a machine, the kernel booted on it, FIT, and one manager. */
public abstract sealed class ClusterNode permits ProcessorNode, MemoryNode, StorageNode {
    /** Vendor part as on real cards; the node id makes it unique. */
    private static final long NODE_GUID_BASE = 0x0002_c903_0000_0000L;

    private static final int GUIDS_PER_CARD = 16;

    private final NodeSpec spec;
    private final Machine machine;
    private final Hca hca;
    private String consoleLog = "";
    private volatile Kernel kernel;
    private volatile Fit fit;
    private boolean hasThreadsLeft; // after shutDown

    ClusterNode(NodeSpec spec, ClusterOptions options, CpuEngine engine, Clock clock, Fabric fabric) {
        this.spec = spec;
        HcaConfig card = HcaConfig.onePort(spec.name() + "/mlx4_0", NODE_GUID_BASE + (long) spec.nodeId() * GUIDS_PER_CARD);
        Hca[] plugged = new Hca[1];
        try {
            machine = Machine.assemble(spec.ramBytes(), options.cores(), engine, clock, serialBackends(options),
                    (dma, interrupts) -> plugged[0] = new Hca(card, dma, interrupts, clock, this::logHardware));
        } catch (IOException e) {
            throw new ConfigException(spec.name() + ": " + HostErrors.reason(e));
        }
        hca = plugged[0];
        hca.port(1).setConfiguredLid(configuredLid());
        fabric.attach(hca.port(1));
    }

    private int configuredLid() {
        String[] lids = spec.config().string("FIT_NODE_LIDS").split(",");
        try {
            return Integer.decode(lids[spec.nodeId()].strip());
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new ConfigException(spec.name() + ": CONFIG_FIT_NODE_LIDS gives no LID for node " + spec.nodeId());
        }
    }

    private String[] serialBackends(ClusterOptions options) throws IOException {
        String[] backends = new String[2];
        for (int i = 0; i < 2; i++) {
            boolean isConsole = spec.config().bool("TTY_SERIAL") && spec.config().bool("TTYS" + i);
            Path file = options.serialDir().resolve(spec.name() + "-ttyS" + i + ".log");
            String byDefault = isConsole ? "file:" + file : "none";
            backends[i] = options.serialPorts().getOrDefault(spec.name() + ":ttyS" + i, byDefault);
            if (isConsole && backends[i].startsWith("file:")) {
                consoleLog = backends[i].substring("file:".length());
            }
            if (backends[i].equals("file:" + file)) {
                makeDirectory(options.serialDir());
            }
        }
        return backends;
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ConfigException("cannot make the directory " + directory + " for serial logs: " + HostErrors.reason(e)
                    + "; --serial-dir names another");
        }
    }

    private void logHardware(String line) {
        Kernel booted = kernel;
        if (booted != null) {
            booted.log().warn("%s", line);
        }
    }

    /** Boots the kernel, starts the manager and joins the cluster; a ConfigException names the node and the trouble. */
    final void boot() {
        try {
            kernel = KernelBoot.boot(machine.platform(), spec.config());
            fit = Fit.prepare(kernel);
            prepareManager(kernel, fit);
            fit.join(spec.isProcessor());
            startManager();
            kernel.log().info("Manager is up and running.");
        } catch (JoinException e) {
            throw new NodeMissingException(spec.name() + ": " + e.getMessage(), e.isSilent());
        } catch (BootException | FitException | IllegalArgumentException e) {
            throw new ConfigException(spec.name() + ": " + e.getMessage());
        }
    }

    /** Registers the manager's ports, before peers can send. */
    abstract void prepareManager(Kernel kernel, Fit fit);

    /** Starts what needs the network. */
    abstract void startManager();

    /** Ends the manager's work. */
    abstract void stopManager(long deadlineNs);

    public final String name() {
        return spec.name();
    }

    public final NodeSpec spec() {
        return spec;
    }

    /** The host file that the kernel's console goes to, or empty. */
    public final String consoleLog() {
        return consoleLog;
    }

    /** The booted kernel. */
    public final Kernel kernel() {
        return kernel;
    }

    public final Fit fit() {
        return fit;
    }

    public final Machine machine() {
        return machine;
    }

    public final Hca hca() {
        return hca;
    }

    /** Leaves the cluster and stops the kernel's threads. */
    final void shutDown(long deadlineNs) {
        if (fit != null) {
            fit.close();
        }
        if (kernel != null) {
            hasThreadsLeft = !kernel.sched().stopAll(deadlineNs);
            if (hasThreadsLeft) {
                kernel.log().warn("Threads that do not end: %s. The node's RAM stays until the emulator ends.",
                        kernel.sched().threads().stream().map(KThread::name).collect(Collectors.joining(", ")));
            }
            kernel.ib().powerGoes();
        }
    }

    /** Last of all, when no device does anything any more; serial output is on the host afterwards. */
    final void powerOff() {
        if (hasThreadsLeft) {
            machine.abandon();
        } else {
            machine.close();
        }
    }
}
