package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.UserThread;

/** User and group ids, groups, capabilities. */
final class IdCalls {
    private static final int CAP_VERSION_3 = 0x20080522;
    private static final int CAP_VERSION_1 = 0x19980330;
    private static final int CAP_LAST = 37;

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
        table.full("setuid", (t, a, b, c, d, e, f) -> setuid(t.process().credentials(), (int) a));
        table.full("setgid", (t, a, b, c, d, e, f) -> setgid(t.process().credentials(), (int) a));
        table.full("setreuid", (t, a, b, c, d, e, f) -> setreuid(t.process().credentials(), (int) a, (int) b));
        table.full("setregid", (t, a, b, c, d, e, f) -> setregid(t.process().credentials(), (int) a, (int) b));
        table.full("setresuid", (t, a, b, c, d, e, f) -> setresuid(t.process().credentials(), (int) a, (int) b, (int) c));
        table.full("setresgid", (t, a, b, c, d, e, f) -> setresgid(t.process().credentials(), (int) a, (int) b, (int) c));
        table.full("setfsuid", (t, a, b, c, d, e, f) -> setfsuid(t.process().credentials(), (int) a));
        table.full("setfsgid", (t, a, b, c, d, e, f) -> setfsgid(t.process().credentials(), (int) a));
        table.full("getgroups", (t, a, b, c, d, e, f) -> getgroups(t, (int) a, b));
        table.full("setgroups", (t, a, b, c, d, e, f) -> setgroups(t, (int) a, b));
        table.partial("capget", "root has all, others none", (t, a, b, c, d, e, f) -> capget(t, a, b));
        table.partial("capset", "checks, changes nothing", (t, a, b, c, d, e, f) -> capset(t, a, b));
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
        if (me.isPrivileged()) {
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
        if (me.isPrivileged()) {
            me.setGids(gid, gid, gid);
        } else if (gid == me.gid || gid == me.sgid) {
            me.setGids(me.gid, gid, me.sgid);
        } else {
            return -Errno.EPERM;
        }
        return 0;
    }

    private static boolean mayTake(Credentials me, int id, int first, int second, int third) {
        return id == -1 || me.isPrivileged() || id == first || id == second || id == third;
    }

    private static long setreuid(Credentials me, int real, int effective) {
        if (!mayTake(me, real, me.uid, me.euid, me.euid) || !mayTake(me, effective, me.uid, me.euid, me.suid)) {
            return -Errno.EPERM;
        }
        int newReal = real == -1 ? me.uid : real;
        int newEffective = effective == -1 ? me.euid : effective;
        boolean setsSaved = real != -1 || effective != -1 && effective != me.uid;
        me.setUids(newReal, newEffective, setsSaved ? newEffective : me.suid);
        return 0;
    }

    private static long setregid(Credentials me, int real, int effective) {
        if (!mayTake(me, real, me.gid, me.egid, me.egid) || !mayTake(me, effective, me.gid, me.egid, me.sgid)) {
            return -Errno.EPERM;
        }
        int newReal = real == -1 ? me.gid : real;
        int newEffective = effective == -1 ? me.egid : effective;
        boolean setsSaved = real != -1 || effective != -1 && effective != me.gid;
        me.setGids(newReal, newEffective, setsSaved ? newEffective : me.sgid);
        return 0;
    }

    private static long setresuid(Credentials me, int real, int effective, int saved) {
        if (!mayTake(me, real, me.uid, me.euid, me.suid) || !mayTake(me, effective, me.uid, me.euid, me.suid)
                || !mayTake(me, saved, me.uid, me.euid, me.suid)) {
            return -Errno.EPERM;
        }
        me.setUids(real == -1 ? me.uid : real, effective == -1 ? me.euid : effective, saved == -1 ? me.suid : saved);
        return 0;
    }

    private static long setresgid(Credentials me, int real, int effective, int saved) {
        if (!mayTake(me, real, me.gid, me.egid, me.sgid) || !mayTake(me, effective, me.gid, me.egid, me.sgid)
                || !mayTake(me, saved, me.gid, me.egid, me.sgid)) {
            return -Errno.EPERM;
        }
        me.setGids(real == -1 ? me.gid : real, effective == -1 ? me.egid : effective, saved == -1 ? me.sgid : saved);
        return 0;
    }

    private static long setfsuid(Credentials me, int uid) {
        int old = me.fsuid;
        if (uid != -1 && (me.isPrivileged() || uid == me.uid || uid == me.euid || uid == me.suid)) {
            me.fsuid = uid;
        }
        return old & 0xffffffffL;
    }

    private static long setfsgid(Credentials me, int gid) {
        int old = me.fsgid;
        if (gid != -1 && (me.isPrivileged() || gid == me.gid || gid == me.egid || gid == me.sgid)) {
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
        if (!t.process().credentials().isPrivileged()) {
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

    private static boolean isGoodHeader(UserThread t, long headerVa) {
        int version = t.user().getInt(headerVa);
        if (version == CAP_VERSION_3 || version == CAP_VERSION_1 || version == 0x20071026) {
            return true;
        }
        t.user().putInt(headerVa, CAP_VERSION_3);
        return false;
    }

    private static long capget(UserThread t, long headerVa, long dataVa) {
        if (!isGoodHeader(t, headerVa)) {
            return dataVa == 0 ? 0 : -Errno.EINVAL;
        }
        int pid = t.user().getInt(headerVa + 4);
        if (pid < 0) {
            return -Errno.EINVAL;
        }
        if (pid != 0 && t.process().manager().find(pid) == null) {
            return -Errno.ESRCH;
        }
        if (dataVa == 0) {
            return 0;
        }
        boolean isSmall = t.user().getInt(headerVa) == CAP_VERSION_1;
        boolean isRoot = t.process().credentials().isPrivileged();
        byte[] to = t.user().zeroed(24);
        for (int word = 0; word < 2 && isRoot; word++) {
            int bits = word == 0 ? -1 : (1 << CAP_LAST - 31) - 1;
            Le.putInt(to, word * 12, bits);
            Le.putInt(to, word * 12 + 4, bits);
        }
        t.user().putStruct(dataVa, isSmall ? 12 : 24);
        return 0;
    }

    private static long capset(UserThread t, long headerVa, long dataVa) {
        if (!isGoodHeader(t, headerVa)) {
            return -Errno.EINVAL;
        }
        int pid = t.user().getInt(headerVa + 4);
        t.user().struct(dataVa, 12);
        return pid == 0 || pid == t.process().pid() ? 0 : -Errno.EPERM;
    }
}
