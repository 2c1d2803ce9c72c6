package org.legoos.managers.rpc;

/**
 * Every P2S_* call and P2M_FSYNC: fields that a call does not name are 0; string path and then string path2 follow
 * at {@link #SIZE_BYTES} (both always there, maybe empty).
 *
 * <pre>
 *  call      FLAGS         MODE   VALUE     path       path2  reply behind StatusReply
 *  OPEN      O_* flags     mode             file       -
 *  STAT      FOLLOW                         file       -      {@link StatRecord}
 *  ACCESS    R_OK W_OK X_OK                 file       -
 *  TRUNCATE                       size      file       -
 *  GETDENTS  bytes wanted         position  directory  -      STATUS bytes of linux_dirent64, VALUE next position
 *  RENAME    RENAME_*                       from       to
 *  MKDIR                   mode             directory  -
 *  RMDIR, UNLINK, FSYNC                     file       -
 *  LINK                                     existing   new
 *  SYMLINK                                  target     new
 *  READLINK                                 link       -      STATUS bytes of the target
 *  SETATTR   FOLLOW        SET_*            file       -      (a {@link StatRecord} follows path2 in the request)
 *  STATFS                                   file       -      {@link StatfsRecord}
 * </pre>
 */
public final class PathRequest {
    /** {@link #FLAGS}: follow a symbolic link as the last component. */
    public static final int FOLLOW = 1;

    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U32 UID = L.u32();
    public static final Layout.U32 GID = L.u32();
    public static final Layout.U32 FLAGS = L.u32();
    public static final Layout.U32 MODE = L.u32();
    public static final Layout.U64 VALUE = L.u64();
    public static final int SIZE_BYTES = L.size();

    /** Enough for any request of this kind. */
    public static final int MAX_MESSAGE_BYTES =
            SIZE_BYTES + 2 * (Short.BYTES + FileTransfer.MAX_PATH_BYTES) + StatRecord.SIZE_BYTES;

    private PathRequest() {}
}
