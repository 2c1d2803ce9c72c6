package org.legoos.managers.processor.proc;

import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Signatures;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.IoCounts;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.TraceAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.PseudoNode;

/** The small files of /proc/PID that say or set one thing (fs/proc/base.c). */
final class SettingFiles {
    private static final int ARGUMENTS = 6;
    private static final int CORE_FILTER_ALL = 0x1ff;
    private static final int CLEAR_REFS_MM_HIWATER_RSS = 5;
    private static final int OOM_ADJ_MIN = -1000;
    private static final int OOM_ADJ_MAX = 1000;

    /** What has no login and no session has this number. */
    private static final String UNSET = "4294967295";

    private SettingFiles() {}

    /** @param task null for the process */
    static void addTo(PseudoNode.Fixed root, Process p, UserThread task) {
        root.put("oom_score_adj", new PseudoNode.Text(0644, t -> Program.bytes(p.flags().oomScoreAdj() + "\n"),
                (t, bytes) -> setOomScoreAdj(t, p, bytes)));
        root.put("oom_score", PseudoNode.text(t -> Math.max(0, 666 + p.flags().oomScoreAdj() * 2 / 3) + "\n"));
        root.put("timerslack_ns", new PseudoNode.Text(0644, t -> Program.bytes(allowed(t, p).flags().timerSlackNs() + "\n"),
                (t, bytes) -> allowed(t, p).flags().setTimerSlackNs(number(bytes, 0, Long.MAX_VALUE))));
        root.put("loginuid", PseudoNode.text(t -> UNSET));
        root.put("sessionid", PseudoNode.text(t -> UNSET));
        root.put("personality", PseudoNode.text(t -> String.format("%08x\n", allowed(t, p).flags().personality())));
        root.put("io", PseudoNode.text(t -> io(allowed(t, p), task)));
        root.put("wchan", PseudoNode.text(t -> waitsIn(t, p, task)));
        root.put("syscall", new PseudoNode.Text(0400, t -> Program.bytes(call(t, p, task))));
        root.put("coredump_filter", new PseudoNode.Text(0644, t -> Program.bytes(String.format("%08x\n", allowed(t, p).flags().coreFilter())),
                (t, bytes) -> allowed(t, p).flags().setCoreFilter(filter(bytes))));
        root.put("clear_refs", new PseudoNode.Text(0200, t -> new byte[0], (t, bytes) -> clearRefs(allowed(t, p), bytes)));
        root.put("schedstat", PseudoNode.text(t -> schedstat(p, task)));
        for (String map : new String[] {"uid_map", "gid_map"}) {
            root.put(map, PseudoNode.text(t -> String.format("%10d %10d %10s\n", 0, 0, UNSET)));
        }
        root.put("setgroups", PseudoNode.text(t -> "allow\n"));
    }

    /** The process, if the caller may look into it. */
    static Process allowed(UserThread t, Process p) {
        if (!TraceAccess.allows(t.process(), p)) {
            throw SysError.of(Errno.EACCES);
        }
        return p;
    }

    private static void setOomScoreAdj(UserThread t, Process p, byte[] bytes) {
        int value = (int) number(bytes, OOM_ADJ_MIN, OOM_ADJ_MAX);
        boolean isOwner = t.process().credentials().euid == p.credentials().uid;
        boolean isPrivileged = t.process().credentials().has(Capability.CAP_SYS_RESOURCE);
        if (!isPrivileged && (!isOwner || value < p.flags().oomScoreAdj())) {
            throw SysError.of(Errno.EACCES);
        }
        p.flags().setOomScoreAdj(value);
    }

    private static long number(byte[] text, long least, long most) {
        try {
            long number = Long.parseLong(Program.latin1(text).strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as a number out of range
        }
        throw SysError.of(Errno.EINVAL);
    }

    private static String io(Process p, UserThread task) {
        IoCounts io = task == null ? p.usage().io : task.times().io();
        return "rchar: " + io.readBytes + "\nwchar: " + io.writtenBytes + "\nsyscr: " + io.reads + "\nsyscw: " + io.writes
                + "\nread_bytes: 0\nwrite_bytes: 0\ncancelled_write_bytes: 0\n";
    }

    /** The system call that a sleeping thread waits in. */
    private static String waitsIn(UserThread t, Process p, UserThread task) {
        if (p.threads().isEmpty() || !TraceAccess.allows(t.process(), p)) {
            return "0";
        }
        UserThread thread = task != null ? task : ProcessDirectory.first(p);
        return thread.isAsleep() ? "sys_" + Signatures.nameOf(thread.times().lastSyscall()) : "0";
    }

    /** The call that a sleeping thread is in: number, arguments, stack and instruction pointer. */
    private static String call(UserThread t, Process p, UserThread task) {
        UserThread thread = task != null ? task : ProcessDirectory.first(allowed(t, p));
        allowed(t, p);
        if (thread != t && !thread.isAsleep()) {
            return "running\n";
        }
        StringBuilder text = new StringBuilder().append(thread.times().lastSyscall());
        for (int i = 0; i < ARGUMENTS; i++) {
            text.append(" 0x").append(Long.toHexString(thread.arg(i)));
        }
        return text.append(" 0x").append(Long.toHexString(thread.cpu().register(Gpr.RSP)))
                .append(" 0x").append(Long.toHexString(thread.cpu().rip())).append('\n').toString();
    }

    /** Which kinds of mappings a core file has (core(5)): a number, also hexadecimal. */
    private static int filter(byte[] text) {
        String number = Program.latin1(text).strip();
        try {
            return Math.toIntExact(Long.decode(number)) & CORE_FILTER_ALL;
        } catch (NumberFormatException | ArithmeticException e) {
            throw SysError.of(Errno.EINVAL);
        }
    }

    /** 5 makes the peak of the resident size the present one; what the others clear is not kept here. */
    private static void clearRefs(Process p, byte[] text) {
        if (number(text, 1, CLEAR_REFS_MM_HIWATER_RSS) == CLEAR_REFS_MM_HIWATER_RSS && p.space() != null) {
            p.space().pages().resetPeak();
        }
    }

    private static String schedstat(Process p, UserThread task) {
        long switches = task != null ? task.sleeps() + task.cpu().preemptions()
                : p.threads().stream().mapToLong(each -> each.sleeps() + each.cpu().preemptions()).sum();
        return (task == null ? p.cpuNs() : task.cpuNs()) + " 0 " + switches + "\n";
    }
}
