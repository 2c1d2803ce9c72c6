package org.legoos.managers.storage;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.legoos.fit.Ibapi;
import org.legoos.fit.Incoming;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.thpool.Worker;
import org.legoos.managers.memory.thpool.WorkerPool;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.storage.host.VNodeFiles;

/**
 * The storage manager of an S node: files of vNodes, in directories of the host. It is stateless as the paper has it (section
 * 4.5): every request names vNode, full path and absolute offset, and nothing is remembered but to save time, so that
 * a storage node may end and start again under its clients.
 */
public final class StorageManager {
    private final StorageNode node;
    private final MemorySegment ram;
    private final WorkerPool pool;
    private final ContentHandler content;
    private final PathHandler paths;
    private final QuickHandler quick;

    private StorageManager(Kernel kernel, Ibapi ibapi, List<VNodeFiles.Mount> mounts) {
        pool = new WorkerPool(kernel, kernel.config().integer("THPOOL_NR_WORKERS"), this::onWorker);
        node = new StorageNode(kernel, ibapi, mounts);
        ram = kernel.memory().segment();
        content = new ContentHandler(node);
        paths = new PathHandler(node);
        quick = new QuickHandler(node, content, paths);
    }

    /** Starts the manager. IllegalArgumentException says what is wrong with a directory. */
    public static StorageManager start(Kernel kernel, Ibapi ibapi, List<VNodeFiles.Mount> mounts) {
        StorageManager manager = new StorageManager(kernel, ibapi, mounts);
        manager.pool.start();
        manager.pool.lendWorkers();
        ibapi.registerHandler(RpcPort.STORAGE, "storage", manager::onArrival);
        for (VNodeFiles.Mount mount : mounts) {
            String changes = mount.overlay() == null ? "" : ", changes in " + mount.overlay();
            kernel.log().info("Storage manager: vNode %d: %s, %s%s", mount.id(), mount.root(),
                    mount.mode().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), changes);
        }
        return manager;
    }

    /** Ends the manager: the port first; what is being done is done, then the files are closed. */
    public void stop() {
        node.ibapi.unregisterApplication(RpcPort.STORAGE);
        node.close();
    }

    /** print_thpool_stats. */
    public String thpoolReport() {
        return pool.report();
    }

    /** Where messages arrive: waits for nothing but the host's answer to what it nearly always has in memory. */
    private void onArrival(Incoming message) {
        if (!Header.isSane(ram, message.messagePa, message.lengthBytes, message.node)) {
            node.counters.badMessage.increment();
            node.reply(message, -Errno.EINVAL);
        } else if (!quick.handle(message) && !(isShort(message) ? pool.offerShort(message) : pool.offer(message))) {
            node.counters.ringFull.increment();
            node.reply(message, -Errno.EAGAIN);
        }
    }

    /** Whether a request takes about as long as to wake a worker for it; not what waits until something is on the disk, or moves much. */
    private boolean isShort(Incoming message) {
        return switch (Header.OPCODE.get(ram, message.messagePa)) {
            case Opcode.M2S_FSYNC, Opcode.M2S_FADVISE, Opcode.M2S_FALLOCATE, Opcode.M2S_COPY_RANGE, Opcode.P2S_TRUNCATE, Opcode.P2S_STATFS,
                    Opcode.P2S_SYNCFS -> false;
            case Opcode.M2S_WRITE -> message.lengthBytes >= FileTransfer.SIZE_BYTES
                    && (FileTransfer.FLAGS.get(ram, message.messagePa) & (FileTransfer.SYNC | FileTransfer.DSYNC)) == 0;
            default -> true;
        };
    }

    private void onWorker(Incoming message, Worker worker) {
        if (!node.enter()) {
            node.reply(message, -Errno.EIO);
            return;
        }
        try {
            handle(message, worker);
        } finally {
            node.leave();
        }
    }

    private void handle(Incoming message, Worker worker) {
        int opcode = Header.OPCODE.get(ram, message.messagePa);
        switch (opcode) {
            case Opcode.M2S_READ, Opcode.M2S_WRITE -> content.transfer(opcode, message, worker);
            case Opcode.P2S_OPEN, Opcode.P2S_STAT, Opcode.P2S_LOOKUP, Opcode.P2S_ACCESS, Opcode.P2S_TRUNCATE, Opcode.P2S_GETDENTS,
                    Opcode.P2S_RENAME, Opcode.P2S_MKDIR, Opcode.P2S_MKNOD, Opcode.P2S_RMDIR, Opcode.P2S_LINK, Opcode.P2S_UNLINK,
                    Opcode.P2S_SYMLINK, Opcode.P2S_READLINK, Opcode.P2S_SETATTR, Opcode.P2S_STATFS, Opcode.P2S_SYNCFS,
                    Opcode.P2S_SETXATTR, Opcode.P2S_GETXATTR, Opcode.P2S_LISTXATTR, Opcode.P2S_REMOVEXATTR,
                    Opcode.M2S_FSYNC, Opcode.M2S_FADVISE, Opcode.M2S_LSEEK, Opcode.M2S_FALLOCATE, Opcode.M2S_COPY_RANGE ->
                paths.handle(opcode, message, worker);
            default -> {
                node.kernel.log().once(LogLevel.WARNING, "opcode-" + opcode, "storage: no handler for opcode 0x%x (node %d)",
                        opcode, message.node);
                node.reply(message, -Errno.ENOSYS);
            }
        }
    }
}
