package org.legoos.mlx4.ring;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.legoos.isa.libc.SealedMemory;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;

/** The sending end of a ring, which another process owns. One thread at a time. */
public final class RingWriter {
    /** What became of a packet. */
    public enum Result {
        WRITTEN,
        /** The reader does not keep up, or is dead. */
        FULL,
        /** It does not fit into any record. */
        TOO_LONG,
        /** What the reader did is not what a reader does. */
        BROKEN
    }

    private final MemorySegment memory;
    private long tail;
    /** Where the reader was when we looked last. */
    private long headSeen;

    private RingWriter(MemorySegment memory) {
        this.memory = memory;
        tail = (long) RingLayout.LONG_AT.getAcquire(memory, RingLayout.TAIL_AT);
        headSeen = (long) RingLayout.LONG_AT.getAcquire(memory, RingLayout.HEAD_AT);
    }

    /**
     * Opens the ring of another process of this user on this host, going on where an earlier writer ended.
     *
     * @param nonce that the ring must have
     */
    public static RingWriter open(int pid, int descriptor, long nonce) throws IOException {
        try (SealedMemory shared = SealedMemory.open(pid, descriptor, RingReader.MEMORY_NAME, RingLayout.TOTAL_BYTES)) {
            MemorySegment memory = shared.memory();
            if ((long) RingLayout.LONG_AT.getAcquire(memory, RingLayout.MAGIC_AT) != RingLayout.MAGIC) {
                throw new IOException("a ring of another version");
            }
            if (memory.get(RingLayout.LONG, RingLayout.NONCE_AT) != nonce) {
                throw new IOException("another ring");
            }
            return new RingWriter(memory);
        }
    }

    /** Writes a packet from its BTH on, with its pad; the reader may read it at once. The packet stays the caller's. */
    public Result write(Packet packet) {
        int length = PacketCodec.transportBytes(packet);
        if (length <= 0 || length > Packet.BYTES_MAX) {
            return Result.TOO_LONG;
        }
        int record = RingLayout.recordBytes(length);
        long toEnd = RingLayout.toEnd(tail);
        long needed = record <= toEnd ? record : toEnd + record;
        if (tail + needed - headSeen > RingLayout.DATA_BYTES) {
            headSeen = (long) RingLayout.LONG_AT.getAcquire(memory, RingLayout.HEAD_AT);
            long used = tail - headSeen;
            if (used < 0 || used > RingLayout.DATA_BYTES) {
                return Result.BROKEN;
            }
            if (used + needed > RingLayout.DATA_BYTES) {
                return Result.FULL;
            }
        }
        if (record > toEnd) {
            memory.set(RingLayout.INT, RingLayout.place(tail), RingLayout.SKIP);
            tail += toEnd;
        }
        long at = RingLayout.place(tail);
        memory.set(RingLayout.INT, at, length);
        PacketCodec.writeTransport(packet, memory, at + RingLayout.LENGTH_BYTES);
        tail += record;
        RingLayout.LONG_AT.setRelease(memory, RingLayout.TAIL_AT, tail);
        return Result.WRITTEN;
    }

    /** Does the reader have to be woken for what was written? Says so once. */
    public boolean mustWake() {
        VarHandle.fullFence(); // the reader says that it sleeps, then looks at the tail; we do the reverse
        return (int) RingLayout.INT_AT.getOpaque(memory, RingLayout.ASLEEP_AT) == 1
                && RingLayout.INT_AT.compareAndSet(memory, RingLayout.ASLEEP_AT, 1, 0);
    }
}
