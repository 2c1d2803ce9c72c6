package org.legoos.mlx4.ring;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.legoos.isa.libc.SealedMemory;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;

/**
 * The receiving end of a ring, which owns its memory. The writer is another process, and may write anything at any time:
 * every number is read once and checked, and nothing outside of the ring is ever touched.
 *
 * <p>{@link #hasMore}, {@link #stayAwake} and {@link #mayBeWoken} may be called by any thread, the rest by one at a time.
 */
public final class RingReader implements AutoCloseable {
    /** How another process finds the memory; see {@link RingWriter#open}. */
    public static final String MEMORY_NAME = "legoos-ring";

    private final SealedMemory shared;
    private final MemorySegment memory;
    private final PacketCodec codec = new PacketCodec();
    private final long nonce;
    private volatile long head;
    private volatile boolean broken;

    /** @param nonce that tells this ring from others */
    public RingReader(long nonce) throws IOException {
        this.nonce = nonce;
        shared = SealedMemory.create(MEMORY_NAME, RingLayout.TOTAL_BYTES);
        memory = shared.memory();
        memory.set(RingLayout.LONG, RingLayout.NONCE_AT, nonce);
        memory.set(RingLayout.INT, RingLayout.ASLEEP_AT, 1);
        RingLayout.LONG_AT.setRelease(memory, RingLayout.MAGIC_AT, RingLayout.MAGIC);
    }

    public long nonce() {
        return nonce;
    }

    /** The descriptor in this process, for {@link RingWriter#open}. */
    public int descriptor() {
        return shared.descriptor();
    }

    /** Has the writer written something that was not read yet? */
    public boolean hasMore() {
        return (long) RingLayout.LONG_AT.getAcquire(memory, RingLayout.TAIL_AT) != head && !broken;
    }

    /** What the writer did is not what a writer does; nothing is read any more. */
    public boolean isBroken() {
        return broken;
    }

    /**
     * Reads the next packet from its BTH on, behind route headers of that many bytes.
     *
     * @return false when the record was no packet; it is skipped, and if even its length is wrong, the ring is broken
     */
    public boolean read(Packet into, int routeBytes) {
        long at = head;
        long ready = (long) RingLayout.LONG_AT.getAcquire(memory, RingLayout.TAIL_AT) - at;
        if (ready <= 0 || ready > RingLayout.DATA_BYTES || (ready & RingLayout.RECORD_ALIGN - 1) != 0) {
            broken = ready != 0;
            return false;
        }
        int length = memory.get(RingLayout.INT, RingLayout.place(at));
        if (length == RingLayout.SKIP) {
            long skipped = RingLayout.toEnd(at);
            if (skipped >= ready) {
                broken = true;
                return false;
            }
            at += skipped;
            ready -= skipped;
            length = memory.get(RingLayout.INT, RingLayout.place(at));
        }
        if (length <= 0 || length > Packet.BYTES_MAX || RingLayout.recordBytes(length) > Math.min(ready, RingLayout.toEnd(at))) {
            broken = true;
            return false;
        }
        boolean isPacket = codec.readTransport(memory, RingLayout.place(at) + RingLayout.LENGTH_BYTES, length, into, routeBytes);
        at += RingLayout.recordBytes(length);
        RingLayout.LONG_AT.setRelease(memory, RingLayout.HEAD_AT, at);
        head = at;
        return isPacket;
    }

    /** Somebody looks at this ring now and then: the writer need not wake anybody. */
    public void stayAwake() {
        RingLayout.INT_AT.setRelease(memory, RingLayout.ASLEEP_AT, 0);
    }

    /** Nobody looks any more; what is written from now on wakes the reader. What came just before must be looked for once. */
    public void mayBeWoken() {
        RingLayout.INT_AT.setVolatile(memory, RingLayout.ASLEEP_AT, 1);
        VarHandle.fullFence();
    }

    @Override
    public void close() {
        shared.close();
    }
}
