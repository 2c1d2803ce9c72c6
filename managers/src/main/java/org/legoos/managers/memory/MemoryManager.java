package org.legoos.managers.memory;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.legoos.fit.Ibapi;
import org.legoos.fit.Incoming;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.pgcache.WriteBackDaemon;
import org.legoos.managers.memory.ramfs.RamfsImage;
import org.legoos.managers.memory.thpool.Worker;
import org.legoos.managers.memory.thpool.WorkerPool;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.MemoryStatus;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PcacheMiss;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.TestRequest;

/**
 * The memory manager of an M node: owns the address spaces and all memory of processes, and in ramfs mode their
 * files. Misses, flushes and small calls are handled where they arrive, longer work by the worker pool
 * (managers/memory/core.c).
 */
public final class MemoryManager {
    private final MemoryNode node;
    private final MemorySegment ram;
    private final PcacheHandler pcache;
    private final VmHandler vm;
    private final ForkHandler forks;
    private final FileHandler files;
    /** Null in ramfs mode. */
    private final FileCacheHandler fileCache;
    private final ExecveHandler execve;
    private final WorkerPool pool;

    private MemoryManager(Kernel kernel, Ibapi ibapi) {
        // The workers' buffers first: what is left is for programs.
        pool = new WorkerPool(kernel, kernel.config().integer("THPOOL_NR_WORKERS"), this::onWorker);
        node = new MemoryNode(kernel, ibapi);
        ram = node.memory.segment();
        pcache = new PcacheHandler(node);
        vm = new VmHandler(node);
        forks = new ForkHandler(node);
        files = new FileHandler(node);
        fileCache = node.pageCache == null ? null : new FileCacheHandler(node);
        execve = new ExecveHandler(node);
    }

    /** Starts the manager: file system, workers, ports. Throws IllegalStateException when the node is too small. */
    public static MemoryManager start(Kernel kernel, Ibapi ibapi, MemoryConfig config) {
        MemoryManager manager = new MemoryManager(kernel, ibapi);
        manager.fillRamfs(config);
        manager.pool.start();
        if (manager.node.pageCache != null) {
            kernel.sched().spawn("pgcache-flushd", new WriteBackDaemon(manager.node.pageCache, kernel.clock()));
        }
        if (manager.node.pageCache != null) {
            manager.node.pageCache.fetches().onDone(manager::again);
        }
        ibapi.onDeparture(manager.node::nodeLeft);
        ibapi.registerHandler(RpcPort.MEMORY, "memory", manager::onArrival);
        if (kernel.config().bool("USE_RAMFS")) {
            ibapi.registerHandler(RpcPort.STORAGE, "storage", manager::onArrival);
        }
        kernel.log().info("Memory manager: %d MiB for programs and files", manager.node.frames.totalBytes() >> 20);
        return manager;
    }

    private void fillRamfs(MemoryConfig config) {
        for (String directory : new String[] {"/bin", "/dev", "/etc", "/proc", "/root", "/sys", "/usr"}) {
            check(directory, node.ramfs.addDirectory(directory, 0755));
        }
        check("/tmp", node.ramfs.addDirectory("/tmp", 01777));
        for (MemoryConfig.GuestFile file : config.files()) {
            check(file.guestPath(), node.ramfs.addFile(file.guestPath(), file.permissions(), file.content()));
        }
        // The user's own files take precedence.
        addText("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n");
        addText("/etc/group", "root:x:0:\nnogroup:x:65534:\n");
        addText("/etc/hostname", node.kernel.config().string("DEFAULT_HOSTNAME") + "\n");
    }

    private void addText(String path, String text) {
        int error = node.ramfs.addFile(path, 0644, RamfsImage.of(text.getBytes(StandardCharsets.US_ASCII)));
        if (error != -Errno.EEXIST) {
            check(path, error);
        }
    }

