package org.legoos.managers.processor.tty;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;

/** ioctl_tty(2): requests on a terminal, by number. On the master they mean the slave, as in Linux. */
final class TtyCalls {
    private static final int TCGETS = 0x5401;
    private static final int TCSETS = 0x5402;
    private static final int TCSETSW = 0x5403;
    private static final int TCSETSF = 0x5404;
    private static final int TCGETA = 0x5405;
    private static final int TCSETA = 0x5406;
    private static final int TCSETAW = 0x5407;
    private static final int TCSETAF = 0x5408;
    private static final int TCSBRK = 0x5409;
    private static final int TCXONC = 0x540a;
    private static final int TCFLSH = 0x540b;
    private static final int TIOCEXCL = 0x540c;
    private static final int TIOCNXCL = 0x540d;
    private static final int TIOCOUTQ = 0x5411;
    private static final int TIOCSTI = 0x5412;
    private static final int TIOCGWINSZ = 0x5413;
    private static final int TIOCSWINSZ = 0x5414;
    private static final int FIONREAD = 0x541b;
    private static final int TIOCPKT = 0x5420;
    private static final int TIOCSETD = 0x5423;
    private static final int TIOCGETD = 0x5424;
    private static final int TCSBRKP = 0x5425;
    private static final int TCGETS2 = 0x802c542a;
    private static final int TCSETS2 = 0x402c542b;
    private static final int TCSETSW2 = 0x402c542c;
    private static final int TCSETSF2 = 0x402c542d;
    private static final int TIOCGPTN = 0x80045430;
    private static final int TIOCSPTLCK = 0x40045431;
    private static final int TIOCSIG = 0x40045436;
    private static final int TIOCGPKT = 0x80045438;
    private static final int TIOCGPTLCK = 0x80045439;
    private static final int TIOCGEXCL = 0x80045440;
    private static final int TIOCGPTPEER = 0x5441;

    private static final int TCOOFF = 0;
    private static final int TCOON = 1;
    private static final int TCIOFF = 2;
    private static final int TCION = 3;
    private static final int TCIFLUSH = 0;
    private static final int TCOFLUSH = 1;
    private static final int TCIOFLUSH = 2;

    private static final int SIGNAL_MAX = 64;

    private TtyCalls() {}

    /** @return 0, or what the request gives, or a negative errno */
    static int ioctl(UserThread t, Tty tty, boolean isMaster, int request, long arg) {
        switch (request) {
            case TCGETS, TCGETS2, TCGETA -> get(t, tty, request, arg);
            case TCSETS, TCSETSW, TCSETSF, TCSETS2, TCSETSW2, TCSETSF2, TCSETA, TCSETAW, TCSETAF -> {
                return set(t, tty, request, arg);
            }
            case TCSBRK, TCSBRKP -> {
                return JobControl.mayChange(t, tty); // there is no line to break, and output never waits in a device
            }
            case TCXONC -> {
                return flow(t, tty, (int) arg);
            }
            case TCFLSH -> {
                int error = JobControl.mayChange(t, tty);
                return error < 0 ? error : flush(tty, (int) arg);
            }
            case TIOCEXCL, TIOCNXCL -> tty.setExclusive(request == TIOCEXCL);
            case TIOCGEXCL -> t.user().putInt(arg, tty.isExclusive() ? 1 : 0);
            case TIOCOUTQ -> t.user().putInt(arg, isMaster ? 0 : tty.ask(d -> d.output().bytes().size()));
            case FIONREAD -> t.user().putInt(arg, tty.ask(isMaster ? d -> d.output().bytes().size() : TtyCalls::readable));
            case TIOCSTI -> {
                return simulateInput(t, tty, arg);
            }
            case TIOCGWINSZ -> {
                tty.windowSize(t.user().scratch());
                t.user().putStruct(arg, Tty.WINSIZE_BYTES);
            }
            case TIOCSWINSZ -> tty.setWindowSize(t.user().struct(arg, Tty.WINSIZE_BYTES));
            case TIOCGETD -> t.user().putInt(arg, 0); // N_TTY
            case TIOCSETD -> {
                return t.user().getInt(arg) == 0 ? 0 : -Errno.EINVAL;
            }
            default -> {
                int result = isMaster ? masterOnly(t, tty, request, arg) : request == TIOCGPTPEER ? -Errno.EIO : -Errno.ENOTTY;
                return result == -Errno.ENOTTY ? SessionIoctls.ioctl(t, tty, isMaster, request, arg) : result;
            }
        }
        return 0;
    }

