package org.legoos.emulator.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Signatures;
import org.legoos.kernel.syscall.Support;
import org.legoos.kernel.syscall.SyscallTable;

/** Which system calls a fuzzing program has made and how they ended: what it prints, line by line "NUMBER ERRNO COUNT". */
final class SyscallCoverage {
    private static final int FIELDS = 3;

    /** By number of the call: how often by errno, 0 for success. */
    private final Map<Integer, Map<Integer, Long>> seen = new TreeMap<>();

    void add(String printed) {
        for (String line : printed.split("\n")) {
            String[] fields = line.split(" ");
            if (fields.length == FIELDS && fields[0].matches("\\d+") && fields[1].matches("\\d+") && fields[2].matches("\\d+")) {
                seen.computeIfAbsent(Integer.valueOf(fields[0]), nr -> new TreeMap<>())
                        .merge(Integer.valueOf(fields[1]), Long.valueOf(fields[2]), Long::sum);
            }
        }
    }

    /** One line: how much of the table was reached, and what was not. */
    String summary(SyscallTable<?> table) {
        int there = 0;
        List<String> missed = new ArrayList<>();
        for (int nr = 0; nr < SyscallTable.SIZE; nr++) {
            if (table.handler(nr) != null && table.support(nr) != Support.NONE) {
                there++;
                if (!seen.containsKey(nr)) {
                    missed.add(Signatures.nameOf(nr));
                }
            }
        }
        long calls = seen.values().stream().flatMap(errnos -> errnos.values().stream()).mapToLong(Long::longValue).sum();
        long kinds = seen.values().stream().mapToLong(Map::size).sum();
        return String.format(java.util.Locale.ROOT, "%,d calls; %d of %d implemented calls reached, in %d pairs of call and errno%s", calls,
                there - missed.size(), there, kinds, missed.isEmpty() ? "" : "; not reached: " + String.join(", ", missed));
    }

    /** A line for each call: its name, and each errno with its count. */
    List<String> lines() {
        return seen.entrySet().stream().map(call -> String.format("%-24s %s", Signatures.nameOf(call.getKey()), call.getValue().entrySet().stream()
                .map(end -> (end.getKey() == 0 ? "ok" : Errno.name(end.getKey())) + " " + end.getValue()).collect(Collectors.joining(", ")))).toList();
    }
}
