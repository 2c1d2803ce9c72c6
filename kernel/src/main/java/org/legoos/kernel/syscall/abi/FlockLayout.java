package org.legoos.kernel.syscall.abi;

/** fcntl(2), record locks. */
@CStruct(value = "struct flock", header = "fcntl.h", prefix = "l_")
public final class FlockLayout {
    public static final int SIZE = 32;
    public static final int TYPE = 0;
    public static final int WHENCE = 2;
    public static final int START = 8;
    public static final int LEN = 16;
    public static final int PID = 24;

    private FlockLayout() {}
}
