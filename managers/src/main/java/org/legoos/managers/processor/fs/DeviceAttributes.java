package org.legoos.managers.processor.fs;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;

/** What chmod(2), chown(2) and utimensat(2) change of a device node; gone with the node. Thread-safe. */
public final class DeviceAttributes {
    private int permissions; // guarded by this, as all below
    private int uid;
    private int gid;
    private long atimeNs; // 0: the moment of who asks
    private long mtimeNs;

    public DeviceAttributes(int permissions, int uid, int gid) {
        this.permissions = permissions;
        this.uid = uid;
        this.gid = gid;
    }

    synchronized int permissions() {
        return permissions;
    }

    /** Sets owner and times; those that nobody has set stay as they are. */
    synchronized void fill(FileService.Stat to) {
        to.uid = uid;
        to.gid = gid;
        to.atimeNs = atimeNs == 0 ? to.atimeNs : atimeNs;
        to.mtimeNs = mtimeNs == 0 ? to.mtimeNs : mtimeNs;
    }

    /** @param mask FileService.SET_*; @return 0 or EPERM */
    public synchronized int set(Credentials caller, int mask, FileService.Stat from) {
        boolean changesOwner = (mask & (FileService.SET_UID | FileService.SET_GID)) != 0;
        boolean mayChange = changesOwner ? caller.has(Capability.CAP_CHOWN) || caller.fsuid == uid
                : caller.has(Capability.CAP_FOWNER) || caller.fsuid == uid;
        if (!mayChange) {
            return -Errno.EPERM;
        }
        permissions = (mask & FileService.SET_MODE) != 0 ? from.mode & FileMode.PERMISSIONS : permissions;
        uid = (mask & FileService.SET_UID) != 0 ? from.uid : uid;
        gid = (mask & FileService.SET_GID) != 0 ? from.gid : gid;
        atimeNs = (mask & FileService.SET_ATIME) != 0 ? from.atimeNs : atimeNs;
        mtimeNs = (mask & FileService.SET_MTIME) != 0 ? from.mtimeNs : mtimeNs;
        return 0;
    }
}
