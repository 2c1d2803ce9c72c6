package org.legoos.kernel.kconfig;

import static org.legoos.kernel.kconfig.KConfigOption.Type.BOOL;
import static org.legoos.kernel.kconfig.KConfigOption.Type.INT;
import static org.legoos.kernel.kconfig.KConfigOption.Type.STRING;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of options: the original's names, defaults and ranges, then what it fixed at compile time elsewhere. */
public final class KConfigOptions {
    private static final Map<String, KConfigOption> TABLE = new LinkedHashMap<>();

    static {
        role();
        pcache();
        processor();
        memory();
        storage();
        shared();
        network();
        drivers();
        kernel();
    }

    /** Options of which exactly one is y (Kconfig "choice"): setting one clears the others. */
    private static final List<Set<String>> CHOICES = List.of(
            Set.of("COMP_PROCESSOR", "COMP_MEMORY", "COMP_STORAGE"),
            Set.of("PCACHE_EVICT_RANDOM", "PCACHE_EVICT_FIFO", "PCACHE_EVICT_LRU"),
            Set.of("PCACHE_EVICTION_WRITE_PROTECT", "PCACHE_EVICTION_PERSET_LIST", "PCACHE_EVICTION_VICTIM"),
            Set.of("TTYS0", "TTYS1"),
            Set.of("BAUD9600", "BAUD115200"));

    private KConfigOptions() {}

    /** The other members of the option's choice; empty when it belongs to none. */
    static Set<String> rivals(String name) {
        for (Set<String> choice : CHOICES) {
            if (choice.contains(name)) {
                Set<String> others = new HashSet<>(choice);
                others.remove(name);
                return others;
            }
        }
        return Set.of();
    }

    private static void role() {
        bool("COMP_PROCESSOR", false, "this node is a processor (pComponent)");
        bool("COMP_MEMORY", false, "this node is a memory (mComponent)");
        bool("COMP_STORAGE", false, "this node is a storage (sComponent)");
    }

    private static void pcache() {
        number("PCACHE_LINE_SIZE_SHIFT", 12, 12, 12, "log2 of the ExCache line size");
        number("PCACHE_ASSOCIATIVITY_SHIFT", 6, 1, 32, "log2 of the number of ways");
        bool("PCACHE_ZEROFILL", true, "p-local: first touch of anonymous memory needs no network");
        bool("PCACHE_ZEROFILL_NOTIFY_MEMORY", false, "tell the memory node of zero-filled pages");
        bool("PCACHE_EVICT_RANDOM", false, "replacement policy: random");
        bool("PCACHE_EVICT_FIFO", false, "replacement policy: first in, first out");
        bool("PCACHE_EVICT_LRU", true, "replacement policy: least recently used");
        bool("PCACHE_EVICT_GENERIC_SWEEP", false, "sweep thread that approximates LRU by Accessed bits");
        number("PCACHE_EVICT_GENERIC_SWEEP_INTERVAL_MSEC", 1000, 10, 5000, "time between two sweeps");
        bool("PCACHE_EVICTION_WRITE_PROTECT", false, "eviction mechanism: write-protect, flush, unmap");
        bool("PCACHE_EVICTION_PERSET_LIST", true, "eviction mechanism: per-set list of lines on their way out");
        bool("PCACHE_EVICTION_VICTIM", false, "eviction mechanism: victim cache");
        number("PCACHE_EVICTION_VICTIM_NR_ENTRIES", 8, 1, 128, "entries of the victim cache");
        bool("PCACHE_PREFETCH", true, "accepted for compatibility; the original's prefetcher was empty");
    }

    private static void processor() {
        bool("STRACE", false, "system call trace and summary table");
        bool("STRACE_PRINT_ON_ENTER", false, "print each call at entry");
        bool("STRACE_PRINT_ON_LEAVE", false, "print each call at return");
        bool("STRACE_PRINT_ON_SPECIFIC", false, "print chosen calls only");
        bool("PROCESSOR_MEMMAP_MEMBLOCK_RESERVED", true, "the ExCache range is direct mapped");
        bool("CHECKPOINT", false, "process checkpoint (system call 600)");
        bool("REPLICATION_MEMORY", false, "replicate flushed lines to a second memory node");
        bool("GPM", false, "take processes from the global process monitor");
        number("GPM_NODEID", 3, 0, 1023, "node id of the global process monitor");
        bool("VNODE", false, "vNode support");
        number("VNODE_ID", 0, 0, 1023, "the vNode that this processor's programs belong to");
    }

    private static void memory() {
        bool("MEM_PREFETCH", false, "read file pages ahead");
        number("THPOOL_NR_WORKERS", 1, 1, 16, "worker threads of a memory or storage node");
        bool("REPLICATION_VMA", false, "log VMA changes to storage");
        number("REPLICATION_MEMORY_BATCH_NR", 256, 16, 500, "log entries per flush");
        bool("GMM", false, "report to the global memory monitor");
        number("GMM_NODEID", 3, 0, 1023, "node id of the global memory monitor");
    }

    private static void storage() {
        string("STORAGE_ROOT", "", "directory of the host that is the vNode's root; --root sets it");
        string("STORAGE_OVERLAY", "", "writes go to this directory of the host and STORAGE_ROOT stays as it is; empty: they go to STORAGE_ROOT");
        bool("STORAGE_READ_ONLY", false, "nothing can be written (EROFS)");
        number("STORAGE_TIMEOUT_MSEC", 30_000, 10, 300_000, "longest wait for a storage node; EIO after it");
    }

