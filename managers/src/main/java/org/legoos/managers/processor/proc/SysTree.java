package org.legoos.managers.processor.proc;

import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.fs.PseudoNode;
import org.legoos.managers.processor.inet.NetFiles;

/** /sys: the CPU masks and the few other files that run-time libraries ask for. */
public final class SysTree {
    private SysTree() {}

    public static PseudoNode.Directory of(ProcessorManager manager) {
        PseudoNode.Fixed root = new PseudoNode.Fixed();
        PseudoNode cpus = PseudoNode.text(t -> range(manager.cpuCount()));
        root.putAt("devices/system/cpu/online", cpus);
        root.putAt("devices/system/cpu/possible", cpus);
        root.putAt("devices/system/cpu/present", cpus);
        root.putAt("devices/system/cpu/offline", PseudoNode.text(t -> "\n"));
        for (int cpu = 0; cpu < manager.cpuCount(); cpu++) {
            String core = Integer.toString(cpu);
            root.putAt("devices/system/cpu/cpu" + cpu + "/topology/core_id", PseudoNode.text(t -> core + "\n"));
            root.putAt("devices/system/cpu/cpu" + cpu + "/topology/physical_package_id", PseudoNode.text(t -> "0\n"));
        }
        root.putAt("kernel/mm/transparent_hugepage/enabled", PseudoNode.text(t -> "always madvise [never]\n"));
        NetFiles.addToSys(root, () -> manager.sockets().inet());
        return root;
    }

    private static String range(int count) {
        return count == 1 ? "0\n" : "0-" + (count - 1) + "\n";
    }
}
