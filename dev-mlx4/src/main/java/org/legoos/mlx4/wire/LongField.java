package org.legoos.mlx4.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A 64-bit big-endian field of a packet header; see {@link Field}. */
public record LongField(String name, int offset) {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    public long get(byte[] bytes, int headerAt) {
        return (long) LONG.get(bytes, headerAt + offset);
    }

    public void set(byte[] bytes, int headerAt, long value) {
        LONG.set(bytes, headerAt + offset, value);
    }
}
