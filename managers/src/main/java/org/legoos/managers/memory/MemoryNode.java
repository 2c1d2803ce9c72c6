package org.legoos.managers.memory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.fit.Ibapi;
import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.managers.memory.pgcache.PageCache;
import org.legoos.managers.memory.ramfs.Ramfs;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.StatusReply;

/** What all handlers of a memory node share: memory, frames, tasks, files, and short replies. */
public final class MemoryNode {
    private static final int SLOT_BYTES = Ibapi.INLINE_REPLY_BYTES;
    private static final int SLOTS = PhysicalMemory.PAGE_SIZE / SLOT_BYTES;

    final Kernel kernel;
    final Ibapi ibapi;
    final PhysicalMemory memory;
    final UserFrames frames;
    final TaskTable tasks = new TaskTable();
    final Ramfs ramfs;
    /** Files of a storage node, null in ramfs mode. */
    final PageCache pageCache;
    /** What is mapped and executed: one of the two. */
    final FileStore files;
    final MemoryCounters counters;
    /** A page of zeros that nobody writes. */
    final long zeroPagePa;

    private final Set<Integer> departed = ConcurrentHashMap.newKeySet(); // nodes
    private final long slotsPa;
    private final AtomicInteger nextSlot = new AtomicInteger();

    MemoryNode(Kernel kernel, Ibapi ibapi) {
        this.kernel = kernel;
        this.ibapi = ibapi;
        this.memory = kernel.memory();
        this.zeroPagePa = frame(kernel);
        this.slotsPa = frame(kernel);
        this.frames = new UserFrames(kernel.frames());
        this.ramfs = new Ramfs(memory, frames, kernel.clock());
        this.pageCache = kernel.config().bool("USE_RAMFS") ? null : new PageCache(kernel, ibapi, frames);
        this.files = pageCache == null ? ramfs : pageCache;
        this.counters = new MemoryCounters(kernel.counters());
        kernel.counters().gauge("memory_tasks", tasks::count);
        kernel.counters().gauge("memory_frames", () -> frames.usedBytes() / PhysicalMemory.PAGE_SIZE - restingPages());
        kernel.counters().gauge("kernel_frames", () -> (kernel.frames().totalBytes() - kernel.frames().freeBytes()) / PhysicalMemory.PAGE_SIZE
                - frames.restingCount() - restingPages());
        kernel.counters().gauge("memory_ranges", frames::rangeCount);
        kernel.counters().gauge("memory_ramfs_bytes", ramfs::fileBytes);
    }

    /** Frames of the page cache that are as good as free. */
    private long restingPages() {
        return pageCache == null ? 0 : pageCache.restingPages();
    }

    private static long frame(Kernel kernel) {
        long pa = kernel.frames().alloc();
        if (pa == 0) {
            throw new IllegalStateException("memory node has no memory");
        }
        return pa;
    }

    /** Enters a task in place of the one of that name, which is freed; as is the task itself when its node has left meanwhile. */
    void enter(Task task) {
        free(tasks.put(task));
        if (departed.contains(task.node())) {
            free(tasks.remove(task.node(), task.pid()));
        }
    }

    /** Frees what a processor node that has left for good had here. */
    void nodeLeft(int leftNode) {
        departed.add(leftNode);
        for (Task task : tasks.all()) {
            if (task.node() == leftNode) {
                free(tasks.remove(task.node(), task.pid()));
            }
        }
    }

    /** Gives back the memory of a task that is in the table no more; null is fine. */
    void free(Task task) {
        if (task != null) {
            task.mm().lock();
            try {
                task.mm().destroy();
            } finally {
                task.mm().unlock();
            }
            ramfs.reap();
        }
    }

    /** Room for a reply of at most Ibapi.INLINE_REPLY_BYTES, which FIT copies when it is sent. */
    long replySlot() {
        return slotsPa + (long) (nextSlot.getAndIncrement() & SLOTS - 1) * SLOT_BYTES;
    }

    /** Answers with a status alone, or just frees the message when no answer is wanted. */
    void reply(Incoming message, int status) {
        long at = replySlot();
        StatusReply.STATUS.set(memory.segment(), at, status);
        send(message, at, StatusReply.STATUS_BYTES, 0);
    }

    /** Answers a read that gives no byte. */
    void replyNoBytes(Incoming message, int status) {
        long at = replySlot();
        StatusReply.STATUS.set(memory.segment(), at, status);
        send(message, at, StatusReply.STATUS_BYTES, FileTransfer.STATUS_ONLY);
    }

    /** Answers with a result as of a system call: an address or count, or a negative errno. */
    void replyValue(Incoming message, long result) {
        if (result < 0) {
            reply(message, (int) result);
            return;
        }
        long at = replySlot();
        StatusReply.STATUS.set(memory.segment(), at, 0);
        StatusReply.VALUE.set(memory.segment(), at, result);
        send(message, at, StatusReply.SIZE_BYTES, 0);
    }

    /** Sends a reply without waiting: what lies at replyPa stays as it is (a page), or the reply is short. */
    void send(Incoming message, long replyPa, int lengthBytes, int privateBits) {
        if (message.wantsReply) {
            ibapi.replyMessageWithPrivateBits(message, replyPa, lengthBytes, privateBits);
        } else {
            ibapi.freeReceiveBuffer(message);
        }
    }

    /** Sends a longer reply from a buffer that is used again afterwards. For workers. */
    void sendAndWait(Incoming message, long replyPa, int lengthBytes) {
        if (message.wantsReply) {
            ibapi.replyMessage(message, replyPa, Math.min(lengthBytes, message.maxReplyBytes));
        } else {
            ibapi.freeReceiveBuffer(message);
        }
    }
}
