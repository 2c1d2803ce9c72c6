package org.legoos.fit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * The join datagram (UD), little-endian, {@value #SIZE_BYTES} bytes: a node tells its peer where its
 * receive ring lies, and whether it has heard of the peer already.
 * <pre>
 *  0 u32 magic   4 u32 version   8 u32 node id    12 u32 nodes in the cluster
 *  16 u64 ring   24 u32 rkey     28 u32 first QPN 32 u32 QPs per pair  36 u32 flags   40 u32 incarnation
 *  44 u32 MTU    48 the node's name, filled up with zeros
 * </pre>
 */
final class Hello {
    static final int SIZE_BYTES = 80;
    static final int MAGIC = 0x4f47454c; // "LEGO"
    static final int VERSION = 3;
    /** I have your ring's address. */
    static final int HEARD_YOU = 1;
    /** I am leaving the cluster. */
    static final int BYE = 2;
    private static final int NAME_AT = 48;
    private static final int NAME_BYTES = SIZE_BYTES - NAME_AT;
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
    /** Most payload bytes of the packets that it sends: a connection wants the same at both ends. */
    int mtuBytes;
    /** By CONFIG_FIT_NODE_HOSTNAMES. */
    String name;

    /** A name as the datagram has it: ASCII, and no longer than there is room. */
    static String asSent(String name) {
        String ascii = name.replaceAll("[^!-~]", "?");
        return ascii.substring(0, Math.min(NAME_BYTES, ascii.length()));
    }

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
        memory.putInt(pa + 44, mtuBytes);
        memory.write(pa + NAME_AT, Arrays.copyOf(asSent(name).getBytes(StandardCharsets.US_ASCII), NAME_BYTES), 0, NAME_BYTES);
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
        mtuBytes = memory.getInt(pa + 44);
        byte[] text = new byte[NAME_BYTES];
        memory.read(pa + NAME_AT, text, 0, NAME_BYTES);
        name = asSent(new String(text, StandardCharsets.ISO_8859_1).replaceFirst("\0.*", ""));
    }
}
