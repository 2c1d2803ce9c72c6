package org.legoos.managers.memory;

import org.legoos.fit.Incoming;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.vm.MmStruct;
import org.legoos.managers.rpc.ProcessRequest;

/**
 * P2M_FORK and P2M_EXIT (handle_p2m_fork in the original): an address space that begins as a copy of another, or empty, and
 * one that ends. Small ones are done where the message arrives, larger ones by a worker: the methods then return false.
 */
final class ForkHandler {
    /** Address spaces with more pages of their own than this are for workers. */
    private static final int MAX_INLINE_PAGES = 1024;
    /** Of an empty address space: no stack, so no limit. */
    private static final MmStruct.Layout EMPTY = new MmStruct.Layout(0, 0, 0);

    private final MemoryNode node;

    ForkHandler(MemoryNode node) {
        this.node = node;
    }

    /** @return false when the message must go to a worker */
    boolean fork(Incoming message, boolean onWorker) {
        if (message.lengthBytes != ProcessRequest.SIZE_BYTES) {
            return bad(message);
        }
        int child = ProcessRequest.PID.get(node.memory.segment(), message.messagePa);
        int parent = ProcessRequest.ARGUMENT.get(node.memory.segment(), message.messagePa);
        if (parent == ProcessRequest.NOBODY) {
            take(message, child, MmStruct.create(node.memory, node.frames, node.zeroPagePa, EMPTY));
            return true;
        }
        Task task = node.tasks.find(message.node, parent);
        if (task == null || node.tasks.find(message.node, child) != null) {
            node.reply(message, task == null ? -Errno.ESRCH : -Errno.EEXIST);
            return true;
        }
        MmStruct mm = task.mm();
        if (!acquire(mm, onWorker)) {
            return false;
        }
        try {
            if (!onWorker && mm.residentPages() > MAX_INLINE_PAGES) {
                return false;
            }
            take(message, child, mm.fork());
            return true;
        } finally {
            mm.unlock();
        }
    }

    private void take(Incoming message, int child, MmStruct mm) {
        if (mm == null) {
            node.counters.outOfMemory.increment();
            node.reply(message, -Errno.ENOMEM);
            return;
        }
        node.counters.fork.increment();
        node.enter(new Task(message.node, child, mm));
        node.reply(message, 0);
    }

    /** @return false when the message must go to a worker */
    boolean exit(Incoming message, boolean onWorker) {
        if (message.lengthBytes != ProcessRequest.SIZE_BYTES) {
            return bad(message);
        }
        int pid = ProcessRequest.PID.get(node.memory.segment(), message.messagePa);
        Task task = node.tasks.find(message.node, pid);
        if (task != null && !onWorker) {
            MmStruct mm = task.mm();
            if (!mm.tryLock()) {
                return false;
            }
            boolean isLarge = mm.residentPages() > MAX_INLINE_PAGES;
            mm.unlock();
            if (isLarge) {
                return false;
            }
        }
        node.counters.exit.increment();
        node.free(node.tasks.remove(message.node, pid));
        node.reply(message, task == null ? -Errno.ESRCH : 0);
        return true;
    }

    private boolean acquire(MmStruct mm, boolean mayWait) {
        if (!mayWait) {
            return mm.tryLock();
        }
        mm.lock();
        return true;
    }

    private boolean bad(Incoming message) {
        node.counters.badMessage.increment();
        node.reply(message, -Errno.EINVAL);
        return true;
    }
}
