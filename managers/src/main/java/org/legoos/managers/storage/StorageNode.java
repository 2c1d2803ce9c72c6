package org.legoos.managers.storage;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.fit.Ibapi;
import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.managers.rpc.StatusReply;
import org.legoos.managers.storage.host.HostFiles;
import org.legoos.managers.storage.host.VNodeFiles;

/** What the handlers of a storage node share: vNodes, counters, replies, and an orderly end. */
final class StorageNode {
    private static final int SLOT_BYTES = Ibapi.INLINE_REPLY_BYTES;
    private static final int SLOTS = PhysicalMemory.PAGE_SIZE / SLOT_BYTES;
    /** {@link #inside} when the node is closed and nobody is inside. */
    private static final int CLOSED = Integer.MIN_VALUE;

    final Kernel kernel;
    final Ibapi ibapi;
    final PhysicalMemory memory;
    final StorageCounters counters;
    private final Map<Integer, HostFiles> vnodes = new ConcurrentHashMap<>();
    private final long slotsPa;
    private final AtomicInteger nextSlot = new AtomicInteger();
    /** Workers in a handler; CLOSED is added when the node ends. */
    private final AtomicInteger inside = new AtomicInteger();

    StorageNode(Kernel kernel, Ibapi ibapi, List<VNodeFiles.Mount> mounts) {
        this.kernel = kernel;
        this.ibapi = ibapi;
        this.memory = kernel.memory();
        this.counters = new StorageCounters(kernel.counters());
        this.slotsPa = kernel.frames().alloc();
        if (slotsPa == 0) {
            throw new IllegalStateException("storage node has no memory");
        }
        for (VNodeFiles.Mount mount : mounts) {
            vnodes.put(mount.id(), VNodeFiles.open(mount, kernel.clock()));
        }
    }

    /** A vNode's files, or null. */
    HostFiles files(int vnode) {
        return vnodes.get(vnode);
    }

    /** A worker begins with a request. @return false when the files are closed */
    boolean enter() {
        if (inside.incrementAndGet() < 0) {
            leave();
            return false;
        }
        return true;
    }

    /** The last one out closes the files. */
    void leave() {
        if (inside.decrementAndGet() == CLOSED) {
            closeFiles();
        }
    }

    void close() {
        if (inside.getAndAdd(CLOSED) == 0) {
            closeFiles();
        }
    }

    private void closeFiles() {
        vnodes.values().forEach(HostFiles::close);
        vnodes.clear();
    }

    /** Answers with a status alone. */
    void reply(Incoming message, int status) {
        long at = slot();
        StatusReply.STATUS.set(memory.segment(), at, status);
        send(message, at, StatusReply.STATUS_BYTES, 0);
    }

    /** Answers with a status and a value and nothing else. @param privateBits see FileTransfer.STATUS_ONLY */
    void reply(Incoming message, int status, long value, int privateBits) {
        long at = slot();
        StatusReply.STATUS.set(memory.segment(), at, status);
        StatusReply.VALUE.set(memory.segment(), at, value);
        send(message, at, StatusReply.SIZE_BYTES, privateBits);
    }

    /** Room for a reply that FIT copies when it is sent. */
    long slot() {
        return slotsPa + (long) (nextSlot.getAndIncrement() & SLOTS - 1) * SLOT_BYTES;
    }

    void send(Incoming message, long replyPa, int lengthBytes, int privateBits) {
        if (message.wantsReply) {
            ibapi.replyMessageWithPrivateBits(message, replyPa, Math.min(lengthBytes, message.maxReplyBytes), privateBits);
        } else {
            ibapi.freeReceiveBuffer(message);
        }
    }

    /** Sends a longer reply and goes on; {@code whenSent} hears when the buffer is free again. @return false when it was not sent */
    boolean sendNowait(Incoming message, long replyPa, int lengthBytes, Ibapi.WhenDone whenSent) {
        return message.wantsReply && ibapi.replyMessageNowait(message, replyPa, lengthBytes, whenSent) == 0;
    }

    /** Sends a reply from a worker's buffer, which may be used again afterwards. */
    void sendAndWait(Incoming message, long replyPa, int lengthBytes) {
        if (message.wantsReply) {
            ibapi.replyMessage(message, replyPa, Math.min(lengthBytes, message.maxReplyBytes));
        } else {
            ibapi.freeReceiveBuffer(message);
        }
    }
}
