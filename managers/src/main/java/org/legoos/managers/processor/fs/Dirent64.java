package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** struct linux_dirent64: u64 d_ino, s64 d_off, u16 d_reclen, u8 d_type, char d_name[]; records are 8-byte aligned. */
public final class Dirent64 {
    public static final int D_INO = 0;
    public static final int D_OFF = 8;
    public static final int D_RECLEN = 16;
    public static final int D_TYPE = 18;
    public static final int D_NAME = 19;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Dirent64() {}

    /** Writes one record. @return its length, 0 when it does not fit into {@code roomBytes} */
    public static int put(MemorySegment to, long at, int roomBytes, long ino, long next, int type, byte[] name) {
        int length = D_NAME + name.length + 1 + 7 & -8;
        if (length > roomBytes) {
            return 0;
        }
        to.asSlice(at, length).fill((byte) 0);
        to.set(LONG, at + D_INO, ino);
        to.set(LONG, at + D_OFF, next);
        to.set(SHORT, at + D_RECLEN, (short) length);
        to.set(ValueLayout.JAVA_BYTE, at + D_TYPE, (byte) type);
        MemorySegment.copy(name, 0, to, ValueLayout.JAVA_BYTE, at + D_NAME, name.length);
        return length;
    }
}
