package org.legoos.managers.processor.core;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;

/** The settings below /proc/sys that a program may change; they hold for the node. */
public final class Sysctls {
    /** vm.memfd_noexec: memfd_create without MFD_EXEC or MFD_NOEXEC_SEAL gives executable files. */
    public static final int MEMFD_EXEC = 0;
    /** MFD_EXEC is refused. */
    public static final int MEMFD_NOEXEC_ENFORCED = 2;

    /** __NEW_UTS_LEN. */
    private static final int NAME_MAX = 64;

    private volatile String hostName;
    private volatile String domainName = Identity.DOMAIN;
    private volatile int memfdNoExec = MEMFD_EXEC;
    private volatile long pingGroupLeast; // all groups, as container engines have it
    private volatile long pingGroupMost = Integer.MAX_VALUE;

    /** @param hostName at first */
    Sysctls(String hostName) {
        this.hostName = hostName;
    }

    /** uname's nodename. */
    public String hostName() {
        return hostName;
    }

    public void setHostName(String name) {
        hostName = name;
    }

    /** uname's domainname. */
    public String domainName() {
        return domainName;
    }

    public void setDomainName(String name) {
        domainName = name;
    }

    public int memfdNoExec() {
        return memfdNoExec;
    }

    /** What a program writes to the file. */
    public void setMemfdNoExec(UserThread t, byte[] text) {
        memfdNoExec = number(t, text, MEMFD_EXEC, MEMFD_NOEXEC_ENFORCED);
    }

    /** The file's content. */
    public String pingGroups() {
        return pingGroupLeast + "\t" + pingGroupMost + "\n";
    }

    /** net.ipv4.ping_group_range: two numbers; a least one above the most means nobody. */
    public void setPingGroups(UserThread t, byte[] text) {
        String[] words = Program.latin1(text).strip().split("\\s+");
        if (words.length != 2) {
            throw SysError.of(Errno.EINVAL);
        }
        long least = number(t, Program.bytes(words[0]), 0, Integer.MAX_VALUE);
        long most = number(t, Program.bytes(words[1]), 0, Integer.MAX_VALUE);
        boolean isNobody = most < least;
        pingGroupLeast = isNobody ? 1 : least;
        pingGroupMost = isNobody ? 0 : most;
    }

    /** Whether one of its groups may have ICMP datagram sockets. */
    public boolean mayPing(Credentials who) {
        if (isPingGroup(who.egid)) {
            return true;
        }
        for (int group : who.groups) {
            if (isPingGroup(group)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPingGroup(int group) {
        long number = Integer.toUnsignedLong(group);
        return number >= pingGroupLeast && number <= pingGroupMost;
    }

    /** What a program writes to a file that holds a name. */
    public static String name(UserThread t, byte[] text) {
        if (!t.process().credentials().has(Capability.CAP_SYS_ADMIN)) {
            throw SysError.of(Errno.EPERM);
        }
        String line = Program.latin1(text).split("\n", 2)[0];
        return line.substring(0, Math.min(line.length(), NAME_MAX));
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