    private static void check(String path, int error) {
        if (error != 0) {
            throw new IllegalArgumentException("ramfs: cannot make " + path + ": " + Errno.name(-error));
        }
    }

    /** Ends the manager: ports first, then the memory of all tasks. The workers end with the node's threads. */
    public void stop() {
        node.ibapi.unregisterApplication(RpcPort.MEMORY);
        node.ibapi.unregisterApplication(RpcPort.STORAGE);
        for (Task task : node.tasks.all()) {
            node.free(node.tasks.remove(task.node(), task.pid()));
        }
    }

    /** Memory that programs and files take. */
    public long usedBytes() {
        return node.frames.usedBytes();
    }

    public long totalBytes() {
        return node.frames.totalBytes();
    }

    /** print_thpool_stats. */
    public String thpoolReport() {
        return pool.report();
    }

    /** Where messages arrive: never waits, and for misses and flushes allocates nothing. */
    private void onArrival(Incoming message) {
        if (!Header.isSane(ram, message.messagePa, message.lengthBytes, message.node)) {
            node.counters.badMessage.increment();
            node.reply(message, -Errno.EINVAL);
            return;
        }
        if (!handleHere(message) && !pool.offer(message)) {
            node.counters.ringFull.increment();
            node.reply(message, -Errno.EAGAIN);
        }
    }

    /** A request that waited for pages of a file. */
    private void again(Incoming message, boolean isThere) {
        if (!(isThere && handleHere(message)) && !pool.offer(message)) {
            node.counters.ringFull.increment();
            node.reply(message, -Errno.EAGAIN);
        }
    }

    /** @return false when it is work for a worker */
    private boolean handleHere(Incoming message) {
        int opcode = Header.OPCODE.get(ram, message.messagePa);
        boolean done;
        switch (opcode) {
            case Opcode.P2M_PCACHE_MISS -> done = pcache.miss(message, false);
            case Opcode.P2M_PCACHE_FLUSH -> done = pcache.flush(message, false);
            case Opcode.P2M_PCACHE_ZEROFILL -> done = pcache.zerofill(message, false);
            case Opcode.P2M_MMAP -> done = vm.mmap(message, false);
            case Opcode.P2M_MREMAP -> done = vm.mremap(message, false);
            case Opcode.P2M_MUNMAP, Opcode.P2M_MPROTECT, Opcode.P2M_MADVISE, Opcode.P2M_MSYNC, Opcode.P2M_BRK ->
                done = vm.range(opcode, message, false);
            case Opcode.P2M_FORK -> done = forks.fork(message, false);
            case Opcode.P2M_EXIT -> done = forks.exit(message, false);
            case Opcode.P2M_READ, Opcode.P2M_WRITE, Opcode.P2M_CLOSE -> {
                if (fileCache == null) {
                    return false;
                }
                done = fileCache.handle(opcode, message, false);
            }
            case Opcode.P2M_STATUS -> done = status(message);
            case Opcode.P2M_TEST -> done = test(message);
            default -> {
                return false;
            }
        }
        if (!done) {
            node.counters.lockBusy.increment();
        }
        return done;
    }

