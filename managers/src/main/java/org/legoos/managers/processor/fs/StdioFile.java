package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.Stdio;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;

/** A descriptor that the launcher connected: terminal, pipe, file or nothing, as the user's shell has it. */
public final class StdioFile extends OpenFile {
    private static final int TCGETS = 0x5401;
    private static final int TCSETS = 0x5402;
    private static final int TCSETSF = 0x5404;
    private static final int TIOCGPGRP = 0x540f;
    private static final int TIOCSPGRP = 0x5410;
    private static final int TIOCGWINSZ = 0x5413;
    private static final int TIOCSWINSZ = 0x5414;
    private static final int FIONREAD = 0x541b;

    private static final int TERMIOS_BYTES = 36;
    private static final int WINSIZE_BYTES = 8;

    private final Stdio.Port port;
    private final int number;
    private final WaitList waiters = new WaitList();
    private final byte[] termios = initialTermios(); // guarded by this

    public StdioFile(Stdio.Port port, int number, int flags) {
        super(nameOf(port.kind(), number), flags);
        this.port = port;
        this.number = number;
        port.onChange(waiters::wakeAll);
    }

    boolean isTerminal() {
        return port.kind() == Stdio.Kind.TTY;
    }

    private static String nameOf(Stdio.Kind kind, int number) {
        return switch (kind) {
            case TTY -> "/dev/tty";
            case PIPE -> "pipe:[" + (number + 1) + "]";
            case FILE -> "/dev/stdio" + number;
            case NULL -> "/dev/null";
        };
    }

    /** A terminal after login: canonical, echoing, 38400 baud. */
    private static byte[] initialTermios() {
        byte[] t = new byte[TERMIOS_BYTES];
        Le.putInt(t, 0, 0x4500); // c_iflag ICRNL IXON IUTF8
        Le.putInt(t, 4, 0x5); // c_oflag OPOST ONLCR
        Le.putInt(t, 8, 0xbf); // c_cflag B38400 CS8 CREAD
        Le.putInt(t, 12, 0x8a3b); // c_lflag ISIG ICANON ECHO ECHOE ECHOK ECHOCTL ECHOKE IEXTEN
        byte[] controls = {3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0};
        System.arraycopy(controls, 0, t, 17, controls.length);
        return t;
    }

    @Override
    public boolean isSeekable() {
        return false;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        return port.read(to, at, lengthBytes);
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        int done = port.write(from, at, lengthBytes);
        if (done > 0) {
            t.process().stdoutLog().write(from, at, done);
        }
        return done;
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        to.dev = 14;
        to.ino = number + 1;
        to.nlink = 1;
        to.mode = switch (port.kind()) {
            case TTY -> FileMode.S_IFCHR | 0620;
            case NULL -> FileMode.S_IFCHR | 0666;
            case PIPE -> FileMode.S_IFIFO | 0600;
            case FILE -> FileMode.S_IFREG | 0644;
        };
        to.rdev = switch (port.kind()) {
            case TTY -> 0x8800; // 136:0, a pseudo-terminal
            case NULL -> 0x103;
            default -> 0;
        };
        to.uid = t.process().credentials().euid;
        to.gid = t.process().credentials().egid;
        to.size = to.blocks = 0;
        to.blksize = FileService.Stat.PAGE_BLKSIZE;
        to.atimeNs = to.mtimeNs = to.ctimeNs = t.kernel().clock().wallTimeNs();
        return 0;
    }

    @Override
    public int ioctl(UserThread t, int request, long arg) {
        if (request == FIONREAD) {
            t.user().putInt(arg, port.available());
            return 0;
        }
        if (port.kind() != Stdio.Kind.TTY) {
            return -Errno.ENOTTY;
        }
        switch (request) {
            case TCGETS -> {
                synchronized (this) {
                    t.user().write(arg, termios, TERMIOS_BYTES);
                }
            }
            case TCSETS, TCSETS + 1, TCSETSF -> {
                byte[] wanted = new byte[TERMIOS_BYTES];
                t.user().read(arg, wanted, TERMIOS_BYTES);
                synchronized (this) {
                    System.arraycopy(wanted, 0, termios, 0, TERMIOS_BYTES);
                }
            }
            case TIOCGWINSZ -> {
                byte[] size = t.user().zeroed(WINSIZE_BYTES);
                Le.putShort(size, 0, port.rows());
                Le.putShort(size, 2, port.columns());
                t.user().putStruct(arg, WINSIZE_BYTES);
            }
            case TIOCSWINSZ -> t.user().struct(arg, WINSIZE_BYTES);
            case TIOCGPGRP -> t.user().putInt(arg, t.process().groupId());
            case TIOCSPGRP -> t.user().getInt(arg);
            default -> {
                return -Errno.ENOTTY;
            }
        }
        return 0;
    }

    @Override
    public int poll() {
        int ready = port.poll();
        return ready | ((ready & OpenFlags.POLLIN) != 0 ? OpenFlags.POLLRDNORM : 0)
                | ((ready & OpenFlags.POLLOUT) != 0 ? OpenFlags.POLLWRNORM : 0);
    }

    @Override
    public WaitList waiters() {
        return waiters;
    }
}
