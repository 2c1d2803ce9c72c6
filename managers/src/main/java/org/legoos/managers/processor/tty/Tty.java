package org.legoos.managers.processor.tty;

import org.legoos.isa.time.Clock;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.DeviceAttributes;
import org.legoos.managers.processor.fs.OpenFlags;

/**
 * A pseudo-terminal (pty(7)): a line discipline between the master, who plays the terminal, and the slave, which
 * programs have open. Sessions and groups are known by number only. Thread-safe: one lock, never held while
 * signals are sent or waiters woken.
 */
public final class Tty {
    /** Who gets the signals of keys, hang-ups and window changes. Called without locks. */
    @FunctionalInterface
    public interface Signaller {
        void signalGroup(int group, int signal);

        /** A session has lost its terminal; {@code foreground} is to hear of it when the leader ends. */
        default void hungUp(int leader, int foreground) {}
    }

    static final int SLAVE_MAJOR = 136;

    /** Whose terminals are on Debian: devpts is mounted with gid=5,mode=620. */
    static final int GROUP = 5;
    private static final int PERMISSIONS = 0620;

    /** struct winsize. */
    static final int WINSIZE_BYTES = 8;

    /** Status bits of packet mode (TIOCPKT_* of ioctl_tty(2)). */
    static final int PKT_FLUSHREAD = 1;
    static final int PKT_FLUSHWRITE = 2;
    static final int PKT_STOP = 4;
    static final int PKT_START = 8;
    static final int PKT_NOSTOP = 16;
    static final int PKT_DOSTOP = 32;
    static final int PKT_IOCTL = 64;

    private static final long NS_PER_DECISECOND = 100_000_000L;

    private final int index;
    private final Clock clock;
    private final Signaller signaller;
    private final DeviceAttributes attributes;
    private final WaitList slaveWaiters = new WaitList();
    private final WaitList masterWaiters = new WaitList();
    private final LineDiscipline discipline = new LineDiscipline(); // guarded by this, as all below
    private final byte[] windowSize = new byte[WINSIZE_BYTES];
    private final Clock.Timer readTimer;
    private boolean isMasterOpen = true;
    private boolean isLocked = true;
    private boolean isExclusive;
    private int slaveOpens;
    private boolean isSlaveGone; // the last one closed
    private int generation; // counts hang-ups: files of an earlier one are dead
    private boolean isPacketMode;
    private int packetStatus;
    private int sessionId;
    private int foreground;
    private boolean isTimerArmed;
    private boolean isTimerExpired;
    private int timedCount; // characters that were there when the timer was armed

    /** @param uid its owner, who opened the master */
    Tty(int index, int uid, Clock clock, Signaller signaller) {
        this.index = index;
        this.attributes = new DeviceAttributes(PERMISSIONS, uid, GROUP);
        this.clock = clock;
        this.signaller = signaller;
        this.readTimer = clock.newTimer(this::timerExpired);
    }

    public int index() {
        return index;
    }

    /** st_rdev of small numbers. */
    public int deviceNumber() {
        return SLAVE_MAJOR << 8 | index;
    }

    public String path() {
        return "/dev/pts/" + index;
    }

    DeviceAttributes attributes() {
        return attributes;
    }

    WaitList slaveWaiters() {
        return slaveWaiters;
    }

    WaitList masterWaiters() {
        return masterWaiters;
    }

    private void wakeBoth() {
        slaveWaiters.wakeAll();
        masterWaiters.wakeAll();
    }

    // ---- the master's side

    /** Characters from the terminal. @return how many were taken, -EAGAIN when none fits, -EIO */
    int masterWrite(byte[] from, int offset, int length) {
        int done = 0;
        while (done < length) {
            int taken;
            int signal;
            int group;
            synchronized (this) {
                taken = discipline.receive(from, offset + done, length - done);
                signal = discipline.takeSignal();
                group = foreground;
                if (discipline.takeFlushed()) {
                    packetEvent(PKT_FLUSHREAD | PKT_FLUSHWRITE);
                }
            }
            done += taken;
            if (signal != 0 && group > 0) {
                signaller.signalGroup(group, signal);
            }
            if (taken == 0) {
                break;
            }
        }
        if (done > 0) {
            wakeBoth();
        }
        return done > 0 || length == 0 ? done : -Errno.EAGAIN;
    }

