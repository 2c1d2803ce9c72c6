package org.legoos.kernel.syscall.abi;

/** times(2), in clock ticks. */
@CStruct(value = "struct tms", header = "sys/times.h", prefix = "tms_")
public final class TmsLayout {
    public static final int SIZE = 32;
    public static final int UTIME = 0;
    public static final int STIME = 8;
    public static final int CUTIME = 16;
    public static final int CSTIME = 24;

    private TmsLayout() {}
}
