package org.legoos.managers.processor.syscall;

import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.signal.Signalling;

/** Sending signals: kill, tkill, tgkill, rt_sigqueueinfo. */
final class SendCalls {
    private SendCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("kill", (t, a, b, c, d, e, f) -> kill(t, (int) a, (int) b));
        table.full("tkill", (t, a, b, c, d, e, f) -> tgkill(t, -1, (int) a, (int) b));
        table.full("tgkill", (t, a, b, c, d, e, f) -> (int) a <= 0 ? -Errno.EINVAL : tgkill(t, (int) a, (int) b, (int) c));
        table.full("rt_sigqueueinfo", (t, a, b, c, d, e, f) -> queue(t, (int) a, -1, (int) b, c));
        table.full("rt_tgsigqueueinfo", (t, a, b, c, d, e, f) ->
                (int) a <= 0 || (int) b <= 0 ? -Errno.EINVAL : queue(t, (int) a, (int) b, (int) c, d));
    }

    static boolean isAllowed(UserThread t, Process target) {
        Credentials me = t.process().credentials();
        Credentials it = target.credentials();
        return me.has(Capability.CAP_KILL) || me.euid == it.suid || me.euid == it.uid || me.uid == it.suid || me.uid == it.uid;
    }

    private static boolean isBadSignal(int signal) {
        return signal < 0 || signal > Signals.NSIG;
    }

    private static long kill(UserThread t, int pid, int signal) {
        if (isBadSignal(signal)) {
            return -Errno.EINVAL;
        }
        if (pid > 0) {
            Process target = t.process().manager().find(pid);
            return target == null ? -Errno.ESRCH : one(t, target, signal);
        }
        if (pid == Integer.MIN_VALUE) {
            return -Errno.ESRCH;
        }
        int group = pid == 0 ? t.process().groupId() : -pid;
        long result = -Errno.ESRCH;
        for (Process target : t.process().manager().processes().values()) {
            boolean isMeant = pid == -1 ? target != t.process() : target.groupId() == group;
            if (isMeant && (one(t, target, signal) == 0 || result == -Errno.ESRCH)) {
                result = isAllowed(t, target) ? 0 : -Errno.EPERM;
            }
        }
        return result;
    }

    private static long one(UserThread t, Process target, int signal) {
        if (!isAllowed(t, target)) {
            return -Errno.EPERM;
        }
        return signal == 0 ? 0 : target.send(fromMe(t, signal, SigInfo.SI_USER));
    }

    private static SigInfo fromMe(UserThread t, int signal, int code) {
        return SigInfo.fromProcess(signal, code, t.process().pid(), t.process().credentials().uid);
    }

    private static UserThread thread(UserThread t, int pid, int tid) {
        for (Process process : t.process().manager().processes().values()) {
            for (UserThread thread : process.threads()) {
                if (thread.tid() == tid && (pid == -1 || process.pid() == pid)) {
                    return thread;
                }
            }
        }
        return null;
    }

    private static long tgkill(UserThread t, int pid, int tid, int signal) {
        if (tid <= 0 || isBadSignal(signal)) {
            return -Errno.EINVAL;
        }
        UserThread target = thread(t, pid, tid);
        if (target == null) {
            return -Errno.ESRCH;
        }
        if (!isAllowed(t, target.process())) {
            return -Errno.EPERM;
        }
        return signal == 0 ? 0 : Signalling.send(target.process(), target, fromMe(t, signal, SigInfo.SI_TKILL));
    }

    /** @param tid -1 for the whole process */
    private static long queue(UserThread t, int pid, int tid, int signal, long infoVa) {
        byte[] image = new byte[SigInfo.BYTES];
        t.user().read(infoVa, image, SigInfo.BYTES);
        if (isBadSignal(signal)) {
            return -Errno.EINVAL;
        }
        SigInfo info = SigInfo.raw(signal, image);
        boolean isForged = info.code() >= 0 || info.code() == SigInfo.SI_TKILL;
        if (isForged && pid != t.process().pid()) {
            return -Errno.EPERM;
        }
        Process target = t.process().manager().find(pid);
        UserThread receiver = tid == -1 ? null : thread(t, pid, tid);
        if (target == null || tid != -1 && receiver == null) {
            return -Errno.ESRCH;
        }
        if (!isAllowed(t, target)) {
            return -Errno.EPERM;
        }
        return signal == 0 ? 0 : Signalling.send(target, receiver, info);
    }
}
