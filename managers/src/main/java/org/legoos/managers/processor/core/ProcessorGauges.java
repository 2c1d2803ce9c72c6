package org.legoos.managers.processor.core;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.legoos.kernel.counters.Counters;
import org.legoos.managers.processor.fs.FdTable;
import org.legoos.managers.processor.fs.OpenFile;

/** What a processor manager holds for programs, as gauges: all of it goes when they end. */
final class ProcessorGauges {
    private ProcessorGauges() {}

    static void register(ProcessorManager manager) {
        Counters counters = manager.kernel().counters();
        counters.gauge("processes", () -> manager.processes().size());
        counters.gauge("threads", () -> threads(manager));
        counters.gauge("pids", manager::takenIds);
        counters.gauge("descriptors", () -> descriptors(manager));
        counters.gauge("open_files", () -> openFiles(manager));
        counters.gauge("futex_waiters", () -> manager.futexes().waiterCount());
        counters.gauge("cores", () -> manager.spaces().cores().count());
    }

    private static long threads(ProcessorManager manager) {
        return manager.processes().values().stream().mapToLong(process -> process.threads().size()).sum();
    }

    private static Set<FdTable> tables(ProcessorManager manager) {
        Set<FdTable> tables = Collections.newSetFromMap(new IdentityHashMap<>());
        manager.processes().values().forEach(process -> process.threads().forEach(thread -> tables.add(thread.files())));
        return tables;
    }

    private static long descriptors(ProcessorManager manager) {
        return tables(manager).stream().mapToLong(FdTable::count).sum();
    }

    private static long openFiles(ProcessorManager manager) {
        Set<OpenFile> files = Collections.newSetFromMap(new IdentityHashMap<>());
        for (FdTable table : tables(manager)) {
            for (int fd = 0; fd < table.size(); fd++) {
                OpenFile file = table.find(fd);
                if (file != null) {
                    files.add(file);
                }
            }
        }
        return files.size();
    }
}