    private static int masterOnly(UserThread t, Tty tty, int request, long arg) {
        switch (request) {
            case TIOCGPTN -> t.user().putInt(arg, tty.index());
            case TIOCSPTLCK -> tty.setLocked(t.user().getInt(arg) != 0);
            case TIOCGPTLCK -> t.user().putInt(arg, tty.isLocked() ? 1 : 0);
            case TIOCPKT -> tty.setPacketMode(t.user().getInt(arg) != 0);
            case TIOCGPKT -> t.user().putInt(arg, tty.isPacketMode() ? 1 : 0);
            case TIOCSIG -> {
                if (arg < 1 || arg > SIGNAL_MAX) {
                    return -Errno.EINVAL;
                }
                if (tty.foreground() > 0) {
                    t.process().manager().terminals().signalGroup(tty.foreground(), (int) arg);
                }
            }
            case TIOCGPTPEER -> {
                TtyFile peer = TtyFile.open(t, tty, (int) arg);
                boolean isCloexec = (arg & OpenFlags.O_CLOEXEC) != 0;
                return t.files().add(peer, 0, t.process().rlimits().soft(Rlimits.NOFILE), isCloexec);
            }
            default -> {
                return -Errno.ENOTTY;
            }
        }
        return 0;
    }

    private static int readable(LineDiscipline d) {
        return d.isCanonical() ? d.input().count() - d.input().lineLength() : d.input().count();
    }

    private static void get(UserThread t, Tty tty, int request, long arg) {
        byte[] to = t.user().scratch();
        int length = switch (request) {
            case TCGETS2 -> Termios.BYTES2;
            case TCGETA -> Termios.TERMIO_BYTES;
            default -> Termios.BYTES;
        };
        tty.ask(d -> {
            if (request == TCGETA) {
                d.termios().storeTermio(to);
            } else {
                d.termios().store(to, request == TCGETS2);
            }
            return 0;
        });
        t.user().putStruct(arg, length);
    }

    private static int set(UserThread t, Tty tty, int request, long arg) {
        boolean isTermio = request >= TCSETA && request <= TCSETAF;
        boolean isTermios2 = request == TCSETS2 || request == TCSETSW2 || request == TCSETSF2;
        byte[] from = t.user().struct(arg, isTermio ? Termios.TERMIO_BYTES : isTermios2 ? Termios.BYTES2 : Termios.BYTES);
        int error = JobControl.mayChange(t, tty);
        if (error < 0) {
            return error;
        }
        boolean isFlush = request == TCSETSF || request == TCSETSF2 || request == TCSETAF;
        return tty.change(d -> {
            if (isFlush) {
                d.input().clear();
            }
            boolean wasCanonical = d.isCanonical();
            boolean wasStopping = d.termios().in(Termios.IXON);
            if (isTermio) {
                d.termios().loadTermio(from);
            } else {
                d.termios().load(from, isTermios2);
            }
            d.attributesChanged(wasCanonical);
            if (wasStopping != d.termios().in(Termios.IXON)) {
                tty.packetEvent(wasStopping ? Tty.PKT_NOSTOP : Tty.PKT_DOSTOP);
            }
            return 0;
        });
    }

    private static int flow(UserThread t, Tty tty, int action) {
        int error = JobControl.mayChange(t, tty);
        if (error < 0) {
            return error;
        }
        switch (action) {
            case TCOOFF, TCOON -> tty.stopOutput(action == TCOOFF);
            case TCIOFF, TCION -> tty.change(d -> {
                int c = d.termios().control(action == TCIOFF ? Termios.VSTOP : Termios.VSTART);
                if (c != 0) {
                    d.output().bytes().put(c);
                }
                return 0;
            });
            default -> {
                return -Errno.EINVAL;
            }
        }
        return 0;
    }

    private static int flush(Tty tty, int queue) {
        if (queue < TCIFLUSH || queue > TCIOFLUSH) {
            return -Errno.EINVAL;
        }
        return tty.change(d -> {
            if (queue != TCOFLUSH) {
                d.input().clear();
                tty.packetEvent(Tty.PKT_FLUSHREAD);
            }
            if (queue != TCIFLUSH) {
                d.output().bytes().clear();
                tty.packetEvent(Tty.PKT_FLUSHWRITE);
            }
            return 0;
        });
    }

    /** TIOCSTI is how one program types into another: for CAP_SYS_ADMIN only (dev.tty.legacy_tiocsti=0). */
    private static int simulateInput(UserThread t, Tty tty, long arg) {
        if (!t.process().credentials().has(Capability.CAP_SYS_ADMIN)) {
            return -Errno.EIO;
        }
        byte[] typed = {t.user().struct(arg, 1)[0]};
        tty.masterWrite(typed, 0, 1);
        return 0;
    }

    /** The 16-bit fields of struct winsize. */
    static byte[] windowSize(int rows, int columns) {
        byte[] size = new byte[Tty.WINSIZE_BYTES];
        Le.putShort(size, 0, rows);
        Le.putShort(size, 2, columns);
        return size;
    }
}
