package org.legoos.kernel.syscall.abi;

/** signalfd(2). */
@CStruct(value = "struct signalfd_siginfo", header = "sys/signalfd.h", prefix = "ssi_")
public final class SignalfdSiginfoLayout {
    public static final int SIZE = 128;
    public static final int SIGNO = 0;
    public static final int ERRNO = 4;
    public static final int CODE = 8;
    public static final int PID = 12;
    public static final int UID = 16;
    public static final int FD = 20;
    public static final int TID = 24;
    public static final int BAND = 28;
    public static final int OVERRUN = 32;
    public static final int TRAPNO = 36;
    public static final int STATUS = 40;
    public static final int INT = 44;
    public static final int PTR = 48;
    public static final int UTIME = 56;
    public static final int STIME = 64;
    public static final int ADDR = 72;

    private SignalfdSiginfoLayout() {}
}
