package org.legoos.kernel.syscall.abi;

/** timer_create(2). */
@CStruct(value = "struct sigevent", header = "signal.h", prefix = "sigev_")
public final class SigeventLayout {
    public static final int SIZE = 64;
    public static final int VALUE = 0;
    public static final int SIGNO = 8;
    public static final int NOTIFY = 12;

    private SigeventLayout() {}
}
