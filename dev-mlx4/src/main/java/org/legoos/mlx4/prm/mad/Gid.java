package org.legoos.mlx4.prm.mad;

import java.nio.ByteBuffer;

/** A global identifier: 128 bits, of a port (prefix and GUID) or of a multicast group. */
public record Gid(long high, long low) {
    public static final int SIZE_BYTES = 16;
    private static final int MULTICAST_BYTE = 0xff;

    public static Gid at(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, SIZE_BYTES);
        return new Gid(buffer.getLong(), buffer.getLong());
    }

    public void put(byte[] bytes, int offset) {
        ByteBuffer.wrap(bytes, offset, SIZE_BYTES).putLong(high).putLong(low);
    }

    public boolean isZero() {
        return (high | low) == 0;
    }

    public boolean isMulticast() {
        return high >>> Long.SIZE - Byte.SIZE == MULTICAST_BYTE;
    }

    @Override
    public String toString() {
        return String.format("%016x:%016x", high, low);
    }
}
