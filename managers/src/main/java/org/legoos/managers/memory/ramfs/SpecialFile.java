package org.legoos.managers.memory.ramfs;

/** A FIFO, socket or device: only a name with attributes here; what it stands for is at the processor nodes. */
final class SpecialFile extends Inode {
    final long device;

    SpecialFile(long ino, int mode, int uid, int gid, long nowNs, long device) {
        super(ino, mode, uid, gid, nowNs);
        this.device = device;
    }

    @Override
    long sizeBytes() {
        return 0;
    }

    @Override
    long blocks() {
        return 0;
    }
}
