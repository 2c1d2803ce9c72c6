package org.legoos.mlx4.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Header of a record in Endace's extensible record format, in front of each packet of an InfiniBand capture:
 * <pre>
 *  0 u64 time, little-endian, seconds in units of 2^-32    8 u8 type   9 u8 flags
 *  10 u16 record length with this header   12 u16 loss counter   14 u16 length on the wire     (big-endian)
 * </pre>
 */
final class ErfHeader {
    static final int SIZE = 16;

    private static final VarHandle LITTLE_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final int TYPE = 8;
    private static final int FLAGS = 9;
    private static final int RECORD_LENGTH = 10;
    private static final int LOSS_COUNTER = 12;
    private static final int WIRE_LENGTH = 14;
    private static final byte TYPE_INFINIBAND = 21;
    /** Records are as long as their packets. */
    private static final byte FLAG_VARYING_LENGTH = 1 << 2;
    private static final long NS_PER_S = 1_000_000_000L;

    private ErfHeader() {}

    static void write(byte[] bytes, int at, long wallNs, int packetBytes) {
        long seconds = wallNs / NS_PER_S;
        long fraction = (wallNs % NS_PER_S << 32) / NS_PER_S;
        LITTLE_LONG.set(bytes, at, seconds << 32 | fraction);
        bytes[at + TYPE] = TYPE_INFINIBAND;
        bytes[at + FLAGS] = FLAG_VARYING_LENGTH;
        BIG_SHORT.set(bytes, at + RECORD_LENGTH, (short) (SIZE + packetBytes));
        BIG_SHORT.set(bytes, at + LOSS_COUNTER, (short) 0);
        BIG_SHORT.set(bytes, at + WIRE_LENGTH, (short) packetBytes);
    }
}
