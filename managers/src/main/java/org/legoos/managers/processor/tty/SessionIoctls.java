package org.legoos.managers.processor.tty;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;

/** The part of ioctl_tty(2) that is about sessions and process groups. */
final class SessionIoctls {
    private static final int TIOCSCTTY = 0x540e;
    private static final int TIOCGPGRP = 0x540f;
    private static final int TIOCSPGRP = 0x5410;
    private static final int TIOCNOTTY = 0x5422;
    private static final int TIOCGSID = 0x5429;
    private static final int TIOCVHANGUP = 0x5437;

    private SessionIoctls() {}

    static int ioctl(UserThread t, Tty tty, boolean isMaster, int request, long arg) {
        boolean isMine = tty.sessionId() == t.process().sessionId();
        switch (request) {
            case TIOCSCTTY -> {
                return control(t, tty, arg);
            }
            case TIOCNOTTY -> {
                return giveUp(t, isMine);
            }
            case TIOCGPGRP -> {
                if (!isMine && !isMaster) {
                    return -Errno.ENOTTY;
                }
                t.user().putInt(arg, tty.foreground());
            }
            case TIOCSPGRP -> {
                return setForeground(t, tty, isMine, arg);
            }
            case TIOCGSID -> {
                if (!isMine && !isMaster || tty.sessionId() == 0) {
                    return -Errno.ENOTTY;
                }
                t.user().putInt(arg, tty.sessionId());
            }
            case TIOCVHANGUP -> {
                if (!t.process().credentials().has(Capability.CAP_SYS_ADMIN)) {
                    return -Errno.EPERM;
                }
                tty.hangUp();
            }
            default -> {
                return -Errno.ENOTTY;
            }
        }
        return 0;
    }

    private static int control(UserThread t, Tty tty, long arg) {
        Process process = t.process();
        boolean isLeader = process.pid() == process.sessionId();
        if (isLeader && tty.sessionId() == process.sessionId()) {
            return 0;
        }
        Terminals terminals = process.manager().terminals();
        if (!isLeader || terminals.controlling(process.sessionId()) != null) {
            return -Errno.EPERM;
        }
        if (tty.sessionId() != 0 && (arg != 1 || !process.credentials().has(Capability.CAP_SYS_ADMIN))) {
            return -Errno.EPERM; // only CAP_SYS_ADMIN may take another session's terminal
        }
        terminals.control(tty, process);
        return 0;
    }

    /** Only the whole session can do without: of a process that does not lead it, nothing is remembered. */
    private static int giveUp(UserThread t, boolean isMine) {
        if (!isMine) {
            return -Errno.ENOTTY;
        }
        t.process().manager().terminals().leaderLeft(t.process());
        return 0;
    }

    private static int setForeground(UserThread t, Tty tty, boolean isMine, long arg) {
        int error = JobControl.mayChange(t, tty);
        if (error < 0) {
            return error;
        }
        if (!isMine) {
            return -Errno.ENOTTY;
        }
        int group = t.user().getInt(arg);
        if (group < 0) {
            return -Errno.EINVAL;
        }
        int session = t.process().manager().terminals().sessionOf(group);
        if (session < 0) {
            return -Errno.ESRCH;
        }
        if (session != t.process().sessionId()) {
            return -Errno.EPERM;
        }
        tty.setForeground(group);
        return 0;
    }
}
