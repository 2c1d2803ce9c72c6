package org.legoos.mlx4.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One InfiniBand packet on its way. The headers (LRH, GRH if any, BTH, extension headers) are real bytes; the
 * payload is a short list of references into the sender's memory, so that a packet inside one JVM costs one copy
 * from source RAM to destination RAM. Pad, ICRC and VCRC exist only where bytes leave the JVM.
 *
 * <p>Ownership: whoever holds a packet owns it and passes it on or calls {@link #release()} exactly once. A packet
 * is used by one agent at a time. Whoever keeps a packet beyond the run of the agent that got it (a link that
 * delays, a sender that completes before delivery) first calls {@link #own()}.
 */
public final class Packet {
    /** LRH, GRH, BTH and the longest extension (of a masked atomic), rounded up. */
    public static final int HEADER_MAX = 112;
    public static final int PAYLOAD_MAX = 4096;
    /** What a path of MTU 4096 lets through, with all headers, pad and ICRC. */
    public static final int BYTES_MAX = HEADER_MAX + PAYLOAD_MAX + 8;
    private static final int FRAGMENTS_MAX = 4;

    /** Header bytes, valid to {@link #headerLength}. */
    public final byte[] header = new byte[HEADER_MAX];
    public int headerLength;
    /** Where the BTH begins: 8, or 48 behind a GRH. */
    public int bthAt;
    /** Stays inside the card that sends it, whatever the DLID says. */
    public boolean forceLoopback;

    /** Next in a pool's or a delay line's list; belongs to the current owner. */
    public Packet next;
    /** For the current owner's use, such as the time of delivery. */
    public long ownerNs;

    private final MemorySegment[] fragment = new MemorySegment[FRAGMENTS_MAX];
    private final long[] fragmentAt = new long[FRAGMENTS_MAX];
    private final int[] fragmentLength = new int[FRAGMENTS_MAX];
    private int fragments;
    private int payloadLength;

    private final PacketPool pool;
    private MemorySegment own; // heap, made when first needed

    Packet(PacketPool pool) {
        this.pool = pool;
    }

    /** Makes the packet empty. */
    public void clear() {
        headerLength = 0;
        bthAt = Lrh.SIZE;
        forceLoopback = false;
        clearPayload();
    }

    /** Gives the packet back to the pool that it came from; any thread. */
    public void release() {
        clearPayload();
        pool.giveBack(this);
    }

    public void clearPayload() {
        for (int i = 0; i < fragments; i++) {
            fragment[i] = null;
        }
        fragments = 0;
        payloadLength = 0;
    }

    /** Payload bytes without pad. */
    public int payloadLength() {
        return payloadLength;
    }

    /**
     * Appends a reference to length bytes of segment. The bytes must stay what they are until the packet has been
     * consumed, or the sender must be the kind that may change them (see the class comment).
     *
     * @return false when the payload would exceed {@link #PAYLOAD_MAX}
     */
    public boolean append(MemorySegment segment, long at, int length) {
        if (length < 0 || payloadLength + length > PAYLOAD_MAX) {
            return false;
        }
        if (length == 0) {
            return true;
        }
        int last = fragments - 1;
        if (last >= 0 && fragment[last] == segment && fragmentAt[last] + fragmentLength[last] == at) {
            fragmentLength[last] += length;
            payloadLength += length;
            return true;
        }
        if (fragments == FRAGMENTS_MAX) {
            own();
        }
        if (fragments == 1 && fragment[0] == own) {
            MemorySegment.copy(segment, at, own, payloadLength, length);
            fragmentLength[0] += length;
            payloadLength += length;
            return true;
        }
        fragment[fragments] = segment;
        fragmentAt[fragments] = at;
        fragmentLength[fragments] = length;
        fragments++;
        payloadLength += length;
        return true;
    }

    /** Appends bytes by copying them into the packet's own buffer. */
    public boolean appendCopy(MemorySegment segment, long at, int length) {
        own();
        return append(segment, at, length);
    }

    /** Copies the payload into the packet's own buffer, which makes the packet independent of its sender. */
    public void own() {
        if (own == null) {
            own = MemorySegment.ofArray(new byte[PAYLOAD_MAX]);
        }
        if (fragments == 1 && fragment[0] == own) {
            return;
        }
        int at = 0;
        for (int i = 0; i < fragments; i++) {
            MemorySegment.copy(fragment[i], fragmentAt[i], own, at, fragmentLength[i]);
            at += fragmentLength[i];
            fragment[i] = null;
        }
        fragments = 1;
        fragment[0] = own;
        fragmentAt[0] = 0;
        fragmentLength[0] = at;
    }

    /** Copies length payload bytes from offset {@code from} to where they go. */
    public void copyPayload(int from, MemorySegment to, long toAt, int length) {
        int skip = from;
        long at = toAt;
        int left = length;
        for (int i = 0; left > 0 && i < fragments; i++) {
            if (skip >= fragmentLength[i]) {
                skip -= fragmentLength[i];
                continue;
            }
            int now = Math.min(left, fragmentLength[i] - skip);
            MemorySegment.copy(fragment[i], fragmentAt[i] + skip, to, at, now);
            at += now;
            left -= now;
            skip = 0;
        }
    }

    /** Copies length payload bytes from offset {@code from} into an array. */
    public void copyPayload(int from, byte[] to, int toAt, int length) {
        int skip = from;
        int at = toAt;
        int left = length;
        for (int i = 0; left > 0 && i < fragments; i++) {
            if (skip >= fragmentLength[i]) {
                skip -= fragmentLength[i];
                continue;
            }
            int now = Math.min(left, fragmentLength[i] - skip);
            MemorySegment.copy(fragment[i], ValueLayout.JAVA_BYTE, fragmentAt[i] + skip, to, at, now);
            at += now;
            left -= now;
            skip = 0;
        }
    }

    /** Makes this packet an independent copy of another. */
    public void copyFrom(Packet other) {
        clear();
        System.arraycopy(other.header, 0, header, 0, other.headerLength);
        headerLength = other.headerLength;
        bthAt = other.bthAt;
        for (int i = 0; i < other.fragments; i++) {
            append(other.fragment[i], other.fragmentAt[i], other.fragmentLength[i]);
        }
        own();
    }

    public int opcode() {
        return Bth.OPCODE.get(header, bthAt);
    }

    public boolean hasGrh() {
        return Lrh.LNH.get(header, 0) == Lrh.LNH_IBA_GLOBAL;
    }

    public int dlid() {
        return Lrh.DLID.get(header, 0);
    }

    public int slid() {
        return Lrh.SLID.get(header, 0);
    }

    public int destQp() {
        return Bth.DEST_QP.get(header, bthAt);
    }

    public boolean isManagement() {
        return Lrh.VL.get(header, 0) == Lrh.VL_MANAGEMENT;
    }

    /** Offset of the first extension header, or of the one behind the XRCETH. */
    public int extensionAt() {
        return bthAt + Bth.SIZE + OpCode.xrcBytes(opcode());
    }

    /** Offset of the XRCETH, in packets that have one. */
    public int xrcEthAt() {
        return bthAt + Bth.SIZE;
    }

    /** 4-byte words from the LRH to the end of the ICRC: the LRH length field and the unit of data counters. */
    public int lengthWords() {
        return (headerLength + payloadLength + 3 >> 2) + 1;
    }

    /** Sets PadCnt and the length fields of LRH and GRH from what the packet now holds. */
    public void finish() {
        Bth.PAD_COUNT.set(header, bthAt, -payloadLength & 3);
        int words = lengthWords();
        Lrh.PACKET_LENGTH.set(header, 0, words);
        if (bthAt > Lrh.SIZE) {
            Grh.PAYLOAD_LENGTH.set(header, Lrh.SIZE, (words << 2) - Lrh.SIZE - Grh.SIZE);
        }
    }
}
