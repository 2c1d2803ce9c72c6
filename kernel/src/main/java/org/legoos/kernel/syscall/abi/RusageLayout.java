package org.legoos.kernel.syscall.abi;

/** getrusage(2). */
@CStruct(value = "struct rusage", header = "sys/resource.h", prefix = "ru_")
public final class RusageLayout {
    public static final int SIZE = 144;
    public static final int UTIME = 0;
    public static final int STIME = 16;
    public static final int MAXRSS = 32;
    public static final int MINFLT = 64;
    public static final int MAJFLT = 72;
    public static final int NVCSW = 128;
    public static final int NIVCSW = 136;

    private RusageLayout() {}
}
