package org.legoos.managers.processor.proc;

import java.util.Locale;
import org.legoos.kernel.signal.SigAction;
import org.legoos.kernel.signal.Signals;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.Usage;
import org.legoos.managers.processor.core.Trace;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.tty.Tty;

/** /proc/PID/{stat,status,limits}, in the formats of fs/proc/array.c. */
final class StatusFiles {
    /** tty_nr and tpgid of proc(5). */
    private static String terminal(Process p) {
        Tty tty = p.manager().terminals().controlling(p.sessionId());
        return tty == null ? "0 -1" : tty.deviceNumber() + " " + tty.foreground();
    }

    private static final long USER_HZ_NS = 10_000_000;
    private static final int PRIORITY_OF_NICE_0 = 20;
    private static final String[] LIMITS = {
        "Max cpu time", "seconds", "Max file size", "bytes", "Max data size", "bytes", "Max stack size", "bytes",
        "Max core file size", "bytes", "Max resident set", "bytes", "Max processes", "processes", "Max open files", "files",
        "Max locked memory", "bytes", "Max address space", "bytes", "Max file locks", "locks", "Max pending signals", "signals",
        "Max msgqueue size", "bytes", "Max nice priority", "", "Max realtime priority", "", "Max realtime timeout", "us"
    };

    private StatusFiles() {}

    /** A letter and what it means, as Linux's task_state_array. */
    private static String state(Process p, UserThread t) {
        Trace trace = t.trace();
        if (p.hasEnded()) {
            return "Z (zombie)";
        }
        if (trace != null && trace.isStopped()) {
            return "t (tracing stop)";
        }
        return p.isStopped() ? "T (stopped)" : t.isAsleep() ? "S (sleeping)" : "R (running)";
    }

    private static int tracerPid(UserThread t) {
        Trace trace = t.trace();
        return trace == null ? 0 : trace.tracer().pid();
    }

    /** stat of a process that has ended and was not waited for: it has no threads and no memory any more. */
    static String zombieStat(Process p) {
        Usage usage = p.usage();
        return p.pid() + " (" + p.lastComm() + ") Z " + p.parentPid() + " " + p.groupId() + " " + p.sessionId()
                + " 0 -1 4194304 0 0 0 0 " + usage.userNs() / USER_HZ_NS + " " + usage.systemNs / USER_HZ_NS
                + " 0 0 20 0 0 0 " + (p.startNs() - p.manager().bootNs()) / USER_HZ_NS + " 0 0" + " 0".repeat(28) + "\n";
    }

    static String zombieStatus(Process p) {
        Credentials c = p.credentials();
        return "Name:\t" + p.lastComm() + "\nState:\tZ (zombie)\nTgid:\t" + p.pid() + "\nNgid:\t0\nPid:\t" + p.pid()
                + "\nPPid:\t" + p.parentPid() + "\nTracerPid:\t0\nUid:\t" + c.uid + '\t' + c.euid + '\t' + c.suid + '\t' + c.fsuid
                + "\nGid:\t" + c.gid + '\t' + c.egid + '\t' + c.sgid + '\t' + c.fsgid + "\nThreads:\t1\n";
    }

    static String stat(Process p, UserThread t, boolean isTask) {
        AddressSpace space = p.space();
        long system = (isTask ? t.systemNs() : p.systemNs()) / USER_HZ_NS;
        long user = (isTask ? t.cpuNs() : p.cpuNs()) / USER_HZ_NS - system;
        long start = (p.startNs() - p.manager().bootNs()) / USER_HZ_NS;
        long mapped = space == null ? 0 : space.mappedBytes();
        long resident = space == null ? 0 : space.residentBytes() >>> 12;
        return (isTask ? t.tid() : p.pid()) + " (" + t.comm() + ") " + state(p, t).charAt(0) + " " + p.parentPid() + " " + p.groupId() + " " + p.sessionId()
                + " " + terminal(p) + " 4194304 " + faults(p) + user + " " + system + " " + ofChildren(p) + priority(t) + " "
                + p.threads().size() + " 0 " + start + " "
                + mapped + " " + resident + " " + Long.toUnsignedString(p.rlimits().soft(Rlimits.RSS)) + " 0 0 "
                + p.program().stackVa() + " 0 0 " + t.pending().mask() + " " + t.blocked() + " " + ignored(p) + " " + caught(p)
                + " 0 0 0 17 0 " + t.scheduling().priority() + " " + t.scheduling().policy() + " 0 0 0 0 0 0 0 0 0 0 0\n";
    }

    /** minflt, cminflt, majflt, cmajflt. */
    private static String faults(Process p) {
        Usage own = p.usage();
        Usage children = p.usageOfChildren();
        return own.minorFaults + " " + children.minorFaults + " " + own.majorFaults + " " + children.majorFaults + " ";
    }

    /** cutime, cstime. */
    private static String ofChildren(Process p) {
        Usage children = p.usageOfChildren();
        return children.userNs() / USER_HZ_NS + " " + children.systemNs / USER_HZ_NS + " ";
    }

