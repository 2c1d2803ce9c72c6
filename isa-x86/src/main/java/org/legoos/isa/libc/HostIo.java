package org.legoos.isa.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * read(2), write(2), poll and FIONREAD of descriptors that another process passed, and giving up a controlling
 * terminal. Negative results are errnos of the host.
 */
public final class HostIo {
    public static final int POLLIN = 1;
    public static final int POLLOUT = 4;
    public static final int POLLERR = 8;
    public static final int POLLHUP = 16;

    private static final int EINTR = 4;
    private static final int READ = HostSyscall.number(0, 63);
    private static final int WRITE = HostSyscall.number(1, 64);
    private static final int IOCTL = HostSyscall.number(16, 29);
    private static final int PPOLL = HostSyscall.number(271, 73);
    private static final int SETSID = HostSyscall.number(112, 157);
    private static final int OPENAT = HostSyscall.number(257, 56);
    private static final int AT_FDCWD = -100;
    private static final int O_RDWR_NOCTTY_CLOEXEC = 0x80102;
    private static final int TIOCNOTTY = 0x5422;
    private static final int FIONREAD = 0x541b;
    /** struct pollfd: fd, events, revents. */
    private static final int POLLFD_BYTES = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int POLLFD_REVENTS = 6;
    private static final int TIMESPEC_BYTES = 16;

    private HostIo() {}

    /** One read(2). @return bytes, 0 at the end, or a negative errno */
    public static int read(int fd, MemorySegment to, long at, int lengthBytes) {
        return transfer(READ, fd, to, at, lengthBytes);
    }

    /** One write(2). */
    public static int write(int fd, MemorySegment from, long at, int lengthBytes) {
        return transfer(WRITE, fd, from, at, lengthBytes);
    }

    private static int transfer(int call, int fd, MemorySegment memory, long at, int lengthBytes) {
        while (true) {
            long done = HostSyscall.call(call, fd, memory.asSlice(at, lengthBytes).address(), lengthBytes, 0, 0, 0);
            if (done != -EINTR) {
                return (int) done;
            }
        }
    }

    /** What is ready now of {@code events}, with POLLERR and POLLHUP; 0 for nothing. */
    public static int ready(int fd, int events) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(POLLFD_BYTES, Integer.BYTES);
            one.set(ValueLayout.JAVA_INT, 0, fd);
            one.set(ValueLayout.JAVA_SHORT, POLLFD_EVENTS, (short) events);
            MemorySegment atOnce = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
            long count = HostSyscall.call(PPOLL, one.address(), 1, atOnce.address(), 0, 0, 0);
            return count > 0 ? one.get(ValueLayout.JAVA_SHORT, POLLFD_REVENTS) : 0;
        }
    }

    /**
     * Waits without end until one of the descriptors is ready.
     *
     * @param fds a negative one is passed over
     * @param events of each, what is waited for
     * @param revents of each, what is ready
     */
    public static void await(int[] fds, int[] events, int[] revents) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate((long) POLLFD_BYTES * fds.length, Integer.BYTES);
            for (int i = 0; i < fds.length; i++) {
                all.set(ValueLayout.JAVA_INT, (long) i * POLLFD_BYTES, fds[i]);
                all.set(ValueLayout.JAVA_SHORT, (long) i * POLLFD_BYTES + POLLFD_EVENTS, (short) events[i]);
            }
            long count = HostSyscall.call(PPOLL, all.address(), fds.length, 0, 0, 0, 0);
            for (int i = 0; i < fds.length; i++) {
                revents[i] = count <= 0 ? 0 : all.get(ValueLayout.JAVA_SHORT, (long) i * POLLFD_BYTES + POLLFD_REVENTS);
            }
        }
    }

    /** Bytes that a read would give now. */
    public static int available(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            return HostSyscall.call(IOCTL, fd, FIONREAD, count.address(), 0, 0, 0) == 0 ? count.get(ValueLayout.JAVA_INT, 0) : 0;
        }
    }

    /** A session of our own, without a terminal (setsid(2)); not for a leader of a process group. */
    public static void newSession() {
        HostSyscall.call(SETSID, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Gives up the controlling terminal, so that reading a user's terminal in his name never stops this process as a background
     * job. Its keys for signals still reach the process group.
     */
    public static void giveUpTerminal() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/dev/tty");
            long fd = HostSyscall.call(OPENAT, AT_FDCWD, path.address(), O_RDWR_NOCTTY_CLOEXEC, 0, 0, 0);
            if (fd >= 0) {
                HostSyscall.call(IOCTL, fd, TIOCNOTTY, 0, 0, 0, 0);
                Descriptor.close((int) fd);
            }
        }
    }
}
