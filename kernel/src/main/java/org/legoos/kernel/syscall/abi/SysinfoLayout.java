package org.legoos.kernel.syscall.abi;

/** sysinfo(2). */
@CStruct(value = "struct sysinfo", header = "sys/sysinfo.h")
public final class SysinfoLayout {
    public static final int SIZE = 112;
    public static final int UPTIME = 0;
    public static final int LOADS = 8;
    public static final int TOTALRAM = 32;
    public static final int FREERAM = 40;
    public static final int SHAREDRAM = 48;
    public static final int BUFFERRAM = 56;
    public static final int TOTALSWAP = 64;
    public static final int FREESWAP = 72;
    public static final int PROCS = 80;
    public static final int TOTALHIGH = 88;
    public static final int FREEHIGH = 96;
    public static final int MEM_UNIT = 104;

    private SysinfoLayout() {}
}
