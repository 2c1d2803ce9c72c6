package org.legoos.fit;

import org.legoos.isa.memory.PhysicalMemory;

/**
 * The join datagram (UD), little-endian, {@value #SIZE_BYTES} bytes: a node tells its peer where its
 * receive ring lies, and whether it has heard of the peer already.
 * <pre>
 *  0 u32 magic   4 u32 version   8 u32 node id    12 u32 nodes in the cluster
 *  16 u64 ring   24 u32 rkey     28 u32 first QPN 32 u32 QPs per pair  36 u32 flags   40 u32 incarnation
 * </pre>
 */
final class Hello {
    static final int SIZE_BYTES = 44;
    static final int MAGIC = 0x4f47454c; // "LEGO"
    static final int VERSION = 2;
    /** I have your ring's address. */
    static final int HEARD_YOU = 1;
    /** I am leaving the cluster. */
    static final int BYE = 2;
    /** Queue key of the join QP. */
    static final int QKEY = 0x4c45474f;

    int magic;
    int version;
    int node;
    int nodeCount;
    long ringPa;
    int rkey;
    int firstQpn;
    int qpsPerPair;
    int flags;
    /** Another number each time that a node boots. */
    int incarnation;

    void write(PhysicalMemory memory, long pa) {
        memory.putInt(pa, MAGIC);
        memory.putInt(pa + 4, VERSION);
        memory.putInt(pa + 8, node);
        memory.putInt(pa + 12, nodeCount);
        memory.putLong(pa + 16, ringPa);
        memory.putInt(pa + 24, rkey);
        memory.putInt(pa + 28, firstQpn);
        memory.putInt(pa + 32, qpsPerPair);
        memory.putInt(pa + 36, flags);
        memory.putInt(pa + 40, incarnation);
    }

    void read(PhysicalMemory memory, long pa) {
        magic = memory.getInt(pa);
        version = memory.getInt(pa + 4);
        node = memory.getInt(pa + 8);
        nodeCount = memory.getInt(pa + 12);
        ringPa = memory.getLong(pa + 16);
        rkey = memory.getInt(pa + 24);
        firstQpn = memory.getInt(pa + 28);
        qpsPerPair = memory.getInt(pa + 32);
        flags = memory.getInt(pa + 36);
        incarnation = memory.getInt(pa + 40);
    }
}
