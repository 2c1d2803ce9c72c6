package org.legoos.managers.processor.proc;

import java.util.Locale;
import java.util.UUID;
import org.legoos.isa.cpu.CpuModel;
import org.legoos.kernel.boot.Kernel;
import org.legoos.managers.processor.aio.AioTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Identity;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.Sysctls;
import org.legoos.managers.processor.core.Usage;
import org.legoos.managers.processor.coredump.CoreDump;
import org.legoos.managers.processor.fs.FileSystem;
import org.legoos.managers.processor.fs.PseudoNode;
import org.legoos.managers.processor.time.Clocks;

/** The files of /proc that are about the node (fs/proc/*.c of Linux). */
final class SystemFiles {
    private static final long USER_HZ_NS = 10_000_000;

    private static final UUID BOOT_ID = UUID.randomUUID();

    private static final String DEVICES = "Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/ptmx\n136 pts\n\nBlock devices:\n";
    private static final String TERMINALS = """
            /dev/tty             /dev/tty        5       0 system:/dev/tty
            /dev/ptmx            /dev/ptmx       5       2 system
            pty_slave            /dev/pts      136 0-1048575 pty:slave
            pty_master           /dev/ptm      128 0-1048575 pty:master
            """;

    private SystemFiles() {}

    /** The lines that vmstat(8) and sar(1) look for; there is no paging to a disk and no swap. */
    private static String vmstat(ProcessorManager manager) {
        Usage all = new Usage();
        manager.processes().values().forEach(process -> all.add(process.usage()));
        return "nr_free_pages " + (manager.kernel().frames().freeBytes() >> 12) + "\npgpgin 0\npgpgout 0\npswpin 0\npswpout 0\npgfault "
                + (all.minorFaults + all.majorFaults) + "\npgmajfault " + all.majorFaults + "\n";
    }

    private static long running(ProcessorManager manager) {
        return manager.processes().values().stream().flatMap(process -> process.threads().stream()).filter(t -> !t.isAsleep()).count();
    }

