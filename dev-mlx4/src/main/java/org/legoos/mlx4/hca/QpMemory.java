package org.legoos.mlx4.hca;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.legoos.mlx4.transport.AtomicOperands;
import org.legoos.mlx4.transport.GatherList;
import org.legoos.mlx4.transport.Status;
import org.legoos.mlx4.wire.Packet;

/**
 * Memory as one queue pair may access it: by key, inside its protection domain. Payload is never copied on the way out
 * (packets refer to it) and once on the way in.
 */
final class QpMemory {
    private static final VarHandle ATOMIC =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final ValueLayout.OfLong HOST_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int ATOMIC_BYTES = Long.BYTES;

    private final BusMaster bus;
    private final MemoryKeys keys;
    private int pd;
    private final int qpn;
    private final boolean isReservedKeyOk;
    private final MemorySegment scratch = Arena.ofAuto().allocate(ATOMIC_BYTES, ATOMIC_BYTES);

    QpMemory(BusMaster bus, MemoryKeys keys, int pd, int qpn, boolean isReservedKeyOk) {
        this.bus = bus;
        this.keys = keys;
        this.pd = pd;
        this.qpn = qpn;
        this.isReservedKeyOk = isReservedKeyOk;
    }

    int pd() {
        return pd;
    }

    /** An XRC target works in the protection domain of the SRQ that a request is for. */
    void setPd(int newPd) {
        pd = newPd;
    }

    /** Appends references to [offset, offset+length) of a list's memory to a packet. */
    Status gather(GatherList list, long offset, int length, Packet into) {
        if (list.isInline()) {
            return into.appendCopy(list.inlineSegment(), offset, length) ? Status.OK : Status.LOCAL_LENGTH;
        }
        long skip = offset;
        int left = length;
        for (int i = 0; left > 0 && i < list.count(); i++) {
            int entryLength = list.length(i);
            if (skip >= entryLength) {
                skip -= entryLength;
                continue;
            }
            int now = (int) Math.min(left, entryLength - skip);
            if (list.isInlineEntry(i)) {
                if (!into.appendCopy(list.inlineSegment(), list.address(i) + skip, now)) {
                    return Status.LOCAL_LENGTH;
                }
            } else if (!append(list.key(i), Region.LOCAL_READ, list.address(i) + skip, now, into)) {
                return Status.LOCAL_PROTECTION;
            }
            left -= now;
            skip = 0;
        }
        return left == 0 ? Status.OK : Status.LOCAL_LENGTH;
    }

    boolean append(int key, int right, long va, int length, Packet into) {
        Region region = keys.find(key, pd, qpn, isReservedKeyOk && isLocal(right), right, va, length);
        if (region == null) {
            return false;
        }
        int done = 0;
        while (done < length) {
            int now = region.contiguous(va + done, length - done);
            long dmaAddr = region.toDma(va + done);
            now = dmaAddr == Mtt.NOT_PRESENT ? now : bus.reach(dmaAddr, now);
            MemorySegment memory = dmaAddr == Mtt.NOT_PRESENT ? null : bus.atForRead(dmaAddr, now);
            if (memory == null || !into.append(memory, bus.offset(dmaAddr), now)) {
                return false;
            }
            done += now;
        }
        return true;
    }

    private static boolean isLocal(int right) {
        return (right & (Region.LOCAL_READ | Region.LOCAL_WRITE)) != 0;
    }

    /** Copies a packet's payload to {@code offset} of a list's memory. */
    Status scatter(GatherList list, long offset, Packet from) {
        if (offset + from.payloadLength() > list.lengthBytes()) {
            return Status.LOCAL_LENGTH;
        }
        long skip = offset;
        int done = 0;
        int length = from.payloadLength();
        for (int i = 0; done < length && i < list.count(); i++) {
            int entryLength = list.length(i);
            if (skip >= entryLength) {
                skip -= entryLength;
                continue;
            }
            int now = (int) Math.min(length - done, entryLength - skip);
            if (!store(list.key(i), Region.LOCAL_WRITE, list.address(i) + skip, from, done, now)) {
                return Status.LOCAL_PROTECTION;
            }
            done += now;
            skip = 0;
        }
        return Status.OK;
    }

