package org.legoos.managers.processor.ipc;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.UserThread;

/** What all objects of System V IPC have (struct kern_ipc_perm). Guarded by itself. */
public abstract class IpcObject {
    /** struct ipc64_perm: key, uid, gid, cuid, cgid, mode, seq. */
    static final int PERM_BYTES = 48;
    private static final int UID = 4;
    private static final int GID = 8;
    private static final int CUID = 12;
    private static final int CGID = 16;
    private static final int MODE = 20;
    private static final int SEQ = 24;
    private static final int PERMISSIONS = 0777;

    final int key;
    private final int creatorUid;
    private final int creatorGid;
    private int uid;
    private int gid;
    private int mode;
    private int id; // set by the table
    private boolean isRemoved;

    IpcObject(UserThread t, int key, int mode) {
        Credentials who = t.process().credentials();
        this.key = key;
        this.uid = who.euid;
        this.creatorUid = who.euid;
        this.gid = who.egid;
        this.creatorGid = who.egid;
        this.mode = mode & PERMISSIONS;
    }

    void setId(int newId) {
        id = newId;
    }

    public int id() {
        return id;
    }

    synchronized boolean isRemoved() {
        return isRemoved;
    }

    synchronized void setRemoved() {
        isRemoved = true;
    }

    /** Everything has been changed and nobody waits on it any more. */
    abstract void wakeAll();

    /** EACCES when the thread may not do this (ipcperms of Linux). @param wanted of 04 read, 02 write */
    synchronized void require(UserThread t, int wanted) {
        Credentials who = t.process().credentials();
        boolean isOwner = who.euid == uid || who.euid == creatorUid;
        boolean isGroup = who.egid == gid || who.egid == creatorGid;
        int shift = isOwner ? 6 : isGroup ? 3 : 0;
        if (!who.has(Capability.CAP_IPC_OWNER) && (mode >> shift & wanted) != wanted) {
            throw SysError.of(Errno.EACCES);
        }
    }

    /** EPERM when the thread may not change or remove it. */
    synchronized void requireOwner(UserThread t) {
        Credentials who = t.process().credentials();
        if (!who.has(Capability.CAP_SYS_ADMIN) && who.euid != uid && who.euid != creatorUid) {
            throw SysError.of(Errno.EPERM);
        }
    }

    /** IPC_SET: owner and permissions as the program's structure has them. */
    synchronized void setPermissions(byte[] from) {
        uid = Le.getInt(from, UID);
        gid = Le.getInt(from, GID);
        mode = mode & ~PERMISSIONS | Le.getInt(from, MODE) & PERMISSIONS;
    }

    synchronized void setModeFlag(int flag, boolean isOn) {
        mode = isOn ? mode | flag : mode & ~flag;
    }

    synchronized int mode() {
        return mode;
    }

    synchronized void putPermissions(byte[] to) {
        Le.putInt(to, 0, key);
        Le.putInt(to, UID, uid);
        Le.putInt(to, GID, gid);
        Le.putInt(to, CUID, creatorUid);
        Le.putInt(to, CGID, creatorGid);
        Le.putInt(to, MODE, mode);
        Le.putShort(to, SEQ, id / IpcNumbers.OBJECTS_MAX);
    }

    /** What all lines of /proc/sysvipc end with. */
    final synchronized String owners() {
        return "%5d %5d %5d %5d".formatted(uid, gid, creatorUid, creatorGid);
    }
}