    static void addTo(PseudoNode.Fixed root, ProcessorManager manager) {
        root.put("version", PseudoNode.text(t -> Identity.versionLine() + "\n"));
        root.put("cmdline", PseudoNode.text(t -> manager.kernel().config().string("CMDLINE") + "\n"));
        root.put("cpuinfo", PseudoNode.text(t -> cpuinfo(manager)));
        root.put("meminfo", PseudoNode.text(t -> meminfo(manager.kernel())));
        root.put("stat", PseudoNode.text(t -> stat(manager)));
        root.put("uptime", PseudoNode.text(t -> uptime(manager)));
        root.put("loadavg", PseudoNode.text(t -> loadavg(manager)));
        root.put("filesystems", PseudoNode.text(t -> filesystems(manager)));
        root.put("processes", PseudoNode.text(t -> processes(manager)));
        root.putAt("sys/kernel/osrelease", PseudoNode.text(t -> Identity.RELEASE + "\n"));
        root.putAt("sys/kernel/ostype", PseudoNode.text(t -> Identity.SYSNAME + "\n"));
        root.putAt("sys/kernel/version", PseudoNode.text(t -> Identity.VERSION + "\n"));
        root.putAt("sys/kernel/hostname", new PseudoNode.Text(0644, t -> Program.bytes(manager.hostName() + "\n"),
                (t, bytes) -> manager.sysctls().setHostName(Sysctls.name(t, bytes))));
        root.putAt("sys/kernel/pid_max", PseudoNode.text(t -> ProcessorManager.PID_MAX + "\n"));
        root.putAt("sys/kernel/ngroups_max", PseudoNode.text(t -> "65536\n"));
        root.putAt("sys/kernel/cap_last_cap", PseudoNode.text(t -> Capability.LAST + "\n"));
        SchedFiles.addTo(root, manager.spaces().cores().realTimeLimit());
        root.putAt("sys/kernel/randomize_va_space",
                PseudoNode.text(t -> (manager.kernel().config().bool("RANDOMIZE_VA_SPACE") ? 2 : 0) + "\n"));
        root.putAt("sys/vm/overcommit_memory", PseudoNode.text(t -> "0\n"));
        root.putAt("sys/vm/overcommit_ratio", PseudoNode.text(t -> "50\n"));
        root.putAt("sys/vm/overcommit_kbytes", PseudoNode.text(t -> "0\n"));
        root.putAt("sys/vm/memfd_noexec", new PseudoNode.Text(0644, t -> Program.bytes(manager.sysctls().memfdNoExec() + "\n"),
                manager.sysctls()::setMemfdNoExec));
        root.putAt("sys/vm/nr_hugepages", PseudoNode.text(t -> "0\n"));
        root.putAt("sys/vm/nr_overcommit_hugepages", PseudoNode.text(t -> "0\n"));
        root.putAt("sys/vm/max_map_count", PseudoNode.text(t -> "65530\n"));
        root.putAt("sys/kernel/random/boot_id", PseudoNode.text(t -> BOOT_ID + "\n"));
        root.putAt("sys/kernel/random/uuid", PseudoNode.text(t -> UUID.randomUUID() + "\n"));
        root.putAt("sys/kernel/random/entropy_avail", PseudoNode.text(t -> "256\n"));
        root.putAt("sys/kernel/threads-max", PseudoNode.text(t -> ProcessorManager.TASKS_MAX + "\n"));
        root.putAt("sys/kernel/domainname", new PseudoNode.Text(0644, t -> Program.bytes(manager.sysctls().domainName() + "\n"),
                (t, bytes) -> manager.sysctls().setDomainName(Sysctls.name(t, bytes))));
        root.putAt("sys/kernel/core_pattern", PseudoNode.text(t -> CoreDump.NAME + "\n"));
        root.putAt("sys/kernel/core_uses_pid", PseudoNode.text(t -> "0\n"));
        root.putAt("sys/vm/mmap_min_addr", PseudoNode.text(t -> "65536\n"));
        root.putAt("sys/vm/swappiness", PseudoNode.text(t -> "0\n"));
        root.putAt("sys/fs/file-max", PseudoNode.text(t -> Long.MAX_VALUE + "\n"));
        root.putAt("sys/fs/nr_open", PseudoNode.text(t -> "1048576\n"));
        root.putAt("swaps", PseudoNode.text(t -> "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"));
        root.putAt("partitions", PseudoNode.text(t -> "major minor  #blocks  name\n\n"));
        root.put("vmstat", PseudoNode.text(t -> vmstat(manager)));
        root.put("diskstats", PseudoNode.text(t -> ""));
        root.put("devices", PseudoNode.text(t -> DEVICES));
        root.putAt("tty/drivers", PseudoNode.text(t -> TERMINALS));
        root.putAt("sys/fs/aio-nr", PseudoNode.text(t -> manager.aio().events() + "\n"));
        root.putAt("sys/fs/aio-max-nr", PseudoNode.text(t -> AioTable.EVENTS_MAX + "\n"));
        root.putAt("sys/fs/pipe-max-size", PseudoNode.text(t -> "1048576\n"));
    }

    private static String cpuinfo(ProcessorManager manager) {
        CpuModel model = manager.kernel().platform().engine().model();
        String mhz = String.format(Locale.ROOT, "%.3f", model.tscHz() / 1e6);
        StringBuilder text = new StringBuilder();
        for (int cpu = 0; cpu < manager.cpuCount(); cpu++) {
            text.append("processor\t: ").append(cpu).append('\n')
                    .append("vendor_id\t: ").append(model.vendor()).append('\n')
                    .append("cpu family\t: ").append(model.family()).append('\n')
                    .append("model\t\t: ").append(model.model()).append('\n')
                    .append("model name\t: ").append(model.brand()).append('\n')
                    .append("stepping\t: ").append(model.stepping()).append('\n')
                    .append("cpu MHz\t\t: ").append(mhz).append('\n')
                    .append("cache size\t: ").append(manager.kernel().excache().sizeBytes() >> 10).append(" KB\n")
                    .append("physical id\t: 0\nsiblings\t: ").append(manager.cpuCount()).append('\n')
                    .append("core id\t\t: ").append(cpu).append('\n')
                    .append("cpu cores\t: ").append(manager.cpuCount()).append('\n')
                    .append("fpu\t\t: yes\nfpu_exception\t: yes\ncpuid level\t: 13\nwp\t\t: yes\n")
                    .append("flags\t\t: ").append(String.join(" ", model.flags())).append('\n')
                    .append("bogomips\t: ").append(String.format(Locale.ROOT, "%.2f", model.tscHz() / 5e5)).append('\n')
                    .append("clflush size\t: 64\ncache_alignment\t: 64\n")
                    .append("address sizes\t: 40 bits physical, 48 bits virtual\npower management:\n\n");
        }
        return text.toString();
    }

