package org.legoos.managers.processor.tty;

import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;

/** What a process in the background may do with its controlling terminal (Linux's job_control and tty_check_change). */
final class JobControl {
    private JobControl() {}

    /** Reading: SIGTTIN to the group. @return 0, -ERESTARTSYS after the signal, -EIO when it could not stop it */
    static int mayRead(UserThread t, Tty tty) {
        if (!isBackground(t, tty)) {
            return 0;
        }
        return ignores(t, Signals.SIGTTIN) ? -Errno.EIO : stop(t, Signals.SIGTTIN);
    }

    /** Changing it, or writing with TOSTOP: SIGTTOU to the group, unless it is ignored or blocked. */
    static int mayChange(UserThread t, Tty tty) {
        return !isBackground(t, tty) || ignores(t, Signals.SIGTTOU) ? 0 : stop(t, Signals.SIGTTOU);
    }

    static int mayWrite(UserThread t, Tty tty) {
        return tty.ask(d -> d.termios().local(Termios.TOSTOP) ? 1 : 0) == 0 ? 0 : mayChange(t, tty);
    }

    private static boolean isBackground(UserThread t, Tty tty) {
        Process process = t.process();
        int foreground = tty.foreground();
        return tty.sessionId() == process.sessionId() && foreground > 0 && foreground != process.groupId();
    }

    private static boolean ignores(UserThread t, int signal) {
        return t.process().actions().isIgnored(signal) || (t.blocked() & Signals.bit(signal)) != 0;
    }

    private static int stop(UserThread t, int signal) {
        Terminals terminals = t.process().manager().terminals();
        int group = t.process().groupId();
        if (terminals.isOrphaned(group)) {
            return -Errno.EIO;
        }
        terminals.signalGroup(group, signal);
        return -Errno.ERESTARTSYS;
    }
}
