package org.legoos.kernel.syscall.abi;

/** poll(2). */
@CStruct(value = "struct pollfd", header = "poll.h")
public final class PollfdLayout {
    public static final int SIZE = 8;
    public static final int FD = 0;
    public static final int EVENTS = 4;
    public static final int REVENTS = 6;

    private PollfdLayout() {}
}
