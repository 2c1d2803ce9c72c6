package org.legoos.managers.processor.syscall;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;

/** syslog(2): the node's kernel ring buffer, one line {@code <level>[time] text} after the other. */
final class SyslogCalls {
    private static final int CLOSE = 0;
    private static final int OPEN = 1;
    private static final int READ = 2;
    private static final int READ_ALL = 3;
    private static final int READ_CLEAR = 4;
    private static final int CLEAR = 5;
    private static final int CONSOLE_OFF = 6;
    private static final int CONSOLE_ON = 7;
    private static final int CONSOLE_LEVEL = 8;
    private static final int SIZE_UNREAD = 9;
    private static final int SIZE_BUFFER = 10;
    private static final int LEVEL_MAX = 8;

    /** The first line that READ has not given yet. */
    private final AtomicLong unread = new AtomicLong();
    /** The first line after the last CLEAR. */
    private final AtomicLong cleared = new AtomicLong();

    private SyslogCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        SyslogCalls calls = new SyslogCalls();
        table.partial("syslog", "READ does not wait for lines; the console's level stays", (t, a, b, c, d, e, f) -> calls.syslog(t, (int) a, b, (int) c));
    }

    private long syslog(UserThread t, int type, long va, int length) {
        if (type < CLOSE || type > SIZE_BUFFER) {
            return -Errno.EINVAL;
        }
        boolean isForAll = type == READ_ALL || type == SIZE_BUFFER;
        if (!isForAll && !t.process().credentials().has(Capability.CAP_SYSLOG)) {
            return -Errno.EPERM;
        }
        boolean isRead = type == READ || type == READ_ALL || type == READ_CLEAR;
        if (isRead && (va == 0 || length < 0)) {
            return -Errno.EINVAL;
        }
        Printk log = t.kernel().log();
        return switch (type) {
            case READ -> read(t, log, va, length);
            case READ_ALL, READ_CLEAR -> readAll(t, log, va, length, type == READ_CLEAR);
            case CLEAR -> {
                cleared.set(log.nextLine());
                yield 0;
            }
            case CONSOLE_LEVEL -> length < 1 || length > LEVEL_MAX ? -Errno.EINVAL : 0;
            case SIZE_UNREAD -> Program.bytes(log.syslog(unread.get())).length;
            case SIZE_BUFFER -> Printk.RING_BYTES;
            case OPEN, CONSOLE_OFF, CONSOLE_ON -> 0;
            default -> 0;
        };
    }

    /** Whole lines that fit, each given once to whoever asks first. */
    private synchronized long read(UserThread t, Printk log, long va, int length) {
        String[] lines = log.syslog(unread.get()).split("(?<=\n)");
        StringBuilder text = new StringBuilder();
        int taken = 0;
        while (taken < lines.length && text.length() + lines[taken].length() <= length) {
            text.append(lines[taken++]);
        }
        byte[] bytes = Program.bytes(text.toString());
        t.user().write(va, bytes, bytes.length);
        unread.set(bytes.length == 0 ? unread.get() : log.nextLine() - (lines.length - taken));
        return bytes.length;
    }

    private long readAll(UserThread t, Printk log, long va, int length, boolean clear) {
        byte[] bytes = Program.bytes(log.syslog(cleared.get()));
        int shown = Math.min(length, bytes.length);
        t.user().write(va, Arrays.copyOfRange(bytes, bytes.length - shown, bytes.length), shown);
        if (clear) {
            cleared.set(log.nextLine());
        }
        return shown;
    }
}
