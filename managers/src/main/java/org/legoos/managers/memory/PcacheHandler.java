package org.legoos.managers.memory;

import java.lang.foreign.MemorySegment;
import org.legoos.fit.Incoming;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.pgcache.CachedFile;
import org.legoos.managers.memory.vm.MmStruct;
import org.legoos.managers.memory.vm.Vma;
import org.legoos.managers.rpc.PcacheFlush;
import org.legoos.managers.rpc.PcacheMiss;
import org.legoos.managers.rpc.PcacheZerofill;

/**
 * handle_pcache: misses, flushes and zero-fill notices (managers/memory/handle_pcache in the original). Runs where
 * the message arrives and allocates nothing; a miss is answered with the page itself, sent from its own frame. When
 * a lock is taken the methods return false and the message goes to a worker, which calls again with mayWait. A page of a file that
 * is not here is fetched, and the message waits for it without a thread.
 */
final class PcacheHandler {
    private static final long MUST_WAIT = MmStruct.MUST_WAIT;

    private final MemoryNode node;
    private final MemorySegment ram;

    PcacheHandler(MemoryNode node) {
        this.node = node;
        this.ram = node.memory.segment();
    }

    /** P2M_PCACHE_MISS, with or without a line on its way home. @return false when the message must wait */
    boolean miss(Incoming message, boolean mayWait) {
        long at = message.messagePa;
        boolean hasRecord = message.lengthBytes == PcacheMiss.WITH_FLUSH_BYTES;
        boolean fits = hasRecord || message.lengthBytes == PcacheMiss.SIZE_BYTES;
        if (!fits || (PcacheMiss.HAS_FLUSH.get(ram, at) != 0) != hasRecord) {
            return bad(message);
        }
        long flushed = 0;
        if (hasRecord) {
            flushed = flushRecord(message.node, at + PcacheMiss.FLUSH_AT, mayWait);
            if (flushed == MUST_WAIT) {
                return false;
            }
        }
        Task task = node.tasks.find(message.node, PcacheMiss.PID.get(ram, at));
        if (task == null) {
            return error(message, -Errno.ESRCH, flushed);
        }
        MmStruct mm = task.mm();
        if (!acquire(mm, mayWait)) {
            return false; // a line that came along goes home twice, which does no harm
        }
        try {
            long page = mm.missPage(PcacheMiss.MISSING_VA.get(ram, at), PcacheMiss.ACCESS.get(ram, at), mayWait);
            if (page == MUST_WAIT) {
                return !mayWait && fetch(mm, PcacheMiss.MISSING_VA.get(ram, at), message);
            }
            node.counters.pcacheMiss.increment();
            if (page < 0) {
                return error(message, page, flushed);
            }
            // With the lock held: nobody frees the frame before the reply is on its way.
            node.send(message, page, PcacheMiss.LINE_BYTES, (int) -flushed);
            return true;
        } finally {
            mm.unlock();
        }
    }

    /** Has a page of a file fetched, and the message wait for it. @return whether it does */
    private boolean fetch(MmStruct mm, long va, Incoming message) {
        Vma vma = mm.vmas().find(va);
        if (vma == null || !(vma.file() instanceof CachedFile file) || !file.tryLock()) {
            return false;
        }
        try {
            long offset = vma.fileOffset() + ((va & -PcacheMiss.LINE_BYTES) - vma.startVa());
            int bytes = file.pieceBytes(offset, PcacheMiss.LINE_BYTES);
            boolean isMissing = bytes > 0 && !file.isReady(offset / PcacheMiss.LINE_BYTES);
            return isMissing && node.pageCache.fetches().start(file, offset, bytes, message);
        } finally {
            file.unlock();
        }
    }

    private boolean error(Incoming message, long error, long flushed) {
        if (error == -Errno.ENOMEM) {
            node.counters.outOfMemory.increment();
        }
        long at = node.replySlot();
        org.legoos.managers.rpc.StatusReply.STATUS.set(ram, at, (int) error);
        node.send(message, at, Integer.BYTES, (int) -flushed);
        return true;
    }

    private boolean bad(Incoming message) {
        node.counters.badMessage.increment();
        node.reply(message, -Errno.EINVAL);
        return true;
    }

    /** P2M_PCACHE_FLUSH. @return false when the message must wait */
    boolean flush(Incoming message, boolean mayWait) {
        if (message.lengthBytes != PcacheFlush.SIZE_BYTES) {
            return bad(message);
        }
        long status = flushRecord(message.node, message.messagePa + PcacheFlush.RECORD_AT, mayWait);
        if (status == MUST_WAIT) {
            return false;
        }
        node.reply(message, (int) status);
        return true;
    }

    /** Takes a line home. @return 0, a negative errno, or MUST_WAIT */
    private long flushRecord(int sender, long recordAt, boolean mayWait) {
        Task task = node.tasks.find(sender, PcacheFlush.PID.get(ram, recordAt));
        if (task == null) {
            return -Errno.ESRCH;
        }
        MmStruct mm = task.mm();
        if (!acquire(mm, mayWait)) {
            return MUST_WAIT;
        }
        try {
            long va = PcacheFlush.USER_VA.get(ram, recordAt);
            long status = mm.flush(va, recordAt + PcacheFlush.LINE_AT, mayWait);
            if (status == MUST_WAIT) {
                return MUST_WAIT;
            }
            node.counters.pcacheFlush.increment();
            if (status == -Errno.ENOMEM) {
                node.counters.outOfMemory.increment();
            }
            return status;
        } finally {
            mm.unlock();
        }
    }

    /** P2M_PCACHE_ZEROFILL: sets memory aside. @return false when the message must wait */
    boolean zerofill(Incoming message, boolean mayWait) {
        if (message.lengthBytes != PcacheZerofill.SIZE_BYTES) {
            return bad(message);
        }
        Task task = node.tasks.find(message.node, PcacheZerofill.PID.get(ram, message.messagePa));
        if (task == null) {
            node.reply(message, -Errno.ESRCH);
            return true;
        }
        MmStruct mm = task.mm();
        if (!acquire(mm, mayWait)) {
            return false;
        }
        try {
            long va = PcacheZerofill.MISSING_VA.get(ram, message.messagePa);
            long page = mm.missPage(va, PcacheMiss.ACCESS_WRITE, mayWait);
            if (page == MUST_WAIT) {
                return false;
            }
            node.counters.pcacheZerofill.increment();
            node.reply(message, page < 0 ? (int) page : 0);
            return true;
        } finally {
            mm.unlock();
        }
    }

    private boolean acquire(MmStruct mm, boolean mayWait) {
        if (!mayWait) {
            return mm.tryLock();
        }
        mm.lock();
        return true;
    }
}
