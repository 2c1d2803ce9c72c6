package org.legoos.kernel.syscall.abi;

/** epoll_ctl(2); packed on x86-64. */
@CStruct(value = "struct epoll_event", header = "sys/epoll.h")
public final class EpollEventLayout {
    public static final int SIZE = 12;
    public static final int EVENTS = 0;
    public static final int DATA = 4;

    private EpollEventLayout() {}
}
