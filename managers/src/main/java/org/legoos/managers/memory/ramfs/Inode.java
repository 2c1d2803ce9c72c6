package org.legoos.managers.memory.ramfs;

import java.util.TreeMap;
import org.legoos.managers.rpc.Caller;

/** What every file of ramfs has. All fields are guarded by {@link Ramfs}'s lock. */
abstract sealed class Inode permits RegularFile, Directory, SymbolicLink, SpecialFile {
    static final int S_IFMT = 0170000;
    static final int S_IFIFO = 0010000;
    static final int S_IFCHR = 0020000;
    static final int S_IFBLK = 0060000;
    static final int S_IFSOCK = 0140000;
    static final int S_IFDIR = 0040000;
    static final int S_IFREG = 0100000;
    static final int S_IFLNK = 0120000;
    static final int MODE_BITS = 07777;
    static final int S_ISUID = 04000;
    static final int S_ISGID = 02000;
    private static final int S_IXGRP = 010;

    static final int MAY_EXEC = 1;
    static final int MAY_WRITE = 2;
    static final int MAY_READ = 4;

    final long ino;
    int mode; // type and permission bits
    int uid;
    int gid;
    int nlink = 1;
    long atimeNs;
    long mtimeNs;
    long ctimeNs;
    final long btimeNs;
    /** Extended attributes by name; null when there are none. */
    TreeMap<String, byte[]> xattrs;

    Inode(long ino, int mode, int uid, int gid, long nowNs) {
        this.ino = ino;
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
        this.atimeNs = nowNs;
        this.mtimeNs = nowNs;
        this.ctimeNs = nowNs;
        this.btimeNs = nowNs;
    }

    abstract long sizeBytes();

    /** Units of 512 bytes that the content takes. */
    abstract long blocks();

    void modified(long nowNs) {
        mtimeNs = nowNs;
        ctimeNs = nowNs;
    }

    /** The set-ID bits that go when the owner changes, or somebody without rights writes (should_remove_suid of Linux). */
    int idBitsLost(Caller who) {
        boolean losesGroup = (mode & S_IXGRP) != 0 || who.losesGroupBit(gid);
        return mode & (S_ISUID | (losesGroup ? S_ISGID : 0));
    }

    /** Unix permission check, by owner, group and capabilities. */
    boolean allows(Caller who, int wanted) {
        return who.allows(mode, uid, gid, this instanceof Directory, wanted);
    }
}
