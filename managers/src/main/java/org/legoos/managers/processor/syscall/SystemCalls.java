package org.legoos.managers.processor.syscall;

import java.security.SecureRandom;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.UtsnameLayout;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Identity;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;

/** The system itself: uname, random numbers. */
final class SystemCalls {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int GRND_ALL = 7;
    private static final int GRND_RANDOM = 2;
    private static final int GRND_INSECURE = 4;
    private static final long COUNT_MAX = 0x7ffff000L;
    private static final int CHUNK = 4096;
    private static final int UNAME26_BASE = 60;
    /** __NEW_UTS_LEN. */
    private static final int NAME_MAX = 64;

    private SystemCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("uname", (t, a, b, c, d, e, f) -> uname(t, a));
        table.full("sethostname", (t, a, b, c, d, e, f) -> {
            t.process().manager().sysctls().setHostName(newName(t, a, (int) b));
            return 0;
        });
        table.full("setdomainname", (t, a, b, c, d, e, f) -> {
            t.process().manager().sysctls().setDomainName(newName(t, a, (int) b));
            return 0;
        });
        table.full("getrandom", (t, a, b, c, d, e, f) -> getrandom(t, a, b, c));
    }

    private static void string(byte[] to, int at, String text) {
        byte[] bytes = Program.bytes(text);
        System.arraycopy(bytes, 0, to, at, Math.min(bytes.length, UtsnameLayout.NODENAME - 1));
    }

    /** The node's own names, which its programs see; the topology goes on to call it as it did. */
    private static String newName(UserThread t, long va, int length) {
        if (!t.process().credentials().has(Capability.CAP_SYS_ADMIN)) {
            throw SysError.of(Errno.EPERM);
        }
        if (length < 0 || length > NAME_MAX) {
            throw SysError.of(Errno.EINVAL);
        }
        byte[] name = new byte[length];
        t.user().read(va, name, length);
        String text = Program.latin1(name);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    /** What UNAME26 makes of 3.x to 6.x (override_release of Linux): 2.6.60 and the minor number, then the rest. */
    private static String release26() {
        String[] parts = Identity.RELEASE.split("\\.", 2);
        String minor = parts[1].replaceFirst("\\D.*", "");
        String rest = parts[1].substring(minor.length()).replaceFirst("^\\.\\d+", "");
        return "2.6." + (UNAME26_BASE + Integer.parseInt(minor)) + rest;
    }

    private static long uname(UserThread t, long va) {
        byte[] to = t.user().zeroed(UtsnameLayout.SIZE);
        string(to, UtsnameLayout.SYSNAME, Identity.SYSNAME);
        string(to, UtsnameLayout.NODENAME, t.process().manager().hostName());
        string(to, UtsnameLayout.RELEASE, t.process().flags().isUname26() ? release26() : Identity.RELEASE);
        string(to, UtsnameLayout.VERSION, Identity.VERSION);
        string(to, UtsnameLayout.MACHINE, Identity.MACHINE);
        string(to, UtsnameLayout.DOMAINNAME, t.process().manager().sysctls().domainName());
        t.user().putStruct(va, UtsnameLayout.SIZE);
        return 0;
    }

    private static long getrandom(UserThread t, long va, long length, long flags) {
        if ((flags & ~GRND_ALL) != 0 || (flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE)) {
            return -Errno.EINVAL;
        }
        long wanted = length < 0 ? COUNT_MAX : Math.min(length, COUNT_MAX);
        byte[] bytes = new byte[(int) Math.min(CHUNK, wanted)];
        long done = 0;
        while (done < wanted && !(done > 0 && t.isInterrupted())) {
            RANDOM.nextBytes(bytes);
            int chunk = (int) Math.min(bytes.length, wanted - done);
            int put = t.user().memory().write(va + done, bytes, 0, chunk);
            done += put;
            if (put < chunk) {
                return done > 0 ? done : -Errno.EFAULT;
            }
        }
        return done;
    }
}