    private static void shared() {
        bool("SOFT_WATCHDOG", false, "print counters periodically");
        number("SOFT_WATCHDOG_INTERVAL_SEC", 10, 1, 60, "time between two prints");
        number("DEFAULT_MEM_NODE", 1, 0, 1023, "home memory node of new processes");
        number("DEFAULT_STORAGE_NODE", 1, 0, 1023, "storage node (the memory node itself in ramfs mode)");
        bool("USE_RAMFS", true, "files live in the memory node; no storage node");
        string("RAMFS_OBJECT_FILE", "usr/general.o", "the program that the memory node's image holds");
        bool("MEM_PAGE_CACHE", false, "file page cache at the memory node");
        bool("COUNTER", true, "event counters");
        bool("COUNTER_FIT_IB", true, "network counters");
        bool("COUNTER_PCACHE", true, "ExCache counters");
        bool("COUNTER_MEMORY_HANDLER", true, "memory handler counters");
        bool("COUNTER_THPOOL", true, "worker pool counters");
        bool("DISTRIBUTED_VMA", false, "spread an address space over several memory nodes");
        number("VM_GRANULARITY_ORDER", 30, 21, 40, "log2 of the vRegion size");
        number("MEM_NR_NODES", 1, 1, 64, "memory nodes");
    }

    private static void network() {
        bool("FIT", true, "the network stack");
        number("FIT_FIRST_QPN", 80, 80, 100, "first queue pair number, the same on every node");
        number("FIT_MAX_RPC_TIMEOUT_SEC", 60, 1, 300, "longest wait for a reply");
        number("FIT_NR_QPS_PER_PAIR", 12, 4, 24, "queue pairs between two nodes");
        number("FIT_NR_RECVCQ_POLLING_THREADS", 1, 1, 4, "receive CQs, each with its polling thread; peers take them in turn");
        number("FIT_MAX_OUTSTANDING_SEND", 24, 1, 24, "outstanding sends per queue pair");
        bool("FIT_RECEIVE_IN_INTERRUPT", true, "handle messages on the delivering thread instead of a polling thread");
        bool("FIT_BATCH_POLL_SEND_CQ", false, "poll the send CQ in batches");
        bool("FIT_SEQUENTIAL_IBAPI", false, "one send or call of this node at a time");
        bool("FIT_DEBUG", false, "debug messages");
        number("FIT_INITIAL_SLEEP_TIMEOUT", 10, 1, 300, "seconds to wait for the other nodes at boot");
        number("FIT_NR_NODES", 2, 1, 64, "nodes of the cluster");
        number("FIT_LOCAL_ID", 0, 0, 63, "this node's id");
        string("FIT_NODE_HOSTNAMES", "processor0,memory0", "host name of each node, by node id");
        string("FIT_NODE_LIDS", "1,2", "LID of each node, by node id");
        string("FIT_NODE_ADDRESSES", "", "HOST:PORT of each node, by node id: nodes in several processes (UDP)");
        bool("FIT_SHARED_MEMORY", true, "processes of one host exchange packets through shared memory instead of UDP");
        bool("FIT_UDP_SPLIT_IN_KERNEL", true, "the host's kernel splits and joins UDP datagrams: faster, but tcpdump shows them joined");
        number("FIT_UDP_MTU", 0, 0, 4096, "MTU of the UDP wire, the same on every node; 0 chooses");
    }

    private static void drivers() {
        bool("TTY_SERIAL", true, "console on a serial port");
        bool("TTYS0", false, "the serial console is ttyS0");
        bool("TTYS1", true, "the serial console is ttyS1");
        bool("BAUD9600", false, "9600 baud");
        bool("BAUD115200", true, "115200 baud");
        bool("TTY_VT", false, "console on the VGA text screen");
        bool("INFINIBAND", true, "InfiniBand");
        bool("MLX4_CORE", true, "ConnectX-3 driver");
        bool("MLX4_BLUEFLAME", false, "small inline sends through BlueFlame, which pays on a real bus");
    }

    private static void kernel() {
        string("LOCALVERSION", "-lego", "appended to the version");
        string("CMDLINE", "", "kernel command line: memmap=SIZE$START, loglevel=N");
        string("DEFAULT_HOSTNAME", "(none)", "host name; taken from FIT_NODE_HOSTNAMES when (none)");
        number("NR_CPUS", 64, 1, 64, "most cores shown to programs");
        number("HZ", 100, 100, 1000, "timer ticks per second");
        bool("RANDOMIZE_VA_SPACE", false, "address space layout randomisation");
    }

    private static void bool(String name, boolean isOn, String help) {
        TABLE.put(name, new KConfigOption(name, BOOL, isOn ? "y" : "n", 0, 0, help));
    }

    private static void number(String name, long byDefault, long min, long max, String help) {
        TABLE.put(name, new KConfigOption(name, INT, Long.toString(byDefault), min, max, help));
    }

    private static void string(String name, String byDefault, String help) {
        TABLE.put(name, new KConfigOption(name, STRING, byDefault, 0, 4096, help));
    }

    /** The option, or null. */
    static KConfigOption get(String name) {
        return TABLE.get(name);
    }

    /** The option that is meant by a name with one slip of the pen, or null. */
    static String similarTo(String name) {
        return Spelling.meant(name, TABLE.keySet());
    }

    public static Collection<KConfigOption> all() {
        return TABLE.values();
    }
}
