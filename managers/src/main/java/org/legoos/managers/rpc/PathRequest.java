package org.legoos.managers.rpc;

/**
 * Every P2S_* call, P2M_FSYNC and the M2S_* calls that carry no content: fields that a call does not name are 0;
 * the caller's supplementary groups follow at {@link #SIZE_BYTES}, as many as {@link #GROUPS} says, 32 bits each, and then
 * string path and string path2 (both always there, maybe empty). A storage node
 * keeps nothing between two calls: each names vNode, full path (absolute, without "." and "..", no symbolic link but
 * as last component: one on the way is -ELOOP, to be walked by the processor) and absolute position.
 *
 * <pre>
 *  call        FLAGS         MODE   VALUE     path       path2  reply behind StatusReply
 *  OPEN        O_* flags     mode             file       -      {@link StatRecord} of the file opened or made
 *  STAT        FOLLOW                         file       -      {@link StatRecord}
 *  LOOKUP                                     file       -      see below
 *  ACCESS      R_OK W_OK X_OK                 file       -
 *  TRUNCATE                         size      file       -
 *  GETDENTS    bytes wanted         position  directory  -      STATUS bytes of linux_dirent64, VALUE next position
 *  RENAME      RENAME_*                       from       to     as UNLINK, of a file that was replaced
 *  MKDIR                     mode             directory  -
 *  MKNOD                     mode   rdev      file       -      (type in mode: S_IFREG, S_IFIFO, S_IFSOCK, S_IFCHR, S_IFBLK)
 *  RMDIR                                      directory  -
 *  UNLINK                                     file       -      {@link StatRecord} with DEV and INO, when that was its last name
 *  LINK                                       existing   new
 *  SYMLINK                                    target     new
 *  READLINK                                   link       -      STATUS bytes of the target
 *  SETATTR     FOLLOW        SET_*            file       -      (a {@link StatRecord} follows path2 in the request)
 *  STATFS                                     file       -      {@link StatfsRecord}
 *  FADVISE     pages                offset    file       -      (POSIX_FADV_DONTNEED; 0 pages: to the end)
 *  FSYNC       DATA_ONLY                      file       -      answered when it is on the disk; directories too
 *  SYNCFS                                     file       -
 *  LSEEK       SEEK_*               offset    file       -      VALUE the offset found, or -ENXIO
 *  FALLOCATE   FALLOC_FL_*          offset    file       -      (an {@link ExtentRecord} follows path2: LENGTH)
 *  COPY_RANGE                       offset    from       to     (ExtentRecord: LENGTH, TO_OFFSET) STATUS bytes copied
 *  SETXATTR    FOLLOW        XATTR_*          file       name   (a long string follows path2: the value)
 *  GETXATTR    FOLLOW               size      file       name   STATUS bytes of the value, or its length when size is 0
 *  LISTXATTR   FOLLOW               size      file       -      STATUS bytes: names, each with a NUL
 *  REMOVEXATTR FOLLOW                         file       name
 * </pre>
 *
 * <p>LOOKUP walks as far as it can: the reply has VALUE = how many bytes of path it went, a {@link StatRecord} of what is
 * there, and a string behind it. VALUE = the path's length: the record is lstat's of the file. Less: the record is
 * of a symbolic link on the way and the string is its target (also set when the last component is a link). A component that is
 * not there: its record has MODE 0, VALUE reaches to its end; everything before it is a directory. Errors: -ENOTDIR, -EACCES.
 *
 * <p>Names that begin with {@link #HIDDEN} are the processor's for files that have lost their last name but are open, and for
 * O_TMPFILE: the number of the node, a dash, and a number of its own. They are not listed, and a storage node forgets those of earlier
 * runs.
 */
public final class PathRequest {
    /** {@link #FLAGS}: follow a symbolic link as the last component. */
    public static final int FOLLOW = 1;

    /** {@link #FLAGS} of FSYNC: fdatasync(2). */
    public static final int DATA_ONLY = 1;

    /** How hidden names begin; a number follows. */
    public static final String HIDDEN = "/.lego-deleted-";

    /** Longest value of an extended attribute, as Linux's XATTR_SIZE_MAX. */
    public static final int MAX_XATTR_BYTES = 65536;

    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U32 UID = L.u32();
    public static final Layout.U32 GID = L.u32();
    public static final Layout.U32 FLAGS = L.u32();
    public static final Layout.U32 MODE = L.u32();
    public static final Layout.U64 VALUE = L.u64();
    /** Whose files: a storage node has a directory for each vNode. */
    public static final Layout.U32 VNODE = L.u32();
    /** How many supplementary groups follow, at most {@link Caller#GROUPS_MAX}. */
    public static final Layout.U32 GROUPS = L.u32();
    /** Not 0: the caller has the file open, so the directories on the way need not let him through. */
    public static final Layout.U32 IS_HOLDER = L.u32();
    /** {@link Caller#capabilities}. */
    public static final Layout.U32 CAPABILITIES = L.u32();
    public static final int SIZE_BYTES = L.size();

    /** Enough for any request of this kind but SETXATTR with its value. */
    public static final int MAX_MESSAGE_BYTES =
            SIZE_BYTES + Caller.GROUPS_MAX * Integer.BYTES + 2 * (Short.BYTES + FileTransfer.MAX_PATH_BYTES) + StatRecord.SIZE_BYTES;

    private PathRequest() {}
}
