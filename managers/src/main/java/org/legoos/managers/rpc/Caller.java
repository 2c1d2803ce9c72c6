package org.legoos.managers.rpc;

import java.lang.foreign.MemorySegment;

/**
 * In whose name a request about files is done: what access checks of memory and storage nodes go by (path_resolution(7),
 * "Permissions"; credentials(7)).
 *
 * @param uid fsuid of the program; @param gid fsgid; @param groups the supplementary ones;
 *     @param capabilities the first 32 effective ones as bits: what a user has is in them, not in being user 0;
 *     @param isHolder whether the program has open what it asks about, and so asks nobody for the way to it
 */
public record Caller(int uid, int gid, int[] groups, int capabilities, boolean isHolder) {
    /** Of capabilities(7), those that files are about. */
    public static final int CAP_CHOWN = 0;

    public static final int CAP_DAC_OVERRIDE = 1;
    public static final int CAP_DAC_READ_SEARCH = 2;
    public static final int CAP_FOWNER = 3;
    public static final int CAP_FSETID = 4;
    public static final int CAP_SYS_ADMIN = 21;
    public static final int CAP_MKNOD = 27;
    public static final int CAP_SETFCAP = 31;
    /** What root has. */
    public static final int ALL_CAPABILITIES = -1;

    /** What somebody may want to do with a file, as bits. */
    private static final int EXECUTE = 1;
    private static final int WRITE = 2;
    private static final int ANY_EXECUTE = 0111;

    /** As many supplementary groups travel with a request; those beyond give no rights (NFS's AUTH_SYS carries 16). */
    public static final int GROUPS_MAX = 64;

    private static final int[] NO_GROUPS = {};

    public static final Caller ROOT = new Caller(0, 0);

    public Caller(int uid, int gid) {
        this(uid, gid, NO_GROUPS, uid == 0 ? ALL_CAPABILITIES : 0, false);
    }

    /** Of a {@link PathRequest}, whose paths come next; {@link MessageReader#isBad} when there cannot be so many groups. */
    public static Caller read(MemorySegment ram, long at, MessageReader reader) {
        int uid = PathRequest.UID.get(ram, at);
        int gid = PathRequest.GID.get(ram, at);
        int[] groups = reader.ints(PathRequest.GROUPS.get(ram, at), GROUPS_MAX);
        return new Caller(uid, gid, groups == null ? NO_GROUPS : groups, PathRequest.CAPABILITIES.get(ram, at),
                PathRequest.IS_HOLDER.get(ram, at) != 0);
    }

    public boolean has(int capability) {
        return (capabilities >>> capability & 1) != 0;
    }

    /** Whether all directories can be searched. */
    public boolean maySearchAll() {
        return has(CAP_DAC_OVERRIDE) || has(CAP_DAC_READ_SEARCH);
    }

    /** Whether it counts as the owner of somebody's file. */
    public boolean actsFor(int owner) {
        return uid == owner || has(CAP_FOWNER);
    }

    /** Whether the set-group-ID bit of a group's file is to go when it makes or changes one. */
    public boolean losesGroupBit(int group) {
        return !has(CAP_FSETID) && !isIn(group);
    }

    /**
     * generic_permission of Linux.
     *
     * @param mode permissions of the file, whose owner and group the other two are
     * @param wanted 4 to read, 2 to write, 1 to execute or search
     */
    public boolean allows(int mode, int ownerUid, int ownerGid, boolean isDirectory, int wanted) {
        if ((mode >>> modeShift(ownerUid, ownerGid) & wanted) == wanted) {
            return true;
        }
        boolean executes = (wanted & EXECUTE) != 0;
        if (has(CAP_DAC_OVERRIDE) && (!executes || isDirectory || (mode & ANY_EXECUTE) != 0)) {
            return true;
        }
        return has(CAP_DAC_READ_SEARCH) && (wanted & WRITE) == 0 && (isDirectory || !executes);
    }

    /**
     * setattr_prepare of Linux, for changes of owner and group.
     *
     * @param newUid,newGid -1 for no change
     */
    public boolean mayChown(int ownerUid, int ownerGid, int newUid, int newGid) {
        boolean keepsOwner = newUid == -1 || newUid == ownerUid;
        boolean mayHaveGroup = newGid == -1 || newGid == ownerGid || isIn(newGid);
        return has(CAP_CHOWN) || uid == ownerUid && keepsOwner && mayHaveGroup;
    }

    /** Who may change or see an attribute of the trusted or security name space (xattr_permission, cap_inode_setxattr). */
    public boolean mayHaveAttribute(String name, boolean writes) {
        if (name.startsWith("trusted.")) {
            return has(CAP_SYS_ADMIN);
        }
        return !writes || has(name.equals("security.capability") ? CAP_SETFCAP : CAP_SYS_ADMIN);
    }

    public boolean isIn(int group) {
        if (gid == group) {
            return true;
        }
        for (int each : groups) {
            if (each == group) {
                return true;
            }
        }
        return false;
    }

    /** Which three bits of a mode are the caller's, as how far they are to be shifted. */
    public int modeShift(int ownerUid, int ownerGid) {
        return uid == ownerUid ? OWNER_SHIFT : isIn(ownerGid) ? GROUP_SHIFT : 0;
    }

    private static final int OWNER_SHIFT = 6;
    private static final int GROUP_SHIFT = 3;
}
