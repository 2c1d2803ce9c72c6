package org.legoos.kernel.syscall.abi;

/** readv(2). */
@CStruct(value = "struct iovec", header = "sys/uio.h", prefix = "iov_")
public final class IovecLayout {
    public static final int SIZE = 16;
    public static final int BASE = 0;
    public static final int LEN = 8;

    private IovecLayout() {}
}
