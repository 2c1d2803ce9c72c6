package org.legoos.managers.processor.syscall;

import java.util.function.ToLongFunction;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.UserThread;

/** User and group ids, groups. */
final class IdCalls {
    private IdCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("getuid", (t, a, b, c, d, e, f) -> t.process().credentials().uid & 0xffffffffL);
        table.full("geteuid", (t, a, b, c, d, e, f) -> t.process().credentials().euid & 0xffffffffL);
        table.full("getgid", (t, a, b, c, d, e, f) -> t.process().credentials().gid & 0xffffffffL);
        table.full("getegid", (t, a, b, c, d, e, f) -> t.process().credentials().egid & 0xffffffffL);
        table.full("getresuid", (t, a, b, c, d, e, f) -> {
            Credentials me = t.process().credentials();
            return put(t, a, me.uid, b, me.euid, c, me.suid);
        });
        table.full("getresgid", (t, a, b, c, d, e, f) -> {
            Credentials me = t.process().credentials();
            return put(t, a, me.gid, b, me.egid, c, me.sgid);
        });
        table.full("setuid", (t, a, b, c, d, e, f) ->
                changed(t, t.process().credentials(), me -> setuid(me, (int) a)));
        table.full("setgid", (t, a, b, c, d, e, f) ->
                changed(t, t.process().credentials(), me -> setgid(me, (int) a)));
        table.full("setreuid", (t, a, b, c, d, e, f) ->
                changed(t, t.process().credentials(), me -> setreuid(me, (int) a, (int) b)));
        table.full("setregid", (t, a, b, c, d, e, f) ->
                changed(t, t.process().credentials(), me -> setregid(me, (int) a, (int) b)));
        table.full("setresuid", (t, a, b, c, d, e, f) ->
                changed(t, t.process().credentials(), me -> setresuid(me, (int) a, (int) b, (int) c)));
        table.full("setresgid", (t, a, b, c, d, e, f) ->
                changed(t, t.process().credentials(), me -> setresgid(me, (int) a, (int) b, (int) c)));
        table.full("setfsuid", (t, a, b, c, d, e, f) ->
                changed(t, t.process().credentials(), me -> setfsuid(me, (int) a)));
        table.full("setfsgid", (t, a, b, c, d, e, f) ->
                changed(t, t.process().credentials(), me -> setfsgid(me, (int) a)));
        table.full("getgroups", (t, a, b, c, d, e, f) -> getgroups(t, (int) a, b));
        table.full("setgroups", (t, a, b, c, d, e, f) -> setgroups(t, (int) a, b));
    }

    /** Whose effective ids change is not to be looked into by those he was before (commit_creds of Linux). */
    private static long changed(UserThread t, Credentials me, ToLongFunction<Credentials> change) {
        int euid = me.euid;
        int egid = me.egid;
        int fsuid = me.fsuid;
        int fsgid = me.fsgid;
        long result = change.applyAsLong(me);
        if (euid != me.euid || egid != me.egid || fsuid != me.fsuid || fsgid != me.fsgid) {
            t.process().flags().setDumpable(false);
            t.process().flags().setParentDeathSignal(0);
        }
        return result;
    }

    private static long put(UserThread t, long aVa, int a, long bVa, int b, long cVa, int c) {
        t.user().putInt(aVa, a);
        t.user().putInt(bVa, b);
        t.user().putInt(cVa, c);
        return 0;
    }

    private static long setuid(Credentials me, int uid) {
        if (uid == -1) {
            return -Errno.EINVAL;
        }
        if (me.has(Capability.CAP_SETUID)) {
            me.setUids(uid, uid, uid);
        } else if (uid == me.uid || uid == me.suid) {
            me.setUids(me.uid, uid, me.suid);
        } else {
            return -Errno.EPERM;
        }
        return 0;
    }

    private static long setgid(Credentials me, int gid) {
        if (gid == -1) {
            return -Errno.EINVAL;
        }
        if (me.has(Capability.CAP_SETGID)) {
            me.setGids(gid, gid, gid);
        } else if (gid == me.gid || gid == me.sgid) {
            me.setGids(me.gid, gid, me.sgid);
        } else {
            return -Errno.EPERM;
        }
        return 0;
    }

    private static boolean mayTake(Credentials me, int capability, int id, int first, int second, int third) {
        return id == -1 || me.has(capability) || id == first || id == second || id == third;
    }

    private static long setreuid(Credentials me, int real, int effective) {
        if (!mayTake(me, Capability.CAP_SETUID, real, me.uid, me.euid, me.euid) || !mayTake(me, Capability.CAP_SETUID, effective, me.uid, me.euid, me.suid)) {
            return -Errno.EPERM;
        }
        int newReal = real == -1 ? me.uid : real;
        int newEffective = effective == -1 ? me.euid : effective;
        boolean setsSaved = real != -1 || effective != -1 && effective != me.uid;
        me.setUids(newReal, newEffective, setsSaved ? newEffective : me.suid);
        return 0;
    }

    private static long setregid(Credentials me, int real, int effective) {
        if (!mayTake(me, Capability.CAP_SETGID, real, me.gid, me.egid, me.egid) || !mayTake(me, Capability.CAP_SETGID, effective, me.gid, me.egid, me.sgid)) {
            return -Errno.EPERM;
        }
        int newReal = real == -1 ? me.gid : real;
        int newEffective = effective == -1 ? me.egid : effective;
        boolean setsSaved = real != -1 || effective != -1 && effective != me.gid;
        me.setGids(newReal, newEffective, setsSaved ? newEffective : me.sgid);
        return 0;
    }

    private static long setresuid(Credentials me, int real, int effective, int saved) {
        if (!mayTake(me, Capability.CAP_SETUID, real, me.uid, me.euid, me.suid) || !mayTake(me, Capability.CAP_SETUID, effective, me.uid, me.euid, me.suid)
                || !mayTake(me, Capability.CAP_SETUID, saved, me.uid, me.euid, me.suid)) {
            return -Errno.EPERM;
        }
        me.setUids(real == -1 ? me.uid : real, effective == -1 ? me.euid : effective, saved == -1 ? me.suid : saved);
        return 0;
    }

    private static long setresgid(Credentials me, int real, int effective, int saved) {
        if (!mayTake(me, Capability.CAP_SETGID, real, me.gid, me.egid, me.sgid) || !mayTake(me, Capability.CAP_SETGID, effective, me.gid, me.egid, me.sgid)
                || !mayTake(me, Capability.CAP_SETGID, saved, me.gid, me.egid, me.sgid)) {
            return -Errno.EPERM;
        }
        me.setGids(real == -1 ? me.gid : real, effective == -1 ? me.egid : effective, saved == -1 ? me.sgid : saved);
        return 0;
    }

    private static long setfsuid(Credentials me, int uid) {
        int old = me.fsuid;
        if (uid != -1 && (me.has(Capability.CAP_SETUID) || uid == me.uid || uid == me.euid || uid == me.suid)) {
            me.setFsuid(uid);
        }
        return old & 0xffffffffL;
    }

    private static long setfsgid(Credentials me, int gid) {
        int old = me.fsgid;
        if (gid != -1 && (me.has(Capability.CAP_SETGID) || gid == me.gid || gid == me.egid || gid == me.sgid)) {
            me.fsgid = gid;
        }
        return old & 0xffffffffL;
    }

    private static long getgroups(UserThread t, int size, long va) {
        int[] groups = t.process().credentials().groups;
        if (size < 0 || size != 0 && size < groups.length) {
            return -Errno.EINVAL;
        }
        for (int i = 0; size != 0 && i < groups.length; i++) {
            t.user().putInt(va + 4L * i, groups[i]);
        }
        return groups.length;
    }

    private static long setgroups(UserThread t, int size, long va) {
        if (!t.process().credentials().has(Capability.CAP_SETGID)) {
            return -Errno.EPERM;
        }
        if (size < 0 || size > Credentials.GROUPS_MAX) {
            return -Errno.EINVAL;
        }
        int[] groups = new int[size];
        for (int i = 0; i < size; i++) {
            groups[i] = t.user().getInt(va + 4L * i);
        }
        t.process().credentials().groups = groups;
        return 0;
    }
}