    private static String meminfo(Kernel kernel) {
        long totalKb = kernel.memory().sizeBytes() >> 10;
        long freeKb = kernel.frames().freeBytes() >> 10;
        StringBuilder text = new StringBuilder();
        line(text, "MemTotal", totalKb);
        line(text, "MemFree", freeKb);
        line(text, "MemAvailable", freeKb);
        for (String name : new String[] {"Buffers", "Cached", "SwapCached", "Active", "Inactive", "SwapTotal", "SwapFree",
            "Dirty", "Writeback", "AnonPages", "Mapped", "Shmem", "Slab"}) {
            line(text, name, 0);
        }
        line(text, "CommitLimit", totalKb);
        line(text, "Committed_AS", 0);
        return text.append("HugePages_Total:       0\nHugePages_Free:        0\nHugePages_Rsvd:        0\nHugePages_Surp:        0\n"
                + "Hugepagesize:       2048 kB\nHugetlb:               0 kB\n").toString();
    }

    private static void line(StringBuilder text, String name, long kb) {
        text.append(String.format(Locale.ROOT, "%-16s%8d kB\n", name + ":", kb));
    }

    private static String stat(ProcessorManager manager) {
        long totalUser = 0;
        long totalSystem = 0;
        for (Process process : manager.processes().values()) {
            totalSystem += process.systemNs();
            totalUser += process.cpuNs() - process.systemNs();
        }
        int cpus = manager.cpuCount();
        long upNs = manager.clock().nowNs() - manager.bootNs();
        long idle = Math.max(0, upNs * cpus - totalUser - totalSystem) / USER_HZ_NS;
        StringBuilder text = new StringBuilder();
        text.append("cpu  ").append(cpuLine(totalUser / USER_HZ_NS, totalSystem / USER_HZ_NS, idle));
        for (int cpu = 0; cpu < cpus; cpu++) {
            text.append("cpu").append(cpu).append(' ')
                    .append(cpuLine(totalUser / USER_HZ_NS / cpus, totalSystem / USER_HZ_NS / cpus, idle / cpus));
        }
        long bootS = (manager.clock().wallTimeNs() - upNs) / Clocks.NS_PER_S;
        return text.append("intr 0\nctxt 0\nbtime ").append(bootS).append("\nprocesses ").append(manager.processes().size())
                .append("\nprocs_running ").append(running(manager)).append("\nprocs_blocked 0\n").toString();
    }

    private static String cpuLine(long user, long system, long idle) {
        return user + " 0 " + system + " " + idle + " 0 0 0 0 0 0\n";
    }

    private static String uptime(ProcessorManager manager) {
        double up = (manager.clock().nowNs() - manager.bootNs()) / 1e9;
        return String.format(Locale.ROOT, "%.2f %.2f\n", up, up);
    }

    private static String loadavg(ProcessorManager manager) {
        long threads = manager.processes().values().stream().mapToLong(process -> process.threads().size()).sum();
        return "0.00 0.00 0.00 " + running(manager) + "/" + threads + " " + manager.processes().keySet().stream().max(Integer::compare).orElse(0) + "\n";
    }

    private static String filesystems(ProcessorManager manager) {
        StringBuilder text = new StringBuilder();
        for (FileSystem fs : manager.vfs().mounts()) {
            text.append("nodev\t").append(fs.type()).append('\n');
        }
        return text.append("nodev\ttmpfs\nnodev\tpipefs\nnodev\tsockfs\n").toString();
    }

    private static String processes(ProcessorManager manager) {
        StringBuilder text = new StringBuilder();
        manager.processes().values().stream().sorted((a, b) -> Integer.compare(a.pid(), b.pid()))
                .forEach(p -> text.append(p.pid()).append(' ').append(p.program().exePath()).append('\n'));
        return text.toString();
    }
}
