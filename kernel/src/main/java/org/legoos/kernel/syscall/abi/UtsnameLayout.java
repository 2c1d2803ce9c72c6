package org.legoos.kernel.syscall.abi;

/** uname(2): six strings of 65 bytes. */
@CStruct(value = "struct new_utsname", header = "linux/utsname.h")
public final class UtsnameLayout {
    public static final int SIZE = 390;
    public static final int SYSNAME = 0;
    public static final int NODENAME = 65;
    public static final int RELEASE = 130;
    public static final int VERSION = 195;
    public static final int MACHINE = 260;
    public static final int DOMAINNAME = 325;

    private UtsnameLayout() {}
}