    /** Copies {@code length} payload bytes from {@code payloadAt} on to va. */
    boolean store(int key, int right, long va, Packet from, int payloadAt, int length) {
        Region region = keys.find(key, pd, qpn, isReservedKeyOk && isLocal(right), right, va, length);
        if (region == null) {
            return false;
        }
        int done = 0;
        while (done < length) {
            int now = region.contiguous(va + done, length - done);
            long dmaAddr = region.toDma(va + done);
            now = dmaAddr == Mtt.NOT_PRESENT ? now : bus.reach(dmaAddr, now);
            MemorySegment memory = dmaAddr == Mtt.NOT_PRESENT ? null : bus.at(dmaAddr, now);
            if (memory == null) {
                return false;
            }
            from.copyPayload(payloadAt + done, memory, bus.offset(dmaAddr), now);
            bus.written(dmaAddr, now);
            done += now;
        }
        return true;
    }

    /** Copies bytes that are not a packet's payload (headers, atomic results) to the start of a list's memory. */
    Status scatterBytes(GatherList list, MemorySegment from, int length) {
        int done = 0;
        for (int i = 0; done < length && i < list.count(); i++) {
            int now = Math.min(length - done, list.length(i));
            if (!storeBytes(list.key(i), list.address(i), from, done, now)) {
                return Status.LOCAL_PROTECTION;
            }
            done += now;
        }
        return done == length ? Status.OK : Status.LOCAL_LENGTH;
    }

    private boolean storeBytes(int key, long va, MemorySegment from, int fromAt, int length) {
        Region region = keys.find(key, pd, qpn, isReservedKeyOk, Region.LOCAL_WRITE, va, length);
        int done = 0;
        while (region != null && done < length) {
            int now = region.contiguous(va + done, length - done);
            long dmaAddr = region.toDma(va + done);
            now = dmaAddr == Mtt.NOT_PRESENT ? now : bus.reach(dmaAddr, now);
            if (dmaAddr == Mtt.NOT_PRESENT || !bus.copyOut(from, fromAt + done, dmaAddr, now)) {
                return false;
            }
            done += now;
        }
        return region != null;
    }

    Status scatterAtomic(GatherList list, long original) {
        scratch.set(HOST_LONG, 0, original);
        return scatterBytes(list, scratch, ATOMIC_BYTES);
    }

    boolean isAllowed(int right, int key, long va, long length) {
        return keys.find(key, pd, qpn, false, right, va, length) != null;
    }

    /** Is the 8-byte word at va where an atomic can work on it? */
    boolean isAtomicTarget(int key, long va) {
        return atomicTarget(key, va) != 0;
    }

    /** DMA address of an aligned word in memory, or 0 (which no region of ours translates to an atomic's target). */
    private long atomicTarget(int key, long va) {
        Region region = keys.find(key, pd, qpn, false, Region.REMOTE_ATOMIC, va, ATOMIC_BYTES);
        long dmaAddr = region == null ? Mtt.NOT_PRESENT : region.toDma(va);
        boolean isGood = dmaAddr > 0 && (dmaAddr & ATOMIC_BYTES - 1) == 0 && bus.at(dmaAddr, ATOMIC_BYTES) != null;
        return isGood ? dmaAddr : 0;
    }

    /** Executes an atomic; a target that went bad since it was checked is left alone and reads as 0. */
    long atomic(int key, long va, AtomicOperands operands) {
        long dmaAddr = atomicTarget(key, va);
        MemorySegment memory = dmaAddr == 0 ? null : bus.atForRead(dmaAddr, ATOMIC_BYTES);
        if (memory == null) {
            return 0;
        }
        long at = bus.offset(dmaAddr);
        long original;
        long result;
        do {
            original = (long) ATOMIC.getVolatile(memory, at);
            result = operands.apply(original);
        } while (!ATOMIC.compareAndSet(memory, at, original, result));
        bus.written(dmaAddr, ATOMIC_BYTES);
        return original;
    }
}
