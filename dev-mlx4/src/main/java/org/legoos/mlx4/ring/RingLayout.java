package org.legoos.mlx4.ring;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What lies where in a ring's memory. Each number that one side writes has a cache line of its own. Records follow one
 * another in the data area: a length word, the packet, filled up to {@link #RECORD_ALIGN}; what does not fit before the end
 * begins anew at the start, behind a record of length {@link #SKIP}. Numbers are of the host's byte order: it is one host.
 */
final class RingLayout {
    /** "LEGORNG" and the version of this layout. */
    static final long MAGIC = 0x4c45474f524e4701L;

    static final long MAGIC_AT = 0;
    /** Chosen by the reader: a ring of an earlier life of the same process has another one. */
    static final long NONCE_AT = 8;
    /** Bytes read so far; the reader's. */
    static final long HEAD_AT = 64;
    /** Bytes written so far; the writer's. */
    static final long TAIL_AT = 128;
    /** 1: the reader wants to be woken for the next record. */
    static final long ASLEEP_AT = 192;
    static final long DATA_AT = 4096;

    /** Room for the windows of several queue pairs. A power of two. */
    static final long DATA_BYTES = 4 << 20;
    static final long TOTAL_BYTES = DATA_AT + DATA_BYTES;

    static final int LENGTH_BYTES = Integer.BYTES;
    static final int RECORD_ALIGN = 16;
    static final int SKIP = -1;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.nativeOrder());
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.nativeOrder());
    static final VarHandle INT_AT = INT.varHandle();
    static final VarHandle LONG_AT = LONG.varHandle();

    private RingLayout() {}

    /** Bytes that a record with a packet of that many bytes takes. */
    static int recordBytes(int packetBytes) {
        return LENGTH_BYTES + packetBytes + RECORD_ALIGN - 1 & -RECORD_ALIGN;
    }

    /** Where byte number {@code at} of the stream lies. */
    static long place(long at) {
        return DATA_AT + (at & DATA_BYTES - 1);
    }

    /** Bytes from that place to the end of the data area. */
    static long toEnd(long at) {
        return DATA_BYTES - (at & DATA_BYTES - 1);
    }
}