    /** What the terminal shall show. @return bytes, -EAGAIN when nothing is there, -EIO when no program has the slave any more */
    int masterRead(byte[] to, int length) {
        int taken;
        synchronized (this) {
            if (isPacketMode && packetStatus != 0) {
                to[0] = (byte) packetStatus;
                packetStatus = 0;
                return Math.min(1, length);
            }
            int from = isPacketMode ? 1 : 0;
            if (!hasOutput()) {
                return isSlaveGone ? -Errno.EIO : -Errno.EAGAIN;
            }
            if (isPacketMode) {
                to[0] = 0;
            }
            taken = from + discipline.output().bytes().take(to, from, length - from);
        }
        slaveWaiters.wakeAll();
        return taken;
    }

    private boolean hasOutput() {
        return discipline.output().bytes().size() > 0 && !discipline.isStopped();
    }

    synchronized int masterPoll() {
        int ready = hasOutput() ? OpenFlags.POLLIN | OpenFlags.POLLRDNORM : 0;
        if (isPacketMode && packetStatus != 0) {
            ready |= OpenFlags.POLLIN | OpenFlags.POLLRDNORM | OpenFlags.POLLPRI;
        }
        if (isSlaveGone) {
            ready |= OpenFlags.POLLHUP;
        }
        return discipline.acceptsInput() ? ready | OpenFlags.POLLOUT | OpenFlags.POLLWRNORM : ready;
    }

    /** The terminal is gone: programs see a hang-up. */
    void masterClosed() {
        synchronized (this) {
            isMasterOpen = false;
        }
        hangUp();
    }

    synchronized boolean isMasterOpen() {
        return isMasterOpen;
    }

    // ---- the slave's side

    /** @return the generation that the new file belongs to, or -EIO */
    synchronized int openSlave() {
        if (!isMasterOpen || isLocked) {
            return -Errno.EIO;
        }
        slaveOpens++;
        isSlaveGone = false;
        return generation;
    }

    void slaveClosed(int openedIn) {
        synchronized (this) {
            slaveOpens--;
            isSlaveGone |= slaveOpens == 0;
        }
        masterWaiters.wakeAll();
    }

    synchronized boolean isUnused() {
        return !isMasterOpen && slaveOpens == 0;
    }

    synchronized boolean isHungUp(int openedIn) {
        return openedIn != generation;
    }

    /** @param mayWait false for O_NONBLOCK. @return bytes, 0 at end of file, -EAGAIN */
    int slaveRead(byte[] to, int length, boolean mayWait) {
        int taken;
        synchronized (this) {
            if (discipline.isCanonical()) {
                if (!discipline.input().hasLine()) {
                    return -Errno.EAGAIN;
                }
                taken = discipline.input().takeLine(to, length);
            } else {
                int ready = rawReady(length, mayWait);
                if (ready < 0) {
                    return ready;
                }
                taken = discipline.input().takeRaw(to, length);
            }
            disarm();
        }
        masterWaiters.wakeAll();
        return taken;
    }

    /** MIN and TIME of termios(3). @return 0 when the read may end now, -EAGAIN to wait */
    private int rawReady(int length, boolean mayWait) {
        Termios termios = discipline.termios();
        int minimum = termios.control(Termios.VMIN);
        int deciseconds = termios.control(Termios.VTIME);
        int count = discipline.input().count();
        if (count > 0 && (count >= Math.min(minimum, length) || !mayWait)) {
            return 0;
        }
        if (minimum == 0 && deciseconds == 0) {
            return 0;
        }
        if (!mayWait) {
            return -Errno.EAGAIN;
        }
        if (deciseconds > 0 && (minimum == 0 || count > 0)) {
            if (isTimerExpired && (minimum == 0 || timedCount == count)) {
                return 0;
            }
            if (!isTimerArmed || timedCount != count) {
                isTimerArmed = true;
                isTimerExpired = false;
                timedCount = count;
                readTimer.arm(clock.nowNs() + deciseconds * NS_PER_DECISECOND);
            }
        }
        return -Errno.EAGAIN;
    }

    private void timerExpired() {
        synchronized (this) {
            isTimerExpired = isTimerArmed;
        }
        slaveWaiters.wakeAll();
    }

    private void disarm() {
        if (isTimerArmed) {
            readTimer.cancel();
        }
        isTimerArmed = isTimerExpired = false;
    }

