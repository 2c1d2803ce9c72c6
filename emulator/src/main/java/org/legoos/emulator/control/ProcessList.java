package org.legoos.emulator.control;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterNode;
import org.legoos.emulator.cluster.ProcessorNode;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.mm.AddressSpace;

/** What runs on a cluster's processor nodes, at one moment. */
final class ProcessList {
    private static final long NS_PER_MS = 1_000_000;
    private static final String ROW = "%6s %6s %-12s %-5s %7s %10s %9s  %s%n";
    private static final int COMMAND_CHARS_MAX = 200;

    /** @param state R, S, T or Z as in ps(1); @param residentBytes in ExCache lines and owned pages, as VmRSS */
    private record Entry(int pid, int parentPid, String node, char state, int threads, long cpuNs, long residentBytes, String command) {}

    private final List<Entry> entries = new ArrayList<>();

    private ProcessList() {}

    static ProcessList of(Cluster cluster) {
        ProcessList list = new ProcessList();
        for (ClusterNode node : cluster.nodes()) {
            if (node instanceof ProcessorNode processor) {
                processor.manager().processes().values().stream().sorted(Comparator.comparingInt(Process::pid))
                        .forEach(process -> list.entries.add(entry(node.name(), process)));
            }
        }
        return list;
    }

    private static Entry entry(String node, Process process) {
        AddressSpace space = process.space();
        return new Entry(process.pid(), process.parentPid(), node, state(process), process.threads().size(),
                process.cpuNs(), space == null ? 0 : space.residentBytes(), command(process));
    }

    /** Z ended, T stopped, R some thread runs, S all sleep. */
    private static char state(Process process) {
        boolean isRunning = process.threads().stream().anyMatch(thread -> !thread.isAsleep());
        return process.hasEnded() ? 'Z' : process.isStopped() ? 'T' : isRunning ? 'R' : 'S';
    }

    private static String command(Process process) {
        if (process.hasEnded()) {
            return "[" + process.lastComm() + "]";
        }
        StringBuilder text = new StringBuilder();
        for (byte[] word : process.program().argv()) {
            text.append(text.isEmpty() ? "" : " ").append(new String(word, StandardCharsets.UTF_8));
            if (text.length() > COMMAND_CHARS_MAX) {
                break;
            }
        }
        return text.isEmpty() ? "[starting]" : text.toString().replaceAll("\\p{Cntrl}", "?");
    }

    String toText() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, ROW, "PID", "PPID", "NODE", "STATE", "THREADS", "TIME", "RESIDENT", "COMMAND"));
        for (Entry e : entries) {
            text.append(String.format(Locale.ROOT, ROW, e.pid, e.parentPid, e.node, e.state, e.threads, seconds(e.cpuNs),
                    (e.residentBytes >> 10) + "K", e.command));
        }
        return text.toString();
    }

    private static String seconds(long ns) {
        long ms = ns / NS_PER_MS;
        return String.format(Locale.ROOT, "%d:%02d.%02d", ms / 60_000, ms / 1000 % 60, ms % 1000 / 10);
    }

    String toJson(String cluster) {
        StringBuilder json = new StringBuilder("{\"cluster\": \"").append(cluster).append("\", \"processes\": [");
        String separator = "\n";
        for (Entry e : entries) {
            json.append(separator).append(String.format(Locale.ROOT,
                    "  {\"pid\": %d, \"ppid\": %d, \"node\": \"%s\", \"state\": \"%c\", \"threads\": %d, \"cpu_ms\": %d, "
                    + "\"resident_bytes\": %d, \"command\": \"%s\"}",
                    e.pid, e.parentPid, e.node, e.state, e.threads, e.cpuNs / NS_PER_MS, e.residentBytes,
                    e.command.replace("\\", "\\\\").replace("\"", "\\\"")));
            separator = ",\n";
        }
        return json.append("\n]}\n").toString();
    }
}
