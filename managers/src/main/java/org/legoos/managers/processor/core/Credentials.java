package org.legoos.managers.processor.core;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;

/**
 * User and group ids and capabilities of a process (credentials(7), capabilities(7)): at first root's. Written by its own
 * threads only.
 */
public final class Credentials {
    /** As NGROUPS_MAX of Linux; more are refused. */
    public static final int GROUPS_MAX = 65536;

    /** PR_SET_SECUREBITS; each has a lock bit above it. */
    public static final int SECBIT_NOROOT = 1;

    public static final int SECBIT_NO_SETUID_FIXUP = 1 << 2;
    public static final int SECBIT_KEEP_CAPS = 1 << 4;
    public static final int SECBIT_NO_CAP_AMBIENT_RAISE = 1 << 6;
    public static final int SECUREBITS_ALL = 0xff;

    /** The bits that may be locked, and how far their locks are above them. */
    public static final int SECUREBITS_BASE = 0x55;

    public static final int SECUREBITS_LOCK_SHIFT = 1;

    public int uid, euid, suid, fsuid;
    public int gid, egid, sgid, fsgid;
    public int[] groups = {};

    public long permitted = Capability.ALL;
    public long effective = Capability.ALL;
    public long inheritable;
    public long bounding = Capability.ALL;
    public long ambient;
    public int securebits;

    public Credentials copy() {
        Credentials copy = new Credentials();
        copy.uid = uid;
        copy.euid = euid;
        copy.suid = suid;
        copy.fsuid = fsuid;
        copy.setGids(gid, egid, sgid);
        copy.fsgid = fsgid;
        copy.groups = groups.clone();
        copy.permitted = permitted;
        copy.effective = effective;
        copy.inheritable = inheritable;
        copy.bounding = bounding;
        copy.ambient = ambient;
        copy.securebits = securebits;
        return copy;
    }

    /** Whether the process may do what this capability is for. */
    public boolean has(int capability) {
        return (effective >>> capability & 1) != 0;
    }

    /** setuid(2) and its relatives, with what they do to capabilities (cap_task_fix_setuid of Linux). */
    public void setUids(int real, int newEffective, int saved) {
        boolean hadRoot = uid == 0 || euid == 0 || suid == 0;
        boolean hasRoot = real == 0 || newEffective == 0 || saved == 0;
        boolean wasRoot = euid == 0;
        uid = real;
        euid = newEffective;
        suid = saved;
        fsuid = newEffective;
        if ((securebits & SECBIT_NO_SETUID_FIXUP) != 0) {
            return;
        }
        if (hadRoot && !hasRoot) {
            if ((securebits & SECBIT_KEEP_CAPS) == 0) {
                permitted = Capability.NONE;
                effective = Capability.NONE;
            }
            ambient = Capability.NONE;
        }
        if (wasRoot && euid != 0) {
            effective = Capability.NONE;
        } else if (!wasRoot && euid == 0) {
            effective = permitted;
        }
    }

    /** setfsuid(2). */
    public void setFsuid(int id) {
        boolean wasRoot = fsuid == 0;
        fsuid = id;
        if ((securebits & SECBIT_NO_SETUID_FIXUP) != 0) {
            return;
        }
        if (wasRoot && id != 0) {
            effective &= ~Capability.OF_FILES;
        } else if (!wasRoot && id == 0) {
            effective |= permitted & Capability.OF_FILES;
        }
    }

    public void setGids(int real, int newEffective, int saved) {
        gid = real;
        egid = newEffective;
        sgid = saved;
        fsgid = newEffective;
    }

    /** Whether the group is one of the process's. */
    public boolean isIn(int group) {
        if (fsgid == group) {
            return true;
        }
        for (int member : groups) {
            if (member == group) {
                return true;
            }
        }
        return false;
    }

    /**
     * What execve(2) makes of this: "Transformation of capabilities during execve()" in capabilities(7). Throws EPERM when a
     * file wants capabilities to be effective that the bounding set keeps back.
     *
     * @param fileUid what the set-user-ID bit gives, or -1
     * @param fileGid what the set-group-ID bit gives, or -1
     * @param file what the file's own capabilities are, null for none
     */
    Credentials afterExec(int fileUid, int fileGid, FileCapabilities file) {
        Credentials after = copy();
        after.euid = fileUid == -1 ? euid : fileUid;
        after.suid = after.euid;
        after.fsuid = after.euid;
        after.setGids(gid, fileGid == -1 ? egid : fileGid, fileGid == -1 ? egid : fileGid);
        boolean rootCounts = (securebits & SECBIT_NOROOT) == 0 && (file == null || after.euid != 0 || uid == 0);
        boolean givesAll = rootCounts && (after.euid == 0 || uid == 0);
        boolean isEffective = rootCounts && after.euid == 0 || file != null && file.isEffective();
        long ofFile = file == null ? Capability.NONE : file.permitted() & bounding | file.inheritable() & inheritable;
        if (!givesAll && file != null && file.isEffective() && (file.permitted() & ~ofFile) != 0) {
            throw SysError.of(Errno.EPERM);
        }
        boolean isPrivileged = fileUid != -1 && fileUid != euid || fileGid != -1 && fileGid != egid;
        after.ambient = isPrivileged || file != null ? Capability.NONE : ambient;
        after.permitted = (givesAll ? inheritable | bounding : ofFile) | after.ambient;
        after.effective = isEffective ? after.permitted : after.ambient;
        after.securebits &= ~SECBIT_KEEP_CAPS;
        return after;
    }

    /** Takes over what execve has made. */
    void become(Credentials after) {
        uid = after.uid;
        euid = after.euid;
        suid = after.suid;
        fsuid = after.fsuid;
        setGids(after.gid, after.egid, after.sgid);
        permitted = after.permitted;
        effective = after.effective;
        inheritable = after.inheritable;
        bounding = after.bounding;
        ambient = after.ambient;
        securebits = after.securebits;
    }
}
