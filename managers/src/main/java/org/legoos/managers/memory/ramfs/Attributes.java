package org.legoos.managers.memory.ramfs;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.StatRecord;

/** chmod, chown and utimensat: who may change what of an inode. */
final class Attributes {
    private static final int S_ISUID = 04000;
    private static final int S_ISGID = 02000;

    private Attributes() {}

    static int set(Inode inode, int mask, int callerUid, int callerGid, MemorySegment from, long at, long nowNs) {
        boolean isOwner = callerUid == 0 || callerUid == inode.uid;
        boolean changesOwner = (mask & (StatRecord.SET_UID | StatRecord.SET_GID)) != 0;
        boolean isTouch = mask == (StatRecord.SET_ATIME_NOW | StatRecord.SET_MTIME_NOW)
                && inode.allows(callerUid, callerGid, Inode.MAY_WRITE);
        if (!isOwner && !isTouch || changesOwner && callerUid != 0) {
            return -Errno.EPERM;
        }
        if ((mask & StatRecord.SET_UID) != 0) {
            inode.uid = StatRecord.UID.get(from, at);
        }
        if ((mask & StatRecord.SET_GID) != 0) {
            inode.gid = StatRecord.GID.get(from, at);
        }
        if (changesOwner && inode instanceof RegularFile) {
            inode.mode &= ~(S_ISUID | S_ISGID);
        }
        if ((mask & StatRecord.SET_MODE) != 0) {
            if (inode instanceof SymbolicLink) {
                return -Errno.EOPNOTSUPP;
            }
            inode.mode = inode.mode & ~Inode.MODE_BITS | StatRecord.MODE.get(from, at) & Inode.MODE_BITS;
        }
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
        inode.ctimeNs = nowNs;
        return 0;
    }
}
