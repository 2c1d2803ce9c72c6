package org.legoos.emulator.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** What this JVM holds of the host: its heap after a collection, by class, resident memory, threads and descriptors. */
final class HostState {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String OURS = "org.legoos.";
    /** Columns of a class histogram's line: rank, instances, bytes, class name. */
    private static final int INSTANCES = 1;
    private static final int BYTES = 2;
    private static final int NAME = 3;

    private HostState() {}

    static void addTo(Map<String, Long> holdings) {
        holdings.put("host/resident_kb", status("VmRSS:"));
        holdings.put("host/threads", status("Threads:"));
        holdings.put("host/descriptors", descriptors());
        long heap = 0;
        for (var ofClass : histogram().entrySet()) {
            heap += ofClass.getValue()[1];
            if (ofClass.getKey().startsWith(OURS)) {
                holdings.put(("object/" + ofClass.getKey()).intern(), ofClass.getValue()[0]);
            }
        }
        holdings.put("host/heap_bytes", heap);
    }

    private static long status(String field) {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(field)).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long descriptors() {
        try (Stream<Path> entries = Files.list(DESCRIPTORS)) {
            return entries.count() - 1; // less the one that lists them
        } catch (IOException e) {
            return 0;
        }
    }

    /** Live objects: by class, how many and how many bytes. Collects garbage first. */
    private static Map<String, long[]> histogram() {
        Map<String, long[]> classes = new TreeMap<>();
        try {
            String text = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[] {new String[0]}, new String[] {String[].class.getName()});
            for (String line : text.split("\n")) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > NAME && columns[0].endsWith(":")) {
                    classes.merge(columns[NAME], new long[] {Long.parseLong(columns[INSTANCES]), Long.parseLong(columns[BYTES])},
                            (one, other) -> new long[] {one[0] + other[0], one[1] + other[1]});
                }
            }
        } catch (JMException e) {
            throw new IllegalStateException("this JVM does not list its objects", e);
        }
        return classes;
    }
}
