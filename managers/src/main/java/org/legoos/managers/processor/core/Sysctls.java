package org.legoos.managers.processor.core;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;

/** The settings below /proc/sys that a program may change; they hold for the node. */
public final class Sysctls {
    /** vm.memfd_noexec: memfd_create without MFD_EXEC or MFD_NOEXEC_SEAL gives executable files. */
    public static final int MEMFD_EXEC = 0;
    /** MFD_EXEC is refused. */
    public static final int MEMFD_NOEXEC_ENFORCED = 2;

    private volatile int memfdNoExec = MEMFD_EXEC;

    public int memfdNoExec() {
        return memfdNoExec;
    }

    /** What a program writes to the file. */
    public void setMemfdNoExec(UserThread t, byte[] text) {
        memfdNoExec = number(t, text, MEMFD_EXEC, MEMFD_NOEXEC_ENFORCED);
    }

    private static int number(UserThread t, byte[] text, int least, int most) {
        if (!t.process().credentials().has(Capability.CAP_SYS_ADMIN)) {
            throw SysError.of(Errno.EPERM);
        }
        try {
            int number = Integer.parseInt(Program.latin1(text).strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as a number out of range
        }
        throw SysError.of(Errno.EINVAL);
    }
}