    /** priority and nice: 20 plus nice, or for the real-time policies below zero. */
    private static String priority(UserThread t) {
        int realTime = t.scheduling().priority();
        int nice = t.scheduling().nice();
        return (realTime > 0 ? -1 - realTime : PRIORITY_OF_NICE_0 + nice) + " " + nice;
    }

    static String status(Process p, UserThread t) {
        AddressSpace space = p.space();
        Credentials c = p.credentials();
        long mappedKb = space == null ? 0 : space.mappedBytes() >> 10;
        long residentKb = space == null ? 0 : space.residentBytes() >> 10;
        StringBuilder text = new StringBuilder();
        text.append("Name:\t").append(t.comm()).append("\nUmask:\t").append(String.format(Locale.ROOT, "%04o", t.fs().umask()))
                .append("\nState:\t").append(state(p, t))
                .append("\nTgid:\t").append(p.pid()).append("\nNgid:\t0\nPid:\t").append(t.tid())
                .append("\nPPid:\t").append(p.parentPid()).append("\nTracerPid:\t").append(tracerPid(t))
                .append("\nUid:\t").append(c.uid).append('\t').append(c.euid).append('\t').append(c.suid).append('\t').append(c.fsuid)
                .append("\nGid:\t").append(c.gid).append('\t').append(c.egid).append('\t').append(c.sgid).append('\t').append(c.fsgid)
                .append("\nFDSize:\t").append(t.files().size()).append("\nGroups:\t");
        for (int group : c.groups) {
            text.append(group).append(' ');
        }
        text.append("\nVmPeak:\t").append(kb(mappedKb)).append("VmSize:\t").append(kb(mappedKb))
                .append("VmLck:\t").append(kb(space == null ? 0 : space.locks().bytes() >> 10))
                .append("VmHWM:\t").append(kb(space == null ? 0 : space.pages().peakResidentBytes() >> 10)).append("VmRSS:\t").append(kb(residentKb))
                .append(MemoryFiles.kinds(p)).append("VmSwap:\t").append(kb(0))
                .append("Threads:\t").append(p.threads().size()).append("\nSigQ:\t")
                .append(p.queuedSignals().get()).append('/').append(p.rlimits().soft(Rlimits.SIGPENDING));
        mask(text, "SigPnd", t.pending().mask());
        mask(text, "ShdPnd", p.pending().mask());
        mask(text, "SigBlk", t.blocked());
        mask(text, "SigIgn", ignored(p));
        mask(text, "SigCgt", caught(p));
        mask(text, "CapInh", c.inheritable);
        mask(text, "CapPrm", c.permitted);
        mask(text, "CapEff", c.effective);
        mask(text, "CapBnd", c.bounding);
        mask(text, "CapAmb", c.ambient);
        text.append("\nNoNewPrivs:\t").append(p.flags().hasNoNewPrivileges() ? 1 : 0)
                .append("\nSeccomp:\t").append(t.seccomp().mode()).append("\nCpus_allowed:\t").append(Long.toHexString((1L << p.manager().cpuCount()) - 1))
                .append("\nCpus_allowed_list:\t0-").append(p.manager().cpuCount() - 1)
                .append("\nvoluntary_ctxt_switches:\t").append(t.sleeps())
                .append("\nnonvoluntary_ctxt_switches:\t").append(t.cpu().preemptions()).append('\n');
        return text.toString();
    }

    static String kb(long kb) {
        return String.format(Locale.ROOT, "%8d kB\n", kb);
    }

    private static void mask(StringBuilder text, String name, long mask) {
        text.append('\n').append(name).append(":\t").append(String.format(Locale.ROOT, "%016x", mask));
    }

    private static long ignored(Process p) {
        long set = 0;
        for (int signal = 1; signal <= Signals.NSIG; signal++) {
            set |= p.actions().get(signal).handler() == SigAction.SIG_IGN ? Signals.bit(signal) : 0;
        }
        return set;
    }

    private static long caught(Process p) {
        long set = 0;
        for (int signal = 1; signal <= Signals.NSIG; signal++) {
            long handler = p.actions().get(signal).handler();
            set |= handler != SigAction.SIG_IGN && handler != SigAction.SIG_DFL ? Signals.bit(signal) : 0;
        }
        return set;
    }

    static String limits(Process p) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-25s %-20s %-20s %-10s\n", "Limit", "Soft Limit",
                "Hard Limit", "Units"));
        for (int resource = 0; resource < Rlimits.COUNT; resource++) {
            text.append(String.format(Locale.ROOT, "%-25s %-20s %-20s %-10s\n", LIMITS[2 * resource], value(p.rlimits().soft(resource)),
                    value(p.rlimits().hard(resource)), LIMITS[2 * resource + 1]));
        }
        return text.toString();
    }

    private static String value(long limit) {
        return limit == Rlimits.INFINITY ? "unlimited" : Long.toUnsignedString(limit);
    }
}
