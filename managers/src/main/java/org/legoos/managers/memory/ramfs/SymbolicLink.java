package org.legoos.managers.memory.ramfs;

/** A symbolic link. */
final class SymbolicLink extends Inode {
    final String target;

    SymbolicLink(long ino, int uid, int gid, long nowNs, String target) {
        super(ino, S_IFLNK | 0777, uid, gid, nowNs);
        this.target = target;
    }

    @Override
    long sizeBytes() {
        return target.length();
    }

    @Override
    long blocks() {
        return 0;
    }
}
