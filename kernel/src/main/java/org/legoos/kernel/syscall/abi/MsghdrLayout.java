package org.legoos.kernel.syscall.abi;

/** sendmsg(2), recvmsg(2). */
@CStruct(value = "struct msghdr", header = "sys/socket.h", prefix = "msg_")
public final class MsghdrLayout {
    public static final int SIZE = 56;
    public static final int NAME = 0;
    public static final int NAMELEN = 8;
    public static final int IOV = 16;
    public static final int IOVLEN = 24;
    public static final int CONTROL = 32;
    public static final int CONTROLLEN = 40;
    public static final int FLAGS = 48;

    private MsghdrLayout() {}
}