    /** @return how many characters were taken, -EAGAIN */
    int slaveWrite(byte[] from, int length) {
        int done;
        synchronized (this) {
            if (discipline.isStopped()) {
                return -Errno.EAGAIN;
            }
            done = discipline.output().program(from, length);
        }
        if (done > 0) {
            masterWaiters.wakeAll();
        }
        return done > 0 || length == 0 ? done : -Errno.EAGAIN;
    }

    synchronized int slavePoll() {
        int ready = readable() > 0 ? OpenFlags.POLLIN | OpenFlags.POLLRDNORM : 0;
        boolean isRoom = discipline.output().hasProgramRoom() && !discipline.isStopped();
        return isRoom ? ready | OpenFlags.POLLOUT | OpenFlags.POLLWRNORM : ready;
    }

    private int readable() {
        Termios termios = discipline.termios();
        if (discipline.isCanonical()) {
            return discipline.input().hasLine() ? 1 : 0;
        }
        int wanted = termios.control(Termios.VTIME) == 0 ? Math.max(1, termios.control(Termios.VMIN)) : 1;
        return discipline.input().count() >= wanted ? 1 : 0;
    }

    // ---- both sides: what ioctls ask for

    /** Runs something on the discipline under the lock; then all waiters look again. */
    int change(java.util.function.ToIntFunction<LineDiscipline> action) {
        int result;
        synchronized (this) {
            result = action.applyAsInt(discipline);
        }
        wakeBoth();
        return result;
    }

    synchronized int ask(java.util.function.ToIntFunction<LineDiscipline> question) {
        return question.applyAsInt(discipline);
    }

    /** TCXONC: stops or goes on with the output. */
    void stopOutput(boolean isStop) {
        synchronized (this) {
            if (discipline.isStopped() == isStop) {
                return;
            }
            discipline.setStopped(isStop);
            packetEvent(isStop ? PKT_STOP : PKT_START);
        }
        wakeBoth();
    }

    /** Something that the master wants to know in packet mode; opposites cancel. */
    synchronized void packetEvent(int bits) {
        if (isPacketMode) {
            int opposite = (bits & (PKT_STOP | PKT_NOSTOP)) << 1 | (bits & (PKT_START | PKT_DOSTOP)) >>> 1;
            packetStatus = packetStatus & ~opposite | bits;
        }
    }

    synchronized boolean isPacketMode() {
        return isPacketMode;
    }

    synchronized void setPacketMode(boolean isOn) {
        isPacketMode = isOn;
        packetStatus = 0;
    }

    synchronized boolean isLocked() {
        return isLocked;
    }

    synchronized void setLocked(boolean locked) {
        isLocked = locked;
    }

    synchronized boolean isExclusive() {
        return isExclusive;
    }

    synchronized void setExclusive(boolean exclusive) {
        isExclusive = exclusive;
    }

    synchronized void windowSize(byte[] to) {
        System.arraycopy(windowSize, 0, to, 0, WINSIZE_BYTES);
    }

    /** A changed size is told to the foreground group. */
    void setWindowSize(byte[] from) {
        int group;
        synchronized (this) {
            if (java.util.Arrays.equals(from, 0, WINSIZE_BYTES, windowSize, 0, WINSIZE_BYTES)) {
                return;
            }
            System.arraycopy(from, 0, windowSize, 0, WINSIZE_BYTES);
            group = foreground;
        }
        if (group > 0) {
            signaller.signalGroup(group, Signals.SIGWINCH);
        }
    }

    // ---- sessions

    /** The session whose controlling terminal this is, 0 for none. */
    synchronized int sessionId() {
        return sessionId;
    }

    public synchronized int foreground() {
        return foreground;
    }

    synchronized void setForeground(int group) {
        foreground = group;
    }

    synchronized void control(int session, int group) {
        sessionId = session;
        foreground = group;
    }

    /** vhangup(2), or the master closed: files that are open now are dead, the session loses its terminal. */
    void hangUp() {
        int leader;
        int group;
        synchronized (this) {
            generation++;
            leader = sessionId;
            group = foreground;
            sessionId = foreground = 0;
            discipline.input().clear();
            discipline.setStopped(false);
            disarm();
        }
        if (leader > 0) {
            signaller.hungUp(leader, group);
            signaller.signalGroup(-leader, Signals.SIGHUP);
            signaller.signalGroup(-leader, Signals.SIGCONT);
        }
        wakeBoth();
    }
}