    private void onWorker(Incoming message, Worker worker) {
        int opcode = Header.OPCODE.get(ram, message.messagePa);
        switch (opcode) {
            case Opcode.P2M_PCACHE_MISS -> pcache.miss(message, true);
            case Opcode.P2M_PCACHE_FLUSH -> pcache.flush(message, true);
            case Opcode.P2M_PCACHE_ZEROFILL -> pcache.zerofill(message, true);
            case Opcode.P2M_MMAP -> vm.mmap(message, true);
            case Opcode.P2M_MREMAP -> vm.mremap(message, true);
            case Opcode.P2M_MUNMAP, Opcode.P2M_MPROTECT, Opcode.P2M_MADVISE, Opcode.P2M_MSYNC, Opcode.P2M_BRK ->
                vm.range(opcode, message, true);
            case Opcode.P2M_EXECVE -> execve.handle(message, worker);
            case Opcode.P2M_FORK -> forks.fork(message, true);
            case Opcode.P2M_EXIT -> forks.exit(message, true);
            case Opcode.P2M_READ, Opcode.P2M_WRITE, Opcode.P2M_FSYNC, Opcode.P2M_CLOSE, Opcode.P2M_TRUNCATE,
                    Opcode.P2M_DROP_CACHE -> files(opcode, message, worker);
            case Opcode.P2S_OPEN, Opcode.P2S_STAT, Opcode.P2S_ACCESS, Opcode.P2S_TRUNCATE,
                    Opcode.P2S_GETDENTS, Opcode.P2S_RENAME, Opcode.P2S_MKDIR, Opcode.P2S_MKNOD, Opcode.P2S_RMDIR, Opcode.P2S_LINK,
                    Opcode.P2S_UNLINK, Opcode.P2S_SYMLINK, Opcode.P2S_READLINK, Opcode.P2S_SETATTR, Opcode.P2S_STATFS,
                    Opcode.P2S_SETXATTR, Opcode.P2S_GETXATTR, Opcode.P2S_LISTXATTR, Opcode.P2S_REMOVEXATTR, Opcode.M2S_LSEEK,
                    Opcode.M2S_FALLOCATE ->
                files.path(opcode, message, worker);
            default -> unknown(opcode, message);
        }
    }

    private void files(int opcode, Incoming message, Worker worker) {
        if (fileCache != null) {
            fileCache.handle(opcode, message, true);
        } else if (opcode == Opcode.P2M_FSYNC) {
            files.fsync(message, worker);
        } else if (opcode == Opcode.P2M_READ || opcode == Opcode.P2M_WRITE) {
            files.transfer(opcode, message, worker);
        } else {
            node.reply(message, 0); // ramfs is its own cache
        }
    }

    private void unknown(int opcode, Incoming message) {
        node.kernel.log().once(
                LogLevel.WARNING,
                "opcode-" + opcode,
                "memory: no handler for opcode 0x%x (node %d)",
                opcode,
                message.node);
        node.reply(message, -Errno.ENOSYS);
    }

    private boolean status(Incoming message) {
        long at = node.replySlot();
        long committedBytes = 0;
        long tableFrames = 0;
        for (Task task : node.tasks.all()) { // read without their locks: figures for people
            committedBytes += task.mm().vmas().committedBytes();
            tableFrames += task.mm().tableCount();
        }
        MemoryStatus.STATUS.set(ram, at, 0);
        MemoryStatus.TASK_COUNT.set(ram, at, node.tasks.count());
        MemoryStatus.TOTAL_BYTES.set(ram, at, node.frames.totalBytes());
        MemoryStatus.FREE_BYTES.set(ram, at, node.frames.freeBytes());
        MemoryStatus.FILE_BYTES.set(ram, at, node.ramfs.fileBytes());
        MemoryStatus.PAGE_TABLE_BYTES.set(ram, at, tableFrames * PcacheMiss.LINE_BYTES);
        MemoryStatus.COMMITTED_BYTES.set(ram, at, committedBytes);
        MemoryStatus.COMMIT_LIMIT_BYTES.set(ram, at, node.frames.totalBytes() / 2); // overcommit_ratio 50, as Linux
        node.send(message, at, MemoryStatus.SIZE_BYTES, 0);
        return true;
    }

    private boolean test(Incoming message) {
        boolean isShort = message.lengthBytes < TestRequest.SIZE_BYTES;
        int replyBytes = isShort ? -1 : TestRequest.REPLY_LENGTH.get(ram, message.messagePa);
        if (replyBytes < 0 || replyBytes > PcacheMiss.LINE_BYTES) {
            node.reply(message, -Errno.EINVAL);
        } else {
            node.send(message, node.zeroPagePa, replyBytes, 0);
        }
        return true;
    }
}
