package org.legoos.managers.rpc;

import java.lang.foreign.MemorySegment;

/**
 * In whose name a request about files is done: what access checks of memory and storage nodes go by (path_resolution(7),
 * "Permissions"; credentials(7)).
 *
 * @param uid fsuid of the program: 0 may everything; @param gid fsgid; @param groups the supplementary ones;
 *     @param isHolder whether the program has open what it asks about, and so asks nobody for the way to it
 */
public record Caller(int uid, int gid, int[] groups, boolean isHolder) {
    /** As many supplementary groups travel with a request; those beyond give no rights (NFS's AUTH_SYS carries 16). */
    public static final int GROUPS_MAX = 64;

    private static final int[] NO_GROUPS = {};

    public static final Caller ROOT = new Caller(0, 0);

    public Caller(int uid, int gid) {
        this(uid, gid, NO_GROUPS, false);
    }

    /** Of a {@link PathRequest}, whose paths come next; {@link MessageReader#isBad} when there cannot be so many groups. */
    public static Caller read(MemorySegment ram, long at, MessageReader reader) {
        int uid = PathRequest.UID.get(ram, at);
        int gid = PathRequest.GID.get(ram, at);
        int[] groups = reader.ints(PathRequest.GROUPS.get(ram, at), GROUPS_MAX);
        return new Caller(uid, gid, groups == null ? NO_GROUPS : groups, PathRequest.IS_HOLDER.get(ram, at) != 0);
    }

    public boolean isRoot() {
        return uid == 0;
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
