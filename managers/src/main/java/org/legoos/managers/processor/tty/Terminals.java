package org.legoos.managers.processor.tty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Process;

/** A processor node's pseudo-terminals: /dev/ptmx and /dev/pts, and which session has which. Thread-safe. */
public final class Terminals implements Tty.Signaller {
    /** kernel.pty.max of Linux. */
    public static final int MAX = 4096;

    private final Clock clock;
    private final Map<Integer, Process> processes;
    private final TreeMap<Integer, Tty> ttys = new TreeMap<>(); // guarded by this
    private final Map<Integer, Integer> lostForegrounds = new HashMap<>(); // by session leader that was hung up; guarded by this

    /** @param processes all of the node, by pid */
    public Terminals(Clock clock, Map<Integer, Process> processes) {
        this.clock = clock;
        this.processes = processes;
    }

    /** A new terminal of a user with the lowest free number; its master is open. ENOSPC when there are too many. */
    public synchronized Tty create(int uid) {
        int index = 0;
        while (ttys.containsKey(index)) {
            index++;
        }
        if (index >= MAX) {
            throw SysError.of(Errno.ENOSPC);
        }
        Tty tty = new Tty(index, uid, clock, this);
        ttys.put(index, tty);
        return tty;
    }

    /** The terminal of that number whose master is open, or null. */
    synchronized Tty find(int index) {
        Tty tty = ttys.get(index);
        return tty != null && tty.isMasterOpen() ? tty : null;
    }

    /** The numbers that /dev/pts shows. */
    synchronized Collection<Integer> indices() {
        List<Integer> open = new ArrayList<>();
        ttys.forEach((index, tty) -> {
            if (tty.isMasterOpen()) {
                open.add(index);
            }
        });
        return open;
    }

    /** One of its files closed: a terminal that nobody has any more gives its number back. */
    synchronized void closed(Tty tty) {
        if (tty.isUnused()) {
            ttys.remove(tty.index(), tty);
        }
    }

    /** The session's controlling terminal, or null. */
    public synchronized Tty controlling(int sessionId) {
        for (Tty tty : ttys.values()) {
            if (tty.sessionId() == sessionId) {
                return tty;
            }
        }
        return null;
    }

    /** Makes it the controlling terminal of this session leader, whose group is the foreground. */
    public void control(Tty tty, Process leader) {
        tty.control(leader.sessionId(), leader.groupId());
    }

    /** A session leader ends, or gives its terminal up (TIOCNOTTY): the foreground group hears of it. */
    public void leaderLeft(Process leader) {
        if (leader.pid() != leader.sessionId()) {
            return;
        }
        Tty tty = controlling(leader.pid());
        Integer lost;
        synchronized (this) {
            lost = lostForegrounds.remove(leader.pid());
        }
        int group = tty != null ? tty.foreground() : lost != null ? lost : 0;
        if (tty != null) {
            tty.control(0, 0);
        }
        if (group > 0) {
            signalGroup(group, Signals.SIGHUP);
            signalGroup(group, Signals.SIGCONT);
        }
    }

    @Override
    public synchronized void hungUp(int leader, int foreground) {
        if (processes.containsKey(leader)) {
            lostForegrounds.put(leader, foreground);
        }
    }

    /** Sends to all of a group; to one process when negative. */
    @Override
    public void signalGroup(int group, int signal) {
        for (Process process : processes.values()) {
            if (group > 0 ? process.groupId() == group : process.pid() == -group) {
                process.send(SigInfo.fromKernel(signal));
            }
        }
    }

    /** The session of a process group, -1 when there is no such group. */
    int sessionOf(int group) {
        for (Process process : processes.values()) {
            if (process.groupId() == group) {
                return process.sessionId();
            }
        }
        return -1;
    }

    /** Whether nobody of the session who could continue the group's stopped processes is there (setpgid(2)). */
    boolean isOrphaned(int group) {
        for (Process process : processes.values()) {
            if (process.groupId() == group) {
                Process parent = processes.get(process.parentPid());
                if (parent != null && parent.groupId() != group && parent.sessionId() == process.sessionId()) {
                    return false;
                }
            }
        }
        return true;
    }
}
