package org.legoos.managers.processor.syscall;

import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;

/** Owner, group, others: the classic permission check (generic_permission of Linux). */
final class Permissions {
    private Permissions() {}

    /** @param wanted R 4, W 2, X 1 */
    static boolean allows(Credentials who, boolean isEffective, FileService.Stat stat, int wanted) {
        int uid = isEffective ? who.euid : who.uid;
        int gid = isEffective ? who.egid : who.gid;
        boolean isPrivileged = isEffective ? who.has(Capability.CAP_DAC_OVERRIDE)
                : uid == 0 && (who.permitted & Capability.bit(Capability.CAP_DAC_OVERRIDE)) != 0;
        if (isPrivileged) {
            boolean isExecutable = FileMode.isDirectory(stat.mode) || (stat.mode & 0111) != 0;
            return (wanted & 1) == 0 || isExecutable;
        }
        boolean onlyReads = (wanted & 2) == 0 && (FileMode.isDirectory(stat.mode) || (wanted & 1) == 0);
        if (isEffective && onlyReads && who.has(Capability.CAP_DAC_READ_SEARCH)) {
            return true;
        }
        int bits = uid == stat.uid ? stat.mode >>> 6 : isMember(who, gid, stat.gid) ? stat.mode >>> 3 : stat.mode;
        return (bits & wanted) == wanted;
    }

    private static boolean isMember(Credentials who, int gid, int group) {
        for (int member : who.groups) {
            if (member == group) {
                return true;
            }
        }
        return gid == group;
    }
}
