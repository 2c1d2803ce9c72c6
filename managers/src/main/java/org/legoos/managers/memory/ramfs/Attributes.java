package org.legoos.managers.memory.ramfs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.StatRecord;

/** chmod, chown and utimensat: who may change what of an inode. */
final class Attributes {
    private Attributes() {}

    static int set(Inode inode, int mask, Caller who, MemorySegment from, long at, long nowNs) {
        int error = check(inode, mask, who, StatRecord.UID.get(from, at), StatRecord.GID.get(from, at));
        if (error != 0) {
            return error;
        }
        if ((mask & (StatRecord.SET_UID | StatRecord.SET_GID)) != 0 && !(inode instanceof Directory)) {
            inode.mode &= ~inode.idBitsLost(who);
        }
        if ((mask & StatRecord.SET_UID) != 0) {
            inode.uid = StatRecord.UID.get(from, at);
        }
        if ((mask & StatRecord.SET_GID) != 0) {
            inode.gid = StatRecord.GID.get(from, at);
        }
        if ((mask & StatRecord.SET_MODE) != 0) {
            if (inode instanceof SymbolicLink) {
                return -Errno.EOPNOTSUPP;
            }
            int foreign = who.losesGroupBit(inode.gid) ? Inode.S_ISGID : 0;
            inode.mode = inode.mode & ~Inode.MODE_BITS | StatRecord.MODE.get(from, at) & Inode.MODE_BITS & ~foreign;
        }
        setTimes(inode, mask, from, at, nowNs);
        inode.ctimeNs = nowNs;
        return 0;
    }

    /** setattr_prepare of Linux. */
    private static int check(Inode inode, int mask, Caller who, int newUid, int newGid) {
        if (!who.actsFor(inode.uid) && mask == (StatRecord.SET_ATIME_NOW | StatRecord.SET_MTIME_NOW)) {
            return inode.allows(who, Inode.MAY_WRITE) ? 0 : -Errno.EACCES;
        }
        int uid = (mask & StatRecord.SET_UID) != 0 ? newUid : -1;
        int gid = (mask & StatRecord.SET_GID) != 0 ? newGid : -1;
        boolean changesRest = (mask & ~(StatRecord.SET_UID | StatRecord.SET_GID)) != 0;
        boolean mayOwners = uid == -1 && gid == -1 || who.mayChown(inode.uid, inode.gid, uid, gid);
        return mayOwners && (!changesRest || who.actsFor(inode.uid)) ? 0 : -Errno.EPERM;
    }

    private static void setTimes(Inode inode, int mask, MemorySegment from, long at, long nowNs) {
        if ((mask & StatRecord.SET_ATIME) != 0) {
            inode.atimeNs = StatRecord.ATIME_NS.get(from, at);
        }
        if ((mask & StatRecord.SET_MTIME) != 0) {
            inode.mtimeNs = StatRecord.MTIME_NS.get(from, at);
        }
        if ((mask & StatRecord.SET_ATIME_NOW) != 0) {
            inode.atimeNs = nowNs;
        }
        if ((mask & StatRecord.SET_MTIME_NOW) != 0) {
            inode.mtimeNs = nowNs;
        }
    }
}
