package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;

/** capget(2), capset(2), and prctl(2)'s part of capabilities (security/commoncap.c). */
final class CapabilityCalls {
    private static final int CAP_VERSION_1 = 0x19980330;
    private static final int CAP_VERSION_2 = 0x20071026;
    private static final int CAP_VERSION_3 = 0x20080522;

    /** struct __user_cap_data_struct: effective, permitted, inheritable; the higher halves follow in a second one. */
    private static final int DATA_BYTES = 12;

    private static final int PERMITTED = 4;
    private static final int INHERITABLE = 8;

    private static final int PR_CAP_AMBIENT_IS_SET = 1;
    private static final int PR_CAP_AMBIENT_RAISE = 2;
    private static final int PR_CAP_AMBIENT_LOWER = 3;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;

    private CapabilityCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("capget", (t, a, b, c, d, e, f) -> capget(t, a, b));
        table.full("capset", (t, a, b, c, d, e, f) -> capset(t, a, b));
    }

    /** How many data structures a version has; 0 for an unknown one, which is answered with the version preferred. */
    private static int words(UserThread t, long headerVa) {
        int version = t.user().getInt(headerVa);
        if (version == CAP_VERSION_3 || version == CAP_VERSION_2) {
            return 2;
        }
        if (version != CAP_VERSION_1) {
            t.user().putInt(headerVa, CAP_VERSION_3);
            return 0;
        }
        return 1;
    }

    private static long capget(UserThread t, long headerVa, long dataVa) {
        int words = words(t, headerVa);
        if (words == 0) {
            return dataVa == 0 ? 0 : -Errno.EINVAL;
        }
        int pid = t.user().getInt(headerVa + 4);
        if (pid < 0) {
            return -Errno.EINVAL;
        }
        UserThread other = pid == 0 ? t : t.process().manager().findThread(pid);
        if (other == null) {
            return -Errno.ESRCH;
        }
        if (dataVa == 0) {
            return 0;
        }
        Credentials of = other.process().credentials();
        byte[] to = t.user().zeroed(2 * DATA_BYTES);
        for (int word = 0; word < words; word++) {
            Le.putInt(to, word * DATA_BYTES, half(of.effective, word));
            Le.putInt(to, word * DATA_BYTES + PERMITTED, half(of.permitted, word));
            Le.putInt(to, word * DATA_BYTES + INHERITABLE, half(of.inheritable, word));
        }
        t.user().putStruct(dataVa, words * DATA_BYTES);
        return 0;
    }

    private static int half(long set, int word) {
        return (int) (set >>> word * Integer.SIZE);
    }

    private static long whole(byte[] from, int at, int words) {
        long low = Integer.toUnsignedLong(Le.getInt(from, at));
        long high = words == 1 ? 0 : Integer.toUnsignedLong(Le.getInt(from, at + DATA_BYTES));
        return (low | high << Integer.SIZE) & Capability.ALL;
    }

    private static long capset(UserThread t, long headerVa, long dataVa) {
        int words = words(t, headerVa);
        if (words == 0) {
            return -Errno.EINVAL;
        }
        int pid = t.user().getInt(headerVa + 4);
        if (pid != 0 && pid != t.tid()) {
            return -Errno.EPERM;
        }
        byte[] from = t.user().struct(dataVa, words * DATA_BYTES);
        long effective = whole(from, 0, words);
        long permitted = whole(from, PERMITTED, words);
        long inheritable = whole(from, INHERITABLE, words);
        Credentials me = t.process().credentials();
        boolean isInheritableBad = !me.has(Capability.CAP_SETPCAP) && (inheritable & ~(me.inheritable | me.permitted)) != 0
                || (inheritable & ~(me.inheritable | me.bounding)) != 0;
        if (isInheritableBad || (permitted & ~me.permitted) != 0 || (effective & ~permitted) != 0) {
            return -Errno.EPERM;
        }
        me.effective = effective;
        me.permitted = permitted;
        me.inheritable = inheritable;
        me.ambient &= permitted & inheritable;
        return 0;
    }

    static long readBounding(Process process, long capability) {
        return Capability.isKnown(capability) ? process.credentials().bounding >>> capability & 1 : -Errno.EINVAL;
    }

    static long dropBounding(Process process, long capability) {
        Credentials me = process.credentials();
        if (!me.has(Capability.CAP_SETPCAP)) {
            return -Errno.EPERM;
        }
        if (!Capability.isKnown(capability)) {
            return -Errno.EINVAL;
        }
        me.bounding &= ~Capability.bit((int) capability);
        return 0;
    }

    static long ambient(Process process, long operation, long capability, boolean isRestZero) {
        Credentials me = process.credentials();
        if (operation == PR_CAP_AMBIENT_CLEAR_ALL) {
            if (capability != 0 || !isRestZero) {
                return -Errno.EINVAL;
            }
            me.ambient = Capability.NONE;
            return 0;
        }
        if (!isRestZero || !Capability.isKnown(capability) || operation < PR_CAP_AMBIENT_IS_SET
                || operation > PR_CAP_AMBIENT_LOWER) {
            return -Errno.EINVAL;
        }
        long bit = Capability.bit((int) capability);
        if (operation == PR_CAP_AMBIENT_IS_SET) {
            return (me.ambient & bit) != 0 ? 1 : 0;
        }
        if (operation == PR_CAP_AMBIENT_LOWER) {
            me.ambient &= ~bit;
            return 0;
        }
        boolean isForbidden = (me.securebits & Credentials.SECBIT_NO_CAP_AMBIENT_RAISE) != 0;
        if (isForbidden || (me.permitted & me.inheritable & bit) == 0) {
            return -Errno.EPERM;
        }
        me.ambient |= bit;
        return 0;
    }

    static long setSecurebits(Process process, long bits) {
        Credentials me = process.credentials();
        int locks = me.securebits & Credentials.SECUREBITS_BASE << Credentials.SECUREBITS_LOCK_SHIFT;
        int locked = locks >> Credentials.SECUREBITS_LOCK_SHIFT;
        boolean changesLocked = ((me.securebits ^ bits) & locked) != 0;
        boolean unlocks = (locks & ~bits) != 0;
        boolean isUnknown = (bits & ~Credentials.SECUREBITS_ALL) != 0;
        if (changesLocked || unlocks || isUnknown || !me.has(Capability.CAP_SETPCAP)) {
            return -Errno.EPERM;
        }
        me.securebits = (int) bits;
        return 0;
    }

    static long setKeepCaps(Process process, long keeps) {
        Credentials me = process.credentials();
        if (keeps != 0 && keeps != 1) {
            return -Errno.EINVAL;
        }
        if ((me.securebits & Credentials.SECBIT_KEEP_CAPS << Credentials.SECUREBITS_LOCK_SHIFT) != 0) {
            return -Errno.EPERM;
        }
        me.securebits = keeps == 1 ? me.securebits | Credentials.SECBIT_KEEP_CAPS : me.securebits & ~Credentials.SECBIT_KEEP_CAPS;
        return 0;
    }
}
