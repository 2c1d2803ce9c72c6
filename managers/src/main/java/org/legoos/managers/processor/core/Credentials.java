package org.legoos.managers.processor.core;

/** User and group ids of a process. Written by its own threads only. */
public final class Credentials {
    /** As NGROUPS_MAX of Linux; more are refused. */
    public static final int GROUPS_MAX = 65536;

    public int uid, euid, suid, fsuid;
    public int gid, egid, sgid, fsgid;
    public int[] groups = {};

    public Credentials copy() {
        Credentials copy = new Credentials();
        copy.setUids(uid, euid, suid);
        copy.setGids(gid, egid, sgid);
        copy.groups = groups.clone();
        return copy;
    }

    public void setUids(int real, int effective, int saved) {
        uid = real;
        euid = effective;
        suid = saved;
        fsuid = effective;
    }

    public void setGids(int real, int effective, int saved) {
        gid = real;
        egid = effective;
        sgid = saved;
        fsgid = effective;
    }

    /** Effective user is root: has all capabilities. */
    public boolean isPrivileged() {
        return euid == 0;
    }
}
